import { expect, test } from "vitest";
import { prisma } from "@/lib/db/client";
import type { User } from "@/lib/db/generated/client";
import { accessFor, aMember, aProject, aUser, principalOf } from "@/lib/testing/builders";
import { acceptInvitation, findInvitation, joinByInvitation } from "./accept-invitation";
import { grantGlobal } from "./access";
import {
  inviteAdmin,
  inviteMember,
  listAdminInvitations,
  listInvitations,
  revokeAdminInvitation,
  revokeInvitation,
} from "./invitations";
import type { InviteMemberInput } from "./schema";
import { signIn } from "./sign-in";

const everything = { limit: 200 };
const password = "a password for tests";
let strangers = 0;
const aStranger = () => ({ name: "New Person", email: `stranger${++strangers}@example.org`, password });

async function anInvitedProject(input: Partial<InviteMemberInput> = {}) {
  const project = await aProject();
  const { user: admin } = await aMember(project, { role: "admin" });
  const access = await accessFor(admin, project, "member:manage");
  const made = await inviteMember(access, { role: "annotator", email: null, daysValid: 7, ...input });
  return { project, admin, access, ...made };
}

const changeInvitation = (id: string, data: { expiresAt?: Date; revokedAt?: Date }) =>
  prisma.invitation.update({ where: { id }, data });

test("a stranger who accepts has an account and the role, and can sign in", async () => {
  const { project, token, access } = await anInvitedProject({ role: "researcher" });
  const stranger = aStranger();
  expect(await acceptInvitation({ token, ...stranger })).toEqual({
    project: { slug: project.slug, name: project.name, role: "researcher" },
  });
  const user = await prisma.user.findUniqueOrThrow({
    where: { email: stranger.email },
    include: { memberships: true },
  });
  expect(user).toMatchObject({ isAdmin: false, memberships: [{ projectId: project.id, role: "researcher" }] });
  expect(await signIn({ email: stranger.email, password }, "192.0.2.1")).toMatchObject({ id: user.id });
  expect(await listInvitations(access, everything)).toEqual({ items: [], nextCursor: null });
  const events = await prisma.auditEvent.findMany({ orderBy: { id: "asc" }, where: { actorId: user.id } });
  expect(events.map(({ action, projectId }) => [action, projectId])).toEqual([
    ["user.create", null],
    ["member.join", project.id],
  ]);
});

test("the token itself is not stored", async () => {
  const { token, path, invitation } = await anInvitedProject();
  expect(path).toBe(`/invite/${token}`);
  const row = await prisma.invitation.findUniqueOrThrow({ where: { id: invitation.id } });
  expect(JSON.stringify(row)).not.toContain(token);
});

test("somebody with an account joins with it", async () => {
  const { project, token } = await anInvitedProject();
  const user = await aUser();
  expect(await joinByInvitation(principalOf(user), token)).toMatchObject({ project: { role: "annotator" } });
  expect(await prisma.member.count({ where: { projectId: project.id, userId: user.id } })).toBe(1);
});

test("of six people with one link at once exactly one gets in, and the others leave no account", async () => {
  const { project, token } = await anInvitedProject();
  const people = Array.from({ length: 6 }, aStranger);
  const outcomes = await Promise.allSettled(people.map((person) => acceptInvitation({ token, ...person })));
  expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  for (const outcome of outcomes) {
    if (outcome.status === "rejected") expect(outcome.reason).toMatchObject({ code: "gone" });
  }
  expect(await prisma.user.count({ where: { email: { in: people.map(({ email }) => email) } } })).toBe(1);
  expect(await prisma.member.count({ where: { projectId: project.id, role: "annotator" } })).toBe(1);
});

test("unknown, used, revoked and expired links each say what they are", async () => {
  await expect(findInvitation("no-such-token")).rejects.toMatchObject({ code: "not_found" });

  const used = await anInvitedProject();
  await acceptInvitation({ token: used.token, ...aStranger() });
  await expect(findInvitation(used.token)).rejects.toMatchObject({
    code: "gone",
    message: expect.stringContaining("was used on"),
  });

  const revoked = await anInvitedProject();
  await revokeInvitation(revoked.access, revoked.invitation.id);
  await expect(acceptInvitation({ token: revoked.token, ...aStranger() })).rejects.toMatchObject({
    code: "gone",
    message: expect.stringContaining("was revoked on"),
  });

  const expired = await anInvitedProject();
  await changeInvitation(expired.invitation.id, { expiresAt: new Date(Date.now() - 1) });
  await expect(joinByInvitation(principalOf(await aUser()), expired.token)).rejects.toMatchObject({
    code: "gone",
    message: expect.stringContaining("expired on"),
  });
  expect(await listInvitations(expired.access, everything)).toMatchObject({ items: [] });
});

test("an invitation to an address is for that address only, whatever its case", async () => {
  const invitee = aStranger();
  const { token } = await anInvitedProject({ email: invitee.email });
  await expect(acceptInvitation({ token, ...aStranger() })).rejects.toMatchObject({ code: "forbidden" });
  await expect(joinByInvitation(principalOf(await aUser()), token)).rejects.toMatchObject({ code: "forbidden" });
  await expect(acceptInvitation({ token, ...invitee })).resolves.toBeDefined();
});

test("an address that has an account cannot make a second one, and the link stays open", async () => {
  const { token } = await anInvitedProject();
  const { email } = await aUser();
  await expect(acceptInvitation({ token, ...aStranger(), email })).rejects.toMatchObject({ code: "conflict" });
  await expect(findInvitation(token)).resolves.toBeDefined();
});

test("a member who follows another link keeps the role, and the link stays open", async () => {
  const { project, token, admin } = await anInvitedProject();
  await expect(joinByInvitation(principalOf(admin), token)).rejects.toMatchObject({ code: "conflict" });
  expect(await prisma.member.findFirst({ where: { projectId: project.id, userId: admin.id } })).toMatchObject({
    role: "admin",
  });
  await expect(findInvitation(token)).resolves.toBeDefined();
});

test("another project's invitation cannot be seen or revoked", async () => {
  const theirs = await anInvitedProject();
  const ours = await anInvitedProject();
  await expect(revokeInvitation(ours.access, theirs.invitation.id)).rejects.toMatchObject({ code: "not_found" });
  expect((await listInvitations(ours.access, everything)).items.map(({ id }) => id)).toEqual([ours.invitation.id]);
});

test("a site admin invites another one, somebody new or somebody known", async () => {
  const access = grantGlobal(principalOf(await aUser({ isAdmin: true })), "user:manage");
  const isAdmin = async (user: Pick<User, "email">) =>
    (await prisma.user.findUniqueOrThrow({ where: { email: user.email } })).isAdmin;

  const first = await inviteAdmin(access, { email: null, daysValid: 1 });
  const stranger = aStranger();
  expect(await acceptInvitation({ token: first.token, ...stranger })).toEqual({ project: null });
  expect(await isAdmin(stranger)).toBe(true);

  const second = await inviteAdmin(access, { email: null, daysValid: 1 });
  const known = await aUser();
  await joinByInvitation(principalOf(known), second.token);
  expect(await isAdmin(known)).toBe(true);

  const third = await inviteAdmin(access, { email: null, daysValid: 1 });
  await expect(joinByInvitation(access, third.token)).rejects.toMatchObject({ code: "conflict" });
  expect((await listAdminInvitations(access, everything)).items.map(({ id }) => id)).toEqual([third.invitation.id]);
  await revokeAdminInvitation(access, third.invitation.id);
  expect((await listAdminInvitations(access, everything)).items).toEqual([]);
});
