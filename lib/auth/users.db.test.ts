import { expect, test } from "vitest";
import { prisma } from "@/lib/db/client";
import { accessFor, aMember, aProject, aUser, PASSWORD, principalOf } from "@/lib/testing/builders";
import { grantGlobal, OPERATOR } from "./access";
import { findInvitation } from "./accept-invitation";
import { describeMe, rename } from "./account";
import { createApiKey, findPrincipalByApiKey } from "./api-keys";
import { inviteAdmin, inviteMember } from "./invitations";
import { signIn } from "./sign-in";
import { createUser, listUsers, resetPassword, setUserDisabled } from "./users";

const operator = grantGlobal(OPERATOR, "user:manage");

test("the last admin of the site cannot be disabled, not even from the command line", async () => {
  const only = await aUser({ isAdmin: true });
  await expect(setUserDisabled(operator, only.id, true)).rejects.toMatchObject({ code: "conflict" });
  const access = grantGlobal(principalOf(only), "user:manage");
  await expect(setUserDisabled(access, only.id, true)).rejects.toThrow(/your own account/);
});

test("disabling ends sessions, enabling lets in again, and both are recorded once", async () => {
  const user = await aUser();
  expect(await setUserDisabled(operator, user.id, true)).toMatchObject({ disabledAt: expect.any(String) });
  await setUserDisabled(operator, user.id, true);
  expect(await prisma.user.findUnique({ where: { id: user.id } })).toMatchObject({ sessionVersion: 2 });
  expect(await setUserDisabled(operator, user.id, false)).toMatchObject({ disabledAt: null });
  const events = await prisma.auditEvent.findMany({ where: { target: user.email }, orderBy: { id: "asc" } });
  expect(events.map(({ action }) => action)).toEqual(["user.disable", "user.enable"]);
});

test("disabling ends the open invitations that the person made, and nobody else's", async () => {
  const project = await aProject();
  const { user } = await aMember(project, { role: "admin", user: await aUser({ isAdmin: true }) });
  const { user: other } = await aMember(project, { role: "admin", user: await aUser({ isAdmin: true }) });
  const inviteBy = async (maker: typeof user) => [
    await inviteAdmin(grantGlobal(principalOf(maker), "user:manage"), { email: null, daysValid: 7 }),
    await inviteMember(await accessFor(maker, project, "member:manage"), { role: "admin", email: null, daysValid: 7 }),
  ];
  const [theirs, kept] = [await inviteBy(user), await inviteBy(other)];
  await setUserDisabled(operator, user.id, true);
  for (const { token } of theirs) await expect(findInvitation(token)).rejects.toMatchObject({ code: "gone" });
  for (const { token } of kept) await expect(findInvitation(token)).resolves.toBeDefined();
  expect(await prisma.auditEvent.findMany({ where: { action: "user.disable", target: user.email } })).toMatchObject([
    { detail: { invitationsEnded: 2 } },
  ]);
});

test("two admins who disable each other at once leave one", async () => {
  await prisma.user.deleteMany({ where: { isAdmin: true } });
  const [first, second] = [await aUser({ isAdmin: true }), await aUser({ isAdmin: true })];
  const as = (user: typeof first) => grantGlobal(principalOf(user), "user:manage");
  const outcomes = await Promise.allSettled([
    setUserDisabled(as(first), second.id, true),
    setUserDisabled(as(second), first.id, true),
  ]);
  expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  expect(await prisma.user.count({ where: { isAdmin: true, disabledAt: null } })).toBe(1);
});

test("accounts are made without invitation, one an address, and listed with their projects", async () => {
  const input = { name: "Robot", email: "robot@example.org", password: "a password for tests", isAdmin: false };
  const made = await createUser(operator, input);
  await expect(createUser(operator, input)).rejects.toMatchObject({ code: "conflict" });
  const user = await prisma.user.findUniqueOrThrow({ where: { id: made.id } });
  await aProject({ members: [{ user, role: "annotator" }] });
  const { items } = await listUsers(operator, { limit: 200 });
  expect(items.find(({ id }) => id === made.id)).toEqual({ ...made, projectCount: 1 });
  await expect(setUserDisabled(operator, "00000000-0000-7000-8000-00000000dead", true)).rejects.toMatchObject({
    code: "not_found",
  });
});

test("a reset password is a new one, and ends the sessions and keys of the old", async () => {
  const user = await aUser();
  const { key } = await createApiKey(principalOf(user), { name: "script", days: null });
  for (let attempt = 0; attempt < 6; attempt++)
    await signIn({ email: user.email, password: "lost" }, "192.0.2.1").catch(() => {});
  const { email, password } = await resetPassword(operator, user.id);
  await expect(signIn({ email, password: PASSWORD }, "192.0.2.1")).rejects.toMatchObject({ code: "unauthenticated" });
  expect(await signIn({ email, password }, "192.0.2.1")).toEqual({ id: user.id, sessionVersion: 2 });
  await expect(findPrincipalByApiKey(`Bearer ${key}`)).rejects.toThrow(/was revoked/);
  const events = await prisma.auditEvent.findMany({ where: { target: email } });
  expect(events).toMatchObject([
    { action: "user.password", actor: "command line", detail: { reset: true, apiKeysRevoked: 1 } },
  ]);
  expect(JSON.stringify(events)).not.toContain(password);
  const own = grantGlobal(principalOf(await aUser({ isAdmin: true })), "user:manage");
  await expect(resetPassword(own, own.userId)).rejects.toMatchObject({ code: "conflict" });
});

test("a person sees their own projects and role, a site admin all of them as admin", async () => {
  const user = await aUser();
  const project = await aProject({ name: "Mine", members: [{ user, role: "researcher" }] });
  await aProject({ name: "Not mine" });
  expect((await describeMe(principalOf(user))).projects).toEqual([
    { slug: project.slug, name: "Mine", role: "researcher" },
  ]);
  const siteAdmin = await aUser({ isAdmin: true });
  const { projects } = await describeMe(principalOf(siteAdmin));
  expect(projects.length).toBe(await prisma.project.count());
  expect(new Set(projects.map(({ role }) => role))).toEqual(new Set(["admin"]));
  expect(await rename(principalOf(user), "Renamed")).toMatchObject({ name: "Renamed" });
});
