import english from "@/messages/en/failure.json";

/** One fault in an input, as the API reports it. */
export type ApiFault = { path: string; message: string };

/** A failed call of the API: the problem document it answered with, or `unreachable` when no answer came. */
export class ApiError extends Error {
  /** The stable code of the problem document, such as "conflict" or "rate_limited". */
  readonly code: string;
  /** HTTP status; 0 when no answer came. */
  readonly status: number;
  readonly faults: ApiFault[];
  readonly retryAfterSeconds: number | null;

  constructor(problem: {
    code: string;
    message: string;
    status: number;
    faults?: ApiFault[];
    retryAfterSeconds?: number | null;
  }) {
    super(problem.message);
    this.name = "ApiError";
    this.code = problem.code;
    this.status = problem.status;
    this.faults = problem.faults ?? [];
    this.retryAfterSeconds = problem.retryAfterSeconds ?? null;
  }
}

/** What the browser itself says of a call without an answer that can be shown. */
type FailureWords = { noAnswer: string; noCookie: string; noExplanation: (status: number) => string };

/** English until the page has given its own. */
export let failureWords: FailureWords = {
  noAnswer: english.noAnswer,
  noCookie: english.noCookie,
  noExplanation: (status) => english.noExplanation.replace("{status}", String(status)),
};

/** Sets the sentences, in the language of the page that the browser shows. */
export function wordFailures(words: FailureWords): void {
  failureWords = words;
}

type CallOptions = {
  signal?: AbortSignal;
  keepalive?: boolean;
  /** Id of the person who opened the page: the server refuses the call once somebody else has signed in here. */
  openedBy?: string;
};

/**
 * Calls the API with the session cookie. `path` is the whole path, such as `/api/v1/projects/${slug}/members`.
 * Answers the JSON body, undefined for an empty one. Throws ApiError, whose message can be shown as it is.
 */
export async function api<T = void>(
  method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE",
  path: `/api/v1/${string}`,
  body?: unknown,
  { openedBy, ...options }: CallOptions = {},
): Promise<T> {
  const response = await fetch(path, {
    method,
    credentials: "same-origin",
    cache: "no-store",
    headers: {
      ...(body !== undefined && { "content-type": "application/json" }),
      ...(openedBy !== undefined && { "x-tandem-opened-by": openedBy }),
    },
    body: body === undefined ? null : JSON.stringify(body),
    ...options,
  }).catch((cause: unknown) => {
    if (options.signal?.aborted) throw cause;
    throw unreachable();
  });
  if (!response.ok) throw await readProblem(response);
  if (response.status === 204) return undefined as T;
  return (await response.json().catch(() => {
    throw unreachable();
  })) as T;
}

/** The error in an answer that is not ok, for callers that fetch by themselves (streams, uploads). */
export async function readProblem(response: Response): Promise<ApiError> {
  const { status } = response;
  const document = (await response.json().catch(() => null)) as {
    code?: string;
    detail?: string;
    faults?: ApiFault[];
  } | null;
  const retryAfter = Number(response.headers.get("retry-after") ?? Number.NaN);
  return new ApiError({
    status,
    code: document?.code ?? "internal",
    // A proxy in between answers in its own words or none.
    message: document?.detail ?? failureWords.noExplanation(status),
    faults: document?.faults,
    retryAfterSeconds: Number.isFinite(retryAfter) ? retryAfter : null,
  });
}

function unreachable(): ApiError {
  return new ApiError({ code: "unreachable", status: 0, message: failureWords.noAnswer });
}
