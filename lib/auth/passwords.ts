import { randomBytes } from "node:crypto";
import { hash, verify } from "@node-rs/argon2";

/** Argon2id (the library's default kind) with OWASP's first choice of costs: 19 MiB of memory, two passes, one thread. */
const costs = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

let dummyHash: Promise<string> | undefined;

/** Argon2id hash of a password, in PHC form. One password may be typed in several Unicode forms, so NFKC is hashed. */
export function hashPassword(password: string): Promise<string> {
  return hash(password.normalize("NFKC"), costs);
}

/**
 * Whether the password is the one that was hashed. With no hash (there is no such account) it works just as long
 * before it says no, so that the time of an answer does not tell which addresses have accounts.
 */
export async function verifyPassword(passwordHash: string | null, password: string): Promise<boolean> {
  const matches = await verify(
    passwordHash ?? (await (dummyHash ??= hashPassword(newPassword()))),
    password.normalize("NFKC"),
  );
  return matches && passwordHash !== null;
}

/** A password to hand to a person who may change it later: 16 characters, 96 random bits. */
export function newPassword(): string {
  return randomBytes(12).toString("base64url");
}
