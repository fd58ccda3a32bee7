import type { Invitation } from "@/lib/db/generated/client";
import { prisma, type Db } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import { say } from "@/lib/say";
import type { Access, GlobalAccess } from "./access";
import { recordAudit } from "./audit";
import type {
  InvitationList,
  InvitationView,
  InviteAdminInput,
  InviteMemberInput,
  NewInvitationView,
  PageQuery,
} from "./schema";
import { hashToken, newToken } from "./tokens";

const dayMs = 24 * 60 * 60 * 1000;
const firstRunDays = 7;

/** Taken by whatever depends on whether there is a user at all; any constant will do that nothing else here takes. */
const firstUserLock = 7_263_362;

/** Invites to a project with a role. The answer holds the link, which is stored nowhere and never shown again. */
export async function inviteMember(
  access: Access<"member:manage">,
  input: InviteMemberInput,
): Promise<NewInvitationView> {
  const { role, email } = input;
  return await prisma.$transaction(async (tx) => {
    const made = await createLink(tx, {
      ...input,
      projectId: access.projectId,
      makesAdmin: false,
      createdById: access.userId,
    });
    await recordAudit(tx, access, {
      action: "member.invite",
      target: email ?? "anyone with the link",
      projectId: access.projectId,
      detail: { role, expiresAt: made.invitation.expiresAt },
    });
    return made;
  });
}

/** Invites another admin of the site. The answer holds the link, which is stored nowhere and never shown again. */
export async function inviteAdmin(
  access: GlobalAccess<"user:manage">,
  input: InviteAdminInput,
): Promise<NewInvitationView> {
  return await prisma.$transaction(async (tx) => {
    const made = await createLink(tx, {
      ...input,
      role: null,
      projectId: null,
      makesAdmin: true,
      createdById: access.userId,
    });
    await recordAudit(tx, access, {
      action: "user.invite",
      target: input.email ?? "anyone with the link",
      detail: { isAdmin: true, expiresAt: made.invitation.expiresAt },
    });
    return made;
  });
}

/** The project's invitations that can still be accepted, newest first. */
export async function listInvitations(access: Access<"member:manage">, query: PageQuery): Promise<InvitationList> {
  return await listOpen({ projectId: access.projectId }, query);
}

/** The invitations of site admins that can still be accepted, newest first. The first-run link is none of them. */
export async function listAdminInvitations(
  access: GlobalAccess<"user:manage">,
  query: PageQuery,
): Promise<InvitationList> {
  return await listOpen({ makesAdmin: true, createdById: { not: null } }, query);
}

/** Ends an open invitation of the project; not_found when it is not there or not open any more. */
export async function revokeInvitation(access: Access<"member:manage">, id: string): Promise<void> {
  await prisma.$transaction(async (tx) => {
    const target = await endOpen(tx, id, { projectId: access.projectId });
    await recordAudit(tx, access, { action: "invitation.revoke", target, projectId: access.projectId });
  });
}

/** Ends an open invitation of a site admin; not_found when it is not there or not open any more. */
export async function revokeAdminInvitation(access: GlobalAccess<"user:manage">, id: string): Promise<void> {
  await prisma.$transaction(async (tx) => {
    const target = await endOpen(tx, id, { makesAdmin: true, createdById: { not: null } });
    await recordAudit(tx, access, { action: "invitation.revoke", target });
  });
}

/**
 * Ends the open invitations that somebody made, all or those of one project: an invitation must not outlive the right
 * to make it. Returns how many there were.
 */
export async function endInvitationsBy(tx: Db, maker: { createdById: string; projectId?: string }): Promise<number> {
  const { count } = await tx.invitation.updateMany({
    where: { ...maker, acceptedAt: null, revokedAt: null, expiresAt: { gt: new Date() } },
    data: { revokedAt: new Date() },
  });
  return count;
}

/**
 * The token of a link that creates the first admin; earlier ones end. Null when there is a user already. For the
 * process that starts the site and prints the link to its own terminal.
 */
export async function createFirstRunLink(): Promise<{ token: string } | null> {
  return await prisma.$transaction(async (tx) => {
    await lockFirstUser(tx);
    if (await hasUser(tx)) return null;
    await tx.invitation.updateMany({ where: { ...firstRunLinks, revokedAt: null }, data: { revokedAt: new Date() } });
    const { token } = await createLink(tx, {
      role: null,
      projectId: null,
      makesAdmin: true,
      createdById: null,
      email: null,
      daysValid: firstRunDays,
    });
    return { token };
  });
}

/** What tells the first-run link from an invitation of a site admin: nobody made it. */
export const firstRunLinks = { makesAdmin: true, createdById: null };

/** Lets one transaction at a time decide by whether there is a user. */
export async function lockFirstUser(tx: Db): Promise<void> {
  await tx.$executeRaw`select pg_advisory_xact_lock(${firstUserLock})`;
}

/** Whether there is any user: until there is, the site waits for its first admin. */
export async function hasUser(db: Db = prisma): Promise<boolean> {
  return (await db.user.findFirst({ select: { id: true } })) !== null;
}

async function createLink(
  tx: Db,
  {
    daysValid,
    ...data
  }: Pick<Invitation, "role" | "projectId" | "makesAdmin" | "createdById" | "email"> & { daysValid: number },
): Promise<NewInvitationView> {
  const token = newToken();
  const invitation = await tx.invitation.create({
    data: { ...data, tokenHash: hashToken(token), expiresAt: new Date(Date.now() + daysValid * dayMs) },
  });
  return { invitation: toView(invitation), token, path: `/invite/${token}` };
}

type Owner = { projectId: string } | { makesAdmin: true; createdById: { not: null } };

function openOnes(owner: Owner) {
  return { ...owner, acceptedAt: null, revokedAt: null, expiresAt: { gt: new Date() } };
}

async function listOpen(owner: Owner, { cursor, limit }: PageQuery): Promise<InvitationList> {
  const rows = await prisma.invitation.findMany({
    where: { ...openOnes(owner), ...(cursor && { id: { lt: cursor } }) },
    orderBy: { id: "desc" },
    take: limit + 1,
  });
  const items = rows.slice(0, limit).map(toView);
  return { items, nextCursor: rows.length > limit ? items.at(-1)!.id : null };
}

async function endOpen(tx: Db, id: string, owner: Owner): Promise<string> {
  const { count } = await tx.invitation.updateMany({
    where: { ...openOnes(owner), id },
    data: { revokedAt: new Date() },
  });
  if (count === 0)
    throw new AppError(
      "not_found",
      say`There is no open invitation ${id} here. It may have been used, or revoked already.`,
    );
  const { email } = await tx.invitation.findUniqueOrThrow({ where: { id } });
  return email ?? "anyone with the link";
}

function toView(invitation: Invitation): InvitationView {
  return {
    id: invitation.id,
    role: invitation.role,
    email: invitation.email,
    createdAt: invitation.createdAt.toISOString(),
    expiresAt: invitation.expiresAt.toISOString(),
  };
}
