import { createHash, randomBytes } from "node:crypto";

/** A new secret of 32 random bytes, base64url (43 characters). */
export function newToken(): string {
  return randomBytes(32).toString("base64url");
}

/** What is stored of a token: its SHA-256, hex. A token is random and long, so a slow hash would add nothing. */
export function hashToken(token: string): string {
  return createHash("sha256").update(token).digest("hex");
}
