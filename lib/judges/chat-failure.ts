import { AppError } from "@/lib/errors";
import { readFailure, type ProviderFailure } from "@/lib/providers/failure";
import { say } from "@/lib/say";
import { NoAnswer, type OpenLm } from "./asker";

/** Thrown when the provider will not answer this request, while it may well answer others. */
export class RequestRefused extends Error {}

/** What to throw when there is no use in trying again, and what is known of that. */
export type Failure = { error: Error; isPassing: boolean; isBusy?: boolean; retryAfterMs?: number };

/** A failure of a request in words for whoever looks after the judge. */
export function asFailure(error: unknown, judge: OpenLm): Failure {
  const { name, apiKey } = judge;
  const failure = readFailure(error, apiKey);
  const { said } = failure;
  switch (failure.kind) {
    case "guard":
      return guardFailure(failure, judge);
    case "foreign":
      return refusal(say`its answer is not one of the protocol that judges are asked by`);
    case "refused":
      return refusal(said);
    case "passing": {
      const { isBusy, retryAfterMs } = failure;
      const message = say`Judge ${name} got no answer (${said}). What it has judged is kept; run it again later.`;
      return { error: new NoAnswer(message), isPassing: true, isBusy, retryAfterMs };
    }
    default:
      return { error: new AppError("invalid", adviceOn(failure.kind, judge, said)), isPassing: false };
  }
}

/** Ends a run of a judge whose provider wants to be left alone. */
export function providerAway({ name }: OpenLm, forMs: number): AppError {
  const minutes = Math.ceil(forMs / 60_000);
  const message = say`The provider of judge ${name} takes no more requests for ${minutes} minutes. What it has judged is kept; run it again then.`;
  return new AppError("unavailable", message, { retryAfterSeconds: Math.ceil(forMs / 1000) });
}

/** What to do about a failure that every question would meet. */
function adviceOn(
  kind: "key" | "payment" | "model" | "route" | "page",
  { name, config }: OpenLm,
  said: string,
): string {
  const path = config.provider === "anthropic" ? "messages" : "chat completions";
  switch (kind) {
    case "key":
      return say`The provider refuses the key of judge ${name} (${said}). Enter a valid key and run it again.`;
    case "payment":
      return say`The provider of judge ${name} wants payment (${said}). Top up the account there and run it again.`;
    case "model":
      return say`Judge ${name} finds no model ${config.model} at ${config.baseUrl} (${said}). Correct the address or the model.`;
    case "route":
      return say`Judge ${name} finds no ${path} at ${config.baseUrl} (${said}). Correct the address.`;
    case "page":
      return say`Judge ${name} got an answer from ${config.baseUrl} that is no JSON, as from a web page. Correct the address; most end in /v1.`;
  }
}

function guardFailure({ code, said }: Extract<ProviderFailure, { kind: "guard" }>, { name }: OpenLm): Failure {
  if (code === "too_large") return refusal(said);
  const failed = say`Judge ${name} cannot be asked: ${said}`;
  if (code === "unavailable") return { error: new NoAnswer(failed), isPassing: true };
  return { error: new AppError(code, failed), isPassing: false };
}

function refusal(reason: string): Failure {
  return { error: new RequestRefused(reason), isPassing: false };
}
