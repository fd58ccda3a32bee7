import { expect, test } from "vitest";
import { hashPassword, newPassword, verifyPassword } from "./passwords";

test("a password fits its own hash and no other does", async () => {
  const stored = await hashPassword("correct horse battery");
  expect(stored).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  expect(await verifyPassword(stored, "correct horse battery")).toBe(true);
  expect(await verifyPassword(stored, "correct horse batterz")).toBe(false);
  expect(await hashPassword("correct horse battery")).not.toBe(stored);
});

test("one password typed in two Unicode forms is one password", async () => {
  expect(
    await verifyPassword(await hashPassword("caf\u00e9 caf\u00e9 caf\u00e9"), "cafe\u0301 cafe\u0301 cafe\u0301"),
  ).toBe(true);
});

test("without an account the answer is no, after the same work", async () => {
  const stored = await hashPassword("correct horse battery");
  await verifyPassword(null, "warm up");
  const time = async (hash: string | null) => {
    const started = performance.now();
    expect(await verifyPassword(hash, "wrong horse battery")).toBe(false);
    return performance.now() - started;
  };
  // The quickest of several rounds, taken in turns: what else the machine does only ever adds time.
  const rounds = [];
  for (let round = 0; round < 7; round++) rounds.push([await time(stored), await time(null)] as const);
  const ratio = Math.min(...rounds.map(([, unknown]) => unknown)) / Math.min(...rounds.map(([known]) => known));
  expect(ratio).toBeGreaterThan(0.5);
  expect(ratio).toBeLessThan(2);
});

test("generated passwords are long and differ", () => {
  expect(newPassword()).toMatch(/^[\w-]{16}$/);
  expect(newPassword()).not.toBe(newPassword());
});
