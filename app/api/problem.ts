import { ZodError, type ZodType, type z } from "zod";
import { ar, zhCN } from "zod/locales";
import { isDatabaseBusy, isDatabaseDown } from "@/lib/db/client";
import { AppError, errorStatus, type Fault } from "@/lib/errors";
import { activeLocale, say, sayText } from "@/lib/say";
import type { Locale } from "@/lib/text/locales";

/** What zod itself says of a fault, where a schema says nothing of its own. */
const zodWords: Record<Exclude<Locale, "en">, z.core.$ZodErrorMap> = {
  "zh-Hans": zhCN().localeError,
  ar: ar().localeError,
};

/**
 * Parses an input from outside; faults come back as one `invalid` error that names every field, in the language of the
 * request.
 */
export function parseInput<S extends ZodType>(schema: S, value: unknown): z.output<S> {
  const locale = activeLocale();
  const result = schema.safeParse(value, locale === "en" ? {} : { error: zodWords[locale] });
  if (result.success) return result.data;
  throw invalidInput(result.error);
}

/** An error as an RFC 9457 problem document. Unexpected errors keep their details for the log. */
export function problem(error: unknown, requestId: string): Response {
  const known = asAppError(error, requestId);
  const status = errorStatus[known.code];
  const headers = new Headers({ "content-type": "application/problem+json" });
  if (known.retryAfterSeconds !== undefined) headers.set("retry-after", String(Math.ceil(known.retryAfterSeconds)));
  const document = {
    type: "about:blank",
    title: known.code.replaceAll("_", " "),
    status,
    code: known.code,
    detail: known.message,
    requestId,
    ...(known.faults && { faults: known.faults }),
  };
  return new Response(JSON.stringify(document), { status, headers });
}

function asAppError(error: unknown, requestId: string): AppError {
  if (error instanceof AppError) return error;
  if (error instanceof ZodError) return invalidInput(error);
  if (isDatabaseDown(error)) {
    return new AppError(
      "unavailable",
      say`The database cannot be reached at the moment. Nothing was stored; try again in a few seconds.`,
      {
        cause: error,
        retryAfterSeconds: 1,
      },
    );
  }
  if (isDatabaseBusy(error)) {
    return new AppError(
      "unavailable",
      say`The database has too much to do at the moment. Nothing was stored; try again in a few seconds.`,
      {
        cause: error,
        retryAfterSeconds: 2,
      },
    );
  }
  return new AppError(
    "internal",
    say`An unexpected error occurred. Try again; if it stays, give your admin the reference ${requestId}.`,
    {
      cause: error,
    },
  );
}

function invalidInput(error: ZodError): AppError {
  const faults: Fault[] = error.issues.map((issue) => ({
    path: issue.path.join("."),
    message: sayText(issue.message),
  }));
  const listed = faults
    .map(({ path, message }) => (path === "" ? message : say`${path}: ${message}`))
    .reduce((before, fault) => say`${before}; ${fault}`);
  return new AppError("invalid", say`The input does not fit: ${listed}.`, { faults });
}
