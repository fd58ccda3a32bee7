import { expect, test } from "vitest";
import { prisma } from "@/lib/db/client";
import { accessFor, aMember, aProject, aUser } from "@/lib/testing/builders";
import { findInvitation } from "./accept-invitation";
import type { Access } from "./access";
import { inviteMember } from "./invitations";
import { changeMemberRole, dropMember, listMembers } from "./members";

const remove = (access: Access<"member:manage">, userId: string) =>
  prisma.$transaction((tx) => dropMember(tx, access, userId));

async function aTeam() {
  const project = await aProject();
  const { user: admin } = await aMember(project, { role: "admin" });
  const { user: annotator } = await aMember(project);
  return { project, admin, annotator, access: await accessFor(admin, project, "member:manage") };
}

test("a project's members are listed in the order they joined, in pages", async () => {
  const { project, admin, annotator } = await aTeam();
  const access = await accessFor(admin, project, "member:read");
  await aTeam();
  const { user: researcher } = await aMember(project, { role: "researcher" });
  const first = await listMembers(access, { limit: 2 });
  expect(first.items.map(({ userId, role }) => [userId, role])).toEqual([
    [admin.id, "admin"],
    [annotator.id, "annotator"],
  ]);
  const second = await listMembers(access, { limit: 2, cursor: first.nextCursor! });
  expect(second).toMatchObject({ items: [{ userId: researcher.id }], nextCursor: null });
});

test("an admin gives another role, and the audit log keeps both", async () => {
  const { project, annotator, access } = await aTeam();
  expect(await changeMemberRole(access, annotator.id, "researcher")).toMatchObject({ role: "researcher" });
  expect(await accessFor(annotator, project, "instance:read")).toMatchObject({ role: "researcher" });
  expect(await prisma.auditEvent.findMany({ where: { projectId: project.id, action: "member.role" } })).toMatchObject([
    { target: annotator.email, detail: { from: "annotator", to: "researcher" } },
  ]);
});

test.each([
  ["removed", (access: Access<"member:manage">, userId: string) => remove(access, userId)],
  ["demoted", (access: Access<"member:manage">, userId: string) => changeMemberRole(access, userId, "researcher")],
])("the open invitations of an admin who is %s end, in this project only", async (_, change) => {
  const { project, access } = await aTeam();
  const elsewhere = await aProject();
  const { user: second } = await aMember(project, { role: "admin" });
  await aMember(elsewhere, { role: "admin", user: second });
  const invite = async (by: typeof second, to: typeof project) =>
    inviteMember(await accessFor(by, to, "member:manage"), { role: "admin", email: null, daysValid: 7 });
  const ended = await invite(second, project);
  const kept = await invite(second, elsewhere);
  const mine = await inviteMember(access, { role: "annotator", email: null, daysValid: 7 });
  await change(access, second.id);
  await expect(findInvitation(ended.token)).rejects.toMatchObject({ code: "gone" });
  await expect(findInvitation(kept.token)).resolves.toBeDefined();
  await expect(findInvitation(mine.token)).resolves.toBeDefined();
});

test("somebody who is no member here cannot be changed or removed", async () => {
  const { access } = await aTeam();
  const other = await aTeam();
  await expect(changeMemberRole(access, other.annotator.id, "admin")).rejects.toMatchObject({ code: "not_found" });
  await expect(remove(access, other.annotator.id)).rejects.toMatchObject({ code: "not_found" });
});

test("the last admin of a project stays one, unless a site admin says otherwise", async () => {
  const { project, admin, annotator, access } = await aTeam();
  await expect(remove(access, admin.id)).rejects.toMatchObject({ code: "conflict" });
  await expect(changeMemberRole(access, admin.id, "annotator")).rejects.toMatchObject({ code: "conflict" });

  await changeMemberRole(access, annotator.id, "admin");
  await prisma.user.update({ where: { id: annotator.id }, data: { disabledAt: new Date() } });
  await expect(remove(access, admin.id), "a disabled admin can do nothing").rejects.toMatchObject({
    code: "conflict",
  });

  const siteAdmin = await aUser({ isAdmin: true });
  await remove(await accessFor(siteAdmin, project, "member:manage"), admin.id);
  expect(await prisma.member.count({ where: { projectId: project.id, userId: admin.id } })).toBe(0);
});

test("two admins who remove each other at once leave one", async () => {
  const { project, admin, access } = await aTeam();
  const { user: second } = await aMember(project, { role: "admin" });
  const theirs = await accessFor(second, project, "member:manage");
  const outcomes = await Promise.allSettled([remove(access, second.id), remove(theirs, admin.id)]);
  expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  expect(await prisma.member.count({ where: { projectId: project.id, role: "admin" } })).toBe(1);
});
