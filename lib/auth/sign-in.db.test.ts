import { expect, test } from "vitest";
import { prisma } from "@/lib/db/client";
import { aUser, PASSWORD, principalOf } from "@/lib/testing/builders";
import { changePassword } from "./account";
import { limitAttempts } from "./rate-limit";
import { signIn } from "./sign-in";

// Every test is a client of its own, because counts outlive it.
let clients = 0;
const newClient = () => `192.0.2.${++clients}`;

test("the right password signs in, in any session version", async () => {
  const user = await aUser({ sessionVersion: 4 });
  expect(await signIn({ email: user.email, password: PASSWORD }, newClient())).toEqual({
    id: user.id,
    sessionVersion: 4,
  });
});

test("a wrong password and an unknown address get the same answer", async () => {
  const client = newClient();
  const { email } = await aUser();
  const messages = await Promise.all(
    [email, "nobody@example.org"].map((address) =>
      signIn({ email: address, password: "wrong" }, client).catch((error: Error) => error.message),
    ),
  );
  expect(messages[0]).toMatch(/address or the password is wrong/);
  expect(messages[1]).toBe(messages[0]);
});

test("a disabled account is told so only by its own password", async () => {
  const client = newClient();
  const { email } = await aUser({ disabledAt: new Date() });
  await expect(signIn({ email, password: PASSWORD }, client)).rejects.toThrow(/is disabled/);
  await expect(signIn({ email, password: "wrong" }, client)).rejects.toThrow(/password is wrong/);
});

test("after five failures the right password is refused too, with the minutes to wait", async () => {
  const { email } = await aUser();
  const wrong = () => signIn({ email, password: "wrong" }, newClient());
  for (let attempt = 0; attempt < 5; attempt++)
    await expect(wrong()).rejects.toMatchObject({ code: "unauthenticated" });
  await expect(signIn({ email, password: PASSWORD }, newClient())).rejects.toMatchObject({
    code: "rate_limited",
    message: `Too many attempts failed for ${email}. Try again in 15 minutes.`,
  });
});

test("twenty attempts at once still get five tries", async () => {
  const { email } = await aUser();
  const outcomes = await Promise.all(
    Array.from({ length: 20 }, () =>
      signIn({ email, password: "wrong" }, newClient()).catch((error: { code: string }) => error.code),
    ),
  );
  expect(outcomes.filter((code) => code === "unauthenticated")).toHaveLength(5);
  expect(outcomes.filter((code) => code === "rate_limited")).toHaveLength(15);
});

test("success forgives the failures before it", async () => {
  const client = newClient();
  const { email } = await aUser();
  for (let round = 0; round < 3; round++) {
    for (let attempt = 0; attempt < 4; attempt++) await signIn({ email, password: "wrong" }, client).catch(() => {});
    await expect(signIn({ email, password: PASSWORD }, client)).resolves.toBeDefined();
  }
});

test("the wait ends with the window", async () => {
  const { email } = await aUser();
  for (let attempt = 0; attempt < 6; attempt++) await signIn({ email, password: "wrong" }, newClient()).catch(() => {});
  await prisma.rateLimit.updateMany({ where: { key: `attempt:account:${email}` }, data: { expire: Date.now() - 1 } });
  await expect(signIn({ email, password: PASSWORD }, newClient())).resolves.toBeDefined();
});

test("one client may fail fifty times over all accounts", async () => {
  const client = newClient();
  const fail = () => limitAttempts({ client }, () => Promise.reject(new Error("wrong")));
  for (let attempt = 0; attempt < 50; attempt++) await expect(fail()).rejects.toThrow("wrong");
  await expect(fail()).rejects.toMatchObject({ code: "rate_limited", retryAfterSeconds: expect.any(Number) });
  const { email } = await aUser();
  await expect(signIn({ email, password: PASSWORD }, client)).rejects.toThrow(/from your network address/);
  await expect(signIn({ email, password: PASSWORD }, newClient())).resolves.toBeDefined();
});

test("a changed password ends the sessions and replaces the old one", async () => {
  const client = newClient();
  const user = await aUser();
  const input = { currentPassword: PASSWORD, newPassword: "another horse battery" };
  await changePassword(principalOf(user), input, client);
  await expect(signIn({ email: user.email, password: PASSWORD }, client)).rejects.toMatchObject({
    code: "unauthenticated",
  });
  expect(await signIn({ email: user.email, password: input.newPassword }, client)).toEqual({
    id: user.id,
    sessionVersion: user.sessionVersion + 1,
  });
  expect(await prisma.auditEvent.count({ where: { action: "user.password", actorId: user.id } })).toBe(1);
});

test("a wrong current password changes nothing and counts as a failed attempt", async () => {
  const client = newClient();
  const user = await aUser();
  const guess = () =>
    changePassword(principalOf(user), { currentPassword: "wrong", newPassword: "another horse battery" }, client);
  for (let attempt = 0; attempt < 5; attempt++) await expect(guess()).rejects.toMatchObject({ code: "invalid" });
  await expect(guess()).rejects.toMatchObject({ code: "rate_limited" });
  expect(await prisma.user.findUnique({ where: { id: user.id } })).toMatchObject({
    passwordHash: user.passwordHash,
    sessionVersion: 1,
  });
});
