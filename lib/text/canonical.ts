import { createHash } from "node:crypto";
import canonicalize from "canonicalize";

/** A JSON value in the one form that RFC 8785 allows: sorted keys, no white space, numbers as JavaScript writes them. */
export function canonicalJson(value: unknown): string {
  const text = canonicalize(value);
  if (text === undefined) throw new TypeError("Only JSON values have a canonical form.");
  return text;
}

/** SHA-256 of a text in UTF-8, hex. */
export function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
