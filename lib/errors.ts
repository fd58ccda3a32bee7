export const errorStatus = {
  bad_request: 400,
  unauthenticated: 401,
  other_account: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  gone: 410,
  too_large: 413,
  unsupported: 415,
  invalid: 422,
  rate_limited: 429,
  internal: 500,
  unavailable: 503,
} as const satisfies Record<string, number>;

export type ErrorCode = keyof typeof errorStatus;

/** One fault in an input: where it is (JSON path) and what is wrong with it. */
export type Fault = { path: string; message: string };

/**
 * An expected failure. The message says what happened, to which thing, and what to do next;
 * it is shown to the person who caused it, so it carries no secret and no stack.
 */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly faults: Fault[] | undefined;
  /** Seconds after which trying again may help. */
  readonly retryAfterSeconds: number | undefined;

  constructor(
    code: ErrorCode,
    message: string,
    options: { cause?: unknown; faults?: Fault[]; retryAfterSeconds?: number } = {},
  ) {
    super(message, { cause: options.cause });
    this.name = "AppError";
    this.code = code;
    this.faults = options.faults;
    this.retryAfterSeconds = options.retryAfterSeconds;
  }
}
