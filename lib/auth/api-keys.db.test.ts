import { expect, test } from "vitest";
import { prisma } from "@/lib/db/client";
import { aUser, PASSWORD, principalOf } from "@/lib/testing/builders";
import { grantGlobal, OPERATOR } from "./access";
import { changePassword } from "./account";
import {
  createApiKey,
  createApiKeyFor,
  findPrincipalByApiKey,
  listApiKeys,
  revokeAnyApiKey,
  revokeApiKey,
} from "./api-keys";
import { hashToken } from "./tokens";

const everything = { limit: 200 };
const bearer = (key: string) => `Bearer ${key}`;
const dayMs = 24 * 60 * 60 * 1000;

async function aKey(days: 30 | 90 | 365 | null = 90) {
  const user = await aUser();
  return { user, ...(await createApiKey(principalOf(user), { name: "script", days })) };
}

test("a key stands for its owner and is stored as its hash only", async () => {
  const { user, key, apiKey } = await aKey();
  expect(key).toMatch(/^tdm_[\w-]{43}$/);
  expect(await findPrincipalByApiKey(bearer(key))).toEqual({ ...principalOf(user), via: "api-key" });
  const basic = `Basic ${Buffer.from(`anyone:${key}`).toString("base64")}`;
  expect(await findPrincipalByApiKey(basic)).toEqual({ ...principalOf(user), via: "api-key" });
  const row = await prisma.apiKey.findUniqueOrThrow({ where: { id: apiKey.id } });
  expect(row.hash).toBe(hashToken(key));
  expect(key.startsWith(row.prefix)).toBe(true);
  expect(JSON.stringify(row)).not.toContain(key);
});

test("a key makes no other keys, neither for its owner nor as an admin, and does not change the password", async () => {
  const user = await aUser({ isAdmin: true });
  const { key } = await createApiKey(principalOf(user), { name: "script", days: 90 });
  const principal = await findPrincipalByApiKey(bearer(key));
  const refusal = { code: "forbidden", message: expect.stringContaining("Sign in") };
  const input = { name: "successor", days: null };
  await expect(createApiKey(principal, input)).rejects.toMatchObject(refusal);
  const access = grantGlobal(principal, "user:manage");
  await expect(createApiKeyFor(access, (await aUser()).email, input)).rejects.toMatchObject(refusal);
  const passwords = { currentPassword: PASSWORD, newPassword: "another horse battery" };
  await expect(changePassword(principal, passwords, "192.0.2.1")).rejects.toMatchObject(refusal);
  expect(await prisma.apiKey.count({ where: { name: "successor" } })).toBe(0);
  expect(await prisma.user.findUnique({ where: { id: user.id } })).toMatchObject({ passwordHash: user.passwordHash });
});

test("it expires after the days chosen, or never", async () => {
  const { apiKey } = await aKey(30);
  expect(Date.parse(apiKey.expiresAt!) - Date.parse(apiKey.createdAt)).toBeCloseTo(30 * dayMs, -4);
  expect((await aKey(null)).apiKey.expiresAt).toBeNull();
});

test.each(["", "Bearer", "Basic YTpi", "Bearer sk-other", "tdm_bare", "Bearer tdm_a tdm_b"])(
  "%o is no key",
  async (header) => {
    await expect(findPrincipalByApiKey(header)).rejects.toMatchObject({
      code: "unauthenticated",
      message: expect.stringContaining("does not hold an API key"),
    });
  },
);

test("unknown, expired and revoked keys and keys of a disabled account each say what they are", async () => {
  const refusal = (key: string) => findPrincipalByApiKey(bearer(key)).catch((error: Error) => error.message);

  expect(await refusal("tdm_unknown")).toMatch(/is not known/);

  const expired = await aKey();
  await prisma.apiKey.update({ where: { id: expired.apiKey.id }, data: { expiresAt: new Date(Date.now() - 1) } });
  expect(await refusal(expired.key)).toMatch(/API key script expired on \d{4}-\d\d-\d\d/);

  const revoked = await aKey();
  await revokeApiKey(principalOf(revoked.user), revoked.apiKey.id);
  expect(await refusal(revoked.key)).toMatch(/API key script was revoked on/);

  const disabled = await aKey();
  await prisma.user.update({ where: { id: disabled.user.id }, data: { disabledAt: new Date() } });
  expect(await refusal(disabled.key)).toMatch(/is disabled/);
});

test("the last use is written at most once a minute", async () => {
  const { key, apiKey } = await aKey();
  const lastUse = async () => (await prisma.apiKey.findUniqueOrThrow({ where: { id: apiKey.id } })).lastUsedAt!;
  await findPrincipalByApiKey(bearer(key));
  const first = await lastUse();
  await findPrincipalByApiKey(bearer(key));
  expect(await lastUse()).toEqual(first);
  await prisma.apiKey.update({ where: { id: apiKey.id }, data: { lastUsedAt: new Date(first.getTime() - 61_000) } });
  await findPrincipalByApiKey(bearer(key));
  expect((await lastUse()).getTime()).toBeGreaterThanOrEqual(first.getTime());
});

test("one sees and revokes one's own keys only", async () => {
  const mine = await aKey();
  const theirs = await aKey();
  expect((await listApiKeys(principalOf(mine.user), everything)).items.map(({ id }) => id)).toEqual([mine.apiKey.id]);
  await expect(revokeApiKey(principalOf(mine.user), theirs.apiKey.id)).rejects.toMatchObject({ code: "not_found" });
  await expect(findPrincipalByApiKey(bearer(theirs.key))).resolves.toBeDefined();
});

test("the list pages through all keys, newest first", async () => {
  const user = await aUser();
  for (let n = 0; n < 5; n++) await createApiKey(principalOf(user), { name: `key ${n}`, days: 30 });
  const names: string[] = [];
  for (let cursor: string | undefined; ;) {
    const page = await listApiKeys(principalOf(user), { limit: 2, cursor });
    names.push(...page.items.map(({ name }) => name));
    if (page.nextCursor === null) break;
    cursor = page.nextCursor;
  }
  expect(names).toEqual(["key 4", "key 3", "key 2", "key 1", "key 0"]);
});

test("the command line makes and revokes keys for others, and the audit log says who did it", async () => {
  const access = grantGlobal(OPERATOR, "user:manage");
  const user = await aUser();
  const { key, apiKey } = await createApiKeyFor(access, user.email.toUpperCase(), { name: "robot", days: 365 });
  expect(await findPrincipalByApiKey(bearer(key))).toEqual({ ...principalOf(user), via: "api-key" });
  await revokeAnyApiKey(access, apiKey.id);
  await revokeAnyApiKey(access, apiKey.id);
  const events = await prisma.auditEvent.findMany({ where: { target: { contains: "robot" } }, orderBy: { id: "asc" } });
  expect(events).toMatchObject([
    { action: "api-key.create", actor: "command line", detail: { owner: user.email } },
    { action: "api-key.revoke", actor: "command line" },
  ]);
  await expect(createApiKeyFor(access, "nobody@example.org", { name: "x", days: 30 })).rejects.toMatchObject({
    code: "not_found",
  });
});
