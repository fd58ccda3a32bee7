import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import { decryptSecret, encryptSecret } from "./secrets";

beforeAll(() => {
  process.env.DATABASE_URL ??= "postgresql://localhost/unused";
  process.env.TANDEM_SECRET ??= "a secret for tests, long enough to be taken";
});

test("what was encrypted comes back for its owner, and never looks the same twice", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), fc.string(), (secret, owner) => {
      const encrypted = encryptSecret(secret, owner);
      expect(decryptSecret(encrypted, owner)).toBe(secret);
      expect(encryptSecret(secret, owner)).not.toEqual(encrypted);
    }),
  );
});

test("another owner, a changed byte or a cut opens nothing", () => {
  const encrypted = encryptSecret("sk-1234", "judge 1");
  expect(decryptSecret(encrypted, "judge 2")).toBeUndefined();
  for (let i = 0; i < encrypted.length; i += 1) {
    const changed = encrypted.slice();
    changed[i]! ^= 1;
    expect(decryptSecret(changed, "judge 1")).toBeUndefined();
  }
  expect(decryptSecret(encrypted.slice(0, -1), "judge 1")).toBeUndefined();
  expect(decryptSecret(encrypted.slice(0, 5), "judge 1")).toBeUndefined();
});
