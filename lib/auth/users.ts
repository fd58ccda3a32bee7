import type { User } from "@/lib/db/generated/client";
import { prisma } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import { say } from "@/lib/say";
import { createAccount } from "./accept-invitation";
import type { GlobalAccess } from "./access";
import { recordAudit } from "./audit";
import { endInvitationsBy } from "./invitations";
import { hashPassword, newPassword } from "./passwords";
import { forgiveAccount } from "./rate-limit";
import type { CreateUserInput, PageQuery, ResetPasswordView, UserList, UserView } from "./schema";

/** Makes an account without an invitation. Throws conflict when the address is taken. */
export async function createUser(
  access: GlobalAccess<"user:manage">,
  { password, ...input }: CreateUserInput,
): Promise<UserView> {
  const passwordHash = await hashPassword(password);
  return await prisma.$transaction(async (tx) => {
    const user = await createAccount(tx, { ...input, passwordHash });
    await recordAudit(tx, access, { action: "user.create", target: user.email, detail: { isAdmin: user.isAdmin } });
    return toView(user, 0);
  });
}

/** All accounts of the site, oldest first. */
export async function listUsers(access: GlobalAccess<"user:manage">, { cursor, limit }: PageQuery): Promise<UserList> {
  const rows = await prisma.user.findMany({
    where: cursor ? { id: { gt: cursor } } : {},
    orderBy: { id: "asc" },
    take: limit + 1,
    include: { _count: { select: { memberships: true } } },
  });
  const items = rows.slice(0, limit).map((row) => toView(row, row._count.memberships));
  return { items, nextCursor: rows.length > limit ? items.at(-1)!.id : null };
}

/**
 * Disables an account, which ends its sessions and the invitations it made and stops its API keys, or enables it again.
 * Labels stay. Throws conflict for one's own account and for the last admin of the site.
 */
export async function setUserDisabled(
  access: GlobalAccess<"user:manage">,
  userId: string,
  disabled: boolean,
): Promise<UserView> {
  if (disabled && userId === access.userId) {
    throw new AppError("conflict", say`You cannot disable your own account. Ask another admin of this site to do it.`);
  }
  return await prisma.$transaction(async (tx) => {
    // First, as who accepts an invitation locks it before the row of a user: the other order could lock both for good.
    const ended = disabled ? await endInvitationsBy(tx, { createdById: userId }) : 0;
    // Two admins who disable each other at the same moment wait for one another here; the second finds itself the last.
    const admins = await tx.$queryRaw<{ id: string }[]>`
      select id from users where is_admin and disabled_at is null order by id for update`;
    const user = await tx.user.findUnique({
      where: { id: userId },
      include: { _count: { select: { memberships: true } } },
    });
    if (!user) throw new AppError("not_found", say`There is no user ${userId}.`);
    if (disabled === (user.disabledAt !== null)) return toView(user, user._count.memberships);
    if (disabled && admins.every(({ id }) => id === userId)) {
      throw new AppError("conflict", say`${user.email} is the last admin of this site. Invite another one first.`);
    }
    const changed = await tx.user.update({
      where: { id: userId },
      data: disabled ? { disabledAt: new Date(), sessionVersion: { increment: 1 } } : { disabledAt: null },
    });
    await recordAudit(tx, access, {
      action: disabled ? "user.disable" : "user.enable",
      target: user.email,
      ...(ended > 0 && { detail: { invitationsEnded: ended } }),
    });
    return toView(changed, user._count.memberships);
  });
}

/**
 * Gives somebody who lost their password a generated one, which the answer shows this once, and ends their sessions
 * and API keys: somebody else may have had the password, and have made keys with it. They can change it on their
 * account page. Throws conflict for one's own account.
 */
export async function resetPassword(access: GlobalAccess<"user:manage">, userId: string): Promise<ResetPasswordView> {
  if (userId === access.userId) {
    throw new AppError("conflict", say`Change your own password on your account page, where the old one is asked for.`);
  }
  const password = newPassword();
  const passwordHash = await hashPassword(password);
  const { email } = await prisma.$transaction(async (tx) => {
    const user = await tx.user.findUnique({ where: { id: userId } });
    if (!user) throw new AppError("not_found", say`There is no user ${userId}.`);
    await tx.user.update({ where: { id: userId }, data: { passwordHash, sessionVersion: { increment: 1 } } });
    const keys = await tx.apiKey.updateMany({ where: { userId, revokedAt: null }, data: { revokedAt: new Date() } });
    await recordAudit(tx, access, {
      action: "user.password",
      target: user.email,
      detail: { reset: true, ...(keys.count > 0 && { apiKeysRevoked: keys.count }) },
    });
    return user;
  });
  await forgiveAccount(email);
  return { email, password };
}

function toView(user: User, projectCount: number): UserView {
  return {
    id: user.id,
    email: user.email,
    name: user.name,
    isAdmin: user.isAdmin,
    disabledAt: user.disabledAt?.toISOString() ?? null,
    createdAt: user.createdAt.toISOString(),
    projectCount,
  };
}
