import { Prisma, type Invitation, type Project, type User } from "@/lib/db/generated/client";
import { prisma, type Db } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import { say } from "@/lib/say";
import { principalOf, wordRole, type Principal } from "./access";
import { recordAudit } from "./audit";
import { firstRunLinks, hasUser, lockFirstUser } from "./invitations";
import { hashPassword } from "./passwords";
import type { AcceptInput, AccountInput, JoinedView } from "./schema";
import { hashToken } from "./tokens";

/** An invitation that can be accepted now. */
export type OpenInvitation = Invitation & { project: Project | null };

/**
 * The invitation behind a link. Throws not_found for an unknown token and gone for one that was used, revoked or has
 * expired, each in words for the person who followed the link.
 */
export async function findInvitation(token: string, db: Db = prisma): Promise<OpenInvitation> {
  const found = await db.invitation.findUnique({ where: { tokenHash: hashToken(token) }, include: { project: true } });
  if (!found) {
    throw new AppError(
      "not_found",
      say`This link is not known here. Check that it was copied whole, or ask for a new one.`,
    );
  }
  if (found.acceptedAt !== null) {
    throw new AppError(
      "gone",
      say`This link was used on ${day(found.acceptedAt)}. If that was you, sign in. If not, ask the person who sent it for a new one.`,
    );
  }
  if (found.revokedAt !== null)
    throw new AppError(
      "gone",
      say`This link was revoked on ${day(found.revokedAt)}. Ask the person who sent it for a new one.`,
    );
  if (found.expiresAt <= new Date())
    throw new AppError(
      "gone",
      say`This link expired on ${day(found.expiresAt)}. Ask the person who sent it for a new one.`,
    );
  return found;
}

/** The invitation behind a link of a person (not the first-run link). Throws as findInvitation does. */
export async function findPersonalInvitation(token: string, db: Db = prisma): Promise<OpenInvitation> {
  const invitation = await findInvitation(token, db);
  if (invitation.createdById === null) {
    throw new AppError("not_found", say`This link sets up a new site and invites nobody. Open it as it was printed.`);
  }
  return invitation;
}

/** Accepts an invitation as somebody new: makes the account and joins the project, or makes a site admin. */
export async function acceptInvitation({ token, ...account }: AcceptInput): Promise<JoinedView> {
  // Before the slow hash, so that a worthless token costs nothing.
  refuseOtherAddress(await findPersonalInvitation(token), account.email);
  const passwordHash = await hashPassword(account.password);
  return await prisma.$transaction(async (tx) => {
    const invitation = await findPersonalInvitation(token, tx);
    const user = await createAccount(tx, { ...account, passwordHash, isAdmin: invitation.makesAdmin });
    await claim(tx, invitation, user.id);
    await recordAudit(tx, principalOf(user, "session"), {
      action: "user.create",
      target: user.email,
      detail: { isAdmin: user.isAdmin, invitation: invitation.id },
    });
    return await join(tx, principalOf(user, "session"), invitation);
  });
}

/** Accepts an invitation as somebody who has an account. */
export async function joinByInvitation(principal: Principal, token: string): Promise<JoinedView> {
  return await prisma.$transaction(async (tx) => {
    const invitation = await findPersonalInvitation(token, tx);
    refuseOtherAddress(invitation, principal.email);
    await claim(tx, invitation, principal.userId);
    if (!invitation.makesAdmin) return await join(tx, principal, invitation);
    if (principal.isAdmin)
      throw new AppError(
        "conflict",
        say`You are an admin of this site already. The link can still be used by somebody else.`,
      );
    await tx.user.update({ where: { id: principal.userId }, data: { isAdmin: true } });
    await recordAudit(tx, principal, { action: "member.join", target: principal.email, detail: { isAdmin: true } });
    return { project: null };
  });
}

/** Makes the first admin of a new site with the link that its start printed. Of several at once exactly one wins. */
export async function completeFirstRun({ token, ...account }: AcceptInput): Promise<void> {
  await findFirstRunLink(token, prisma);
  const passwordHash = await hashPassword(account.password);
  await prisma.$transaction(async (tx) => {
    await lockFirstUser(tx);
    const link = await findFirstRunLink(token, tx);
    const user = await createAccount(tx, { ...account, passwordHash, isAdmin: true });
    await claim(tx, link, user.id);
    await recordAudit(tx, principalOf(user, "session"), {
      action: "user.create",
      target: user.email,
      detail: { isAdmin: true, firstRun: true },
    });
  });
}

/** The open first-run link. Throws conflict when the site has a user, gone or not_found as findInvitation does. */
export async function findFirstRunLink(token: string, db: Db = prisma): Promise<OpenInvitation> {
  if (await hasUser(db)) {
    throw new AppError("conflict", say`This site is set up already. Sign in, or ask its admin for an invitation.`);
  }
  const link = await findInvitation(token, db);
  if (link.createdById !== firstRunLinks.createdById)
    throw new AppError("not_found", say`This link does not set up a site.`);
  return link;
}

/** A new row of users. Throws conflict when the address is taken. */
export async function createAccount(
  tx: Db,
  { email, name, passwordHash, isAdmin }: Omit<AccountInput, "password"> & { passwordHash: string; isAdmin: boolean },
): Promise<User> {
  return await tx.user.create({ data: { email, name, passwordHash, isAdmin } }).catch((cause: unknown) => {
    if (!(cause instanceof Prisma.PrismaClientKnownRequestError) || cause.code !== "P2002") throw cause;
    throw new AppError(
      "conflict",
      say`There is an account with the address ${email} already. Sign in with it, then open the link again.`,
      { cause },
    );
  });
}

function refuseOtherAddress({ email }: Invitation, own: string): void {
  if (email === null || email === own) return;
  throw new AppError(
    "forbidden",
    say`This invitation is for ${email}, not for ${own}. Use that address, or ask for an invitation to yours.`,
  );
}

/** One statement decides who gets the invitation, so that two people with one link cannot both use it. */
async function claim(tx: Db, { id }: Invitation, userId: string): Promise<void> {
  const now = new Date();
  const { count } = await tx.invitation.updateMany({
    where: { id, acceptedAt: null, revokedAt: null, expiresAt: { gt: now } },
    data: { acceptedAt: now, acceptedById: userId },
  });
  if (count === 0)
    throw new AppError(
      "gone",
      say`This link was used or revoked a moment ago. Ask the person who sent it for a new one.`,
    );
}

async function join(tx: Db, principal: Principal, { project, role }: OpenInvitation): Promise<JoinedView> {
  if (!project || !role) return { project: null };
  const key = { projectId: project.id, userId: principal.userId };
  const member = await tx.member.findUnique({ where: { projectId_userId: key } });
  if (member) {
    throw new AppError(
      "conflict",
      say`You are a member of ${project.name} already, as ${wordRole(member.role)}. The link can still be used by somebody else.`,
    );
  }
  await tx.member.create({ data: { ...key, role } });
  await recordAudit(tx, principal, {
    action: "member.join",
    target: principal.email,
    projectId: project.id,
    detail: { role },
  });
  return { project: { slug: project.slug, name: project.name, role } };
}

function day(date: Date): string {
  return date.toISOString().slice(0, 10);
}
