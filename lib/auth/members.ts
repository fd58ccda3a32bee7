import { prisma, type Db } from "@/lib/db/client";
import type { Member, ProjectRole, User } from "@/lib/db/generated/client";
import { AppError } from "@/lib/errors";
import { say } from "@/lib/say";
import type { Access } from "./access";
import { recordAudit } from "./audit";
import { endInvitationsBy } from "./invitations";
import type { MemberList, MemberView, PageQuery } from "./schema";

/** The members of a project in the order they joined. Site admins have every right here without being members. */
export async function listMembers(access: Access<"member:read">, { cursor, limit }: PageQuery): Promise<MemberList> {
  const { projectId } = access;
  const rows = await prisma.member.findMany({
    where: { projectId },
    orderBy: [{ createdAt: "asc" }, { userId: "asc" }],
    ...(cursor && { cursor: { projectId_userId: { projectId, userId: cursor } }, skip: 1 }),
    take: limit + 1,
    include: { user: true },
  });
  const items = rows.slice(0, limit).map(toView);
  return { items, nextCursor: rows.length > limit ? items.at(-1)!.userId : null };
}

/**
 * Gives a member another role. The open invitations of an admin who becomes something else end. Throws conflict when
 * the project would be left without an admin (see dropMember).
 */
export async function changeMemberRole(
  access: Access<"member:manage">,
  userId: string,
  role: ProjectRole,
): Promise<MemberView> {
  return await prisma.$transaction(async (tx) => {
    const member = await lockMember(tx, access, userId);
    if (member.role === role) return toView(member);
    if (member.role === "admin") await refuseLastAdmin(tx, access, member.user);
    const key = { projectId: access.projectId, userId };
    const changed = await tx.member.update({
      where: { projectId_userId: key },
      data: { role },
      include: { user: true },
    });
    const ended =
      member.role === "admin" ? await endInvitationsBy(tx, { createdById: userId, projectId: access.projectId }) : 0;
    await recordAudit(tx, access, {
      action: "member.role",
      target: member.user.email,
      projectId: access.projectId,
      detail: { from: member.role, to: role, ...(ended > 0 && { invitationsEnded: ended }) },
    });
    return toView(changed);
  });
}

/**
 * Ends a membership and the open invitations of the person inside a transaction; lib/assignments/remove-member.ts
 * gives back what the person had on loan. The last admin of a project can be removed or given a lower role by a site
 * admin only, who counts as admin of every project: so no project is ever left to nobody. Throws conflict otherwise,
 * not_found for somebody who is no member.
 */
export async function dropMember(tx: Db, access: Access<"member:manage">, userId: string): Promise<void> {
  const { user, role } = await lockMember(tx, access, userId);
  if (role === "admin") await refuseLastAdmin(tx, access, user);
  await tx.member.delete({ where: { projectId_userId: { projectId: access.projectId, userId } } });
  const ended = await endInvitationsBy(tx, { createdById: userId, projectId: access.projectId });
  await recordAudit(tx, access, {
    action: "member.remove",
    target: user.email,
    projectId: access.projectId,
    detail: { role, ...(ended > 0 && { invitationsEnded: ended }) },
  });
}

/** Changes of one project's members wait for each other, so that two admins cannot remove one another at once. */
async function lockMember(
  tx: Db,
  { projectId, slug }: Access<"member:manage">,
  userId: string,
): Promise<Member & { user: User }> {
  await tx.$executeRaw`select from projects where id = ${projectId}::uuid for no key update`;
  const member = await tx.member.findUnique({
    where: { projectId_userId: { projectId, userId } },
    include: { user: true },
  });
  if (!member) throw new AppError("not_found", say`There is no member ${userId} in project ${slug}.`);
  return member;
}

async function refuseLastAdmin(tx: Db, access: Access<"member:manage">, user: User): Promise<void> {
  if (access.isAdmin) return;
  const others = await tx.member.count({
    where: { projectId: access.projectId, role: "admin", userId: { not: user.id }, user: { disabledAt: null } },
  });
  if (others > 0) return;
  throw new AppError(
    "conflict",
    say`${user.name} is the last admin of project ${access.slug}. Make somebody else an admin first, or ask an admin of this site.`,
  );
}

function toView({ user, role, createdAt }: Member & { user: User }): MemberView {
  return {
    userId: user.id,
    email: user.email,
    name: user.name,
    role,
    joinedAt: createdAt.toISOString(),
    isDisabled: user.disabledAt !== null,
  };
}
