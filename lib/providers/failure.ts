import { APICallError, JSONParseError, RetryError } from "ai";
import { AppError, type ErrorCode } from "@/lib/errors";
import { say } from "@/lib/say";

/**
 * Why a request got no answer, without the key that it was sent with. `said` is the provider's own message after its
 * status, or the guard's.
 */
export type ProviderFailure = { said: string } & (
  | { kind: "key" | "payment" | "model" | "route" | "page" | "refused" }
  /** It may get an answer later; `isBusy` when the provider has too much to do. */
  | { kind: "passing"; isBusy: boolean; retryAfterMs: number | undefined }
  /** An answer that is none of the protocol. */
  | { kind: "foreign" }
  /** The guard of outgoing requests let no answer through. */
  | { kind: "guard"; code: ErrorCode }
);

/** What providers say, whatever the status, when there is no more money in the account. */
const withoutMoney = /insufficient_quota|exceeded your current quota|credit balance is too low/i;

const maxSaid = 500;

/** Reads what was thrown instead of an answer. It is no cause of anything, as it may repeat the key in many places. */
export function readFailure(thrown: unknown, apiKey: string | null): ProviderFailure {
  const last = RetryError.isInstance(thrown) ? thrown.lastError : thrown;
  // What the guard throws comes wrapped, as a connection that failed.
  const error = APICallError.isInstance(last) && last.cause instanceof AppError ? last.cause : last;
  const words = (text: string) => withoutKey(text, apiKey).slice(0, maxSaid);
  if (error instanceof AppError) return { kind: "guard", code: error.code, said: words(error.message) };
  if (!APICallError.isInstance(error))
    return { kind: "foreign", said: words(error instanceof Error ? error.message : String(error)) };
  const said = `${error.statusCode ?? say`no status`}: ${words(error.message)}`;
  const kind = kindOf(error);
  if (kind !== "passing") return { kind, said };
  const isBusy = error.statusCode === 429 || error.statusCode === 529;
  return { kind, said, isBusy, retryAfterMs: readRetryAfter(error.responseHeaders?.["retry-after"]) };
}

/** Some servers repeat the key they were sent. */
export function withoutKey(text: string, apiKey: string | null): string {
  return apiKey === null ? text : text.replaceAll(apiKey, "[key]");
}

function kindOf({ statusCode: status, message, responseBody, cause }: APICallError) {
  if (status === undefined) return "passing";
  if (status === 401 || status === 403) return "key";
  if (status === 402 || (status >= 400 && withoutMoney.test(`${message} ${responseBody ?? ""}`))) return "payment";
  if (status === 404) return "model";
  if (status === 405) return "route";
  if (status === 408 || status === 409 || status === 425 || status === 429 || status >= 500) return "passing";
  if (status >= 300) return "refused";
  return JSONParseError.isInstance(cause) ? "page" : "foreign";
}

/** Milliseconds of a Retry-After header: seconds or a date. */
function readRetryAfter(header: string | undefined): number | undefined {
  if (header === undefined) return undefined;
  if (/^\d+(\.\d+)?$/.test(header.trim())) return Number(header) * 1000;
  const at = Date.parse(header);
  return Number.isNaN(at) ? undefined : Math.max(0, at - Date.now());
}
