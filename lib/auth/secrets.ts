import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";
import { env } from "@/lib/env";

const algorithm = "aes-256-gcm";
const nonceBytes = 12;
const tagBytes = 16;

/** A key for one purpose, derived from TANDEM_SECRET (HKDF-SHA-256), hex. */
export function derivedSecret(purpose: "session" | "stored-keys" | "provider-accounts"): string {
  return Buffer.from(hkdfSync("sha256", env().TANDEM_SECRET, "", `tandem:${purpose}`, 32)).toString("hex");
}

/**
 * Encrypts a secret for the database with AES-256-GCM: nonce, tag, ciphertext. `owner` names the row it belongs to, so
 * that a ciphertext copied into another row does not open there.
 */
export function encryptSecret(secret: string, owner: string): Uint8Array<ArrayBuffer> {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv(algorithm, storedKeysKey(), nonce).setAAD(Buffer.from(owner));
  const body = Buffer.concat([cipher.update(secret, "utf8"), cipher.final()]);
  return new Uint8Array(Buffer.concat([nonce, cipher.getAuthTag(), body]));
}

/** The secret again. Undefined when it was encrypted under another TANDEM_SECRET, for another owner, or is damaged. */
export function decryptSecret(encrypted: Uint8Array, owner: string): string | undefined {
  const bytes = Buffer.from(encrypted);
  const [nonce, tag] = [bytes.subarray(0, nonceBytes), bytes.subarray(nonceBytes, nonceBytes + tagBytes)];
  try {
    const decipher = createDecipheriv(algorithm, storedKeysKey(), nonce, { authTagLength: tagBytes });
    decipher.setAAD(Buffer.from(owner)).setAuthTag(tag);
    return decipher.update(bytes.subarray(nonceBytes + tagBytes), undefined, "utf8") + decipher.final("utf8");
  } catch {
    return undefined;
  }
}

function storedKeysKey(): Buffer {
  return Buffer.from(derivedSecret("stored-keys"), "hex");
}
