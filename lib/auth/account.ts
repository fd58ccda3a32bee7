import { prisma } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import { say } from "@/lib/say";
import { refuseApiKey, type Principal } from "./access";
import { recordAudit } from "./audit";
import { listMyProjects } from "./my-projects";
import { hashPassword, verifyPassword } from "./passwords";
import { limitAttempts } from "./rate-limit";
import type { ChangePasswordInput, MeView } from "./schema";

/** Who one is and which projects one may open. */
export async function describeMe(principal: Principal): Promise<MeView> {
  const { userId, email, name, isAdmin } = principal;
  return { userId, email, name, isAdmin, projects: await listMyProjects(principal) };
}

/** Changes one's own name, as others see it. */
export async function rename(principal: Principal, name: string): Promise<MeView> {
  await prisma.user.update({ where: { id: principal.userId }, data: { name } });
  return await describeMe({ ...principal, name });
}

/**
 * Changes one's own password and ends every session, the one at hand too: sign in again with the new password. API keys
 * go on, but cannot do this: forbidden. Throws invalid for a wrong current password and rate_limited after too many.
 */
export async function changePassword(
  principal: Principal,
  { currentPassword, newPassword }: ChangePasswordInput,
  client: string,
): Promise<void> {
  refuseApiKey(principal, say`An API key cannot change the password of its owner.`);
  const { userId, email } = principal;
  await limitAttempts({ account: email, client }, async () => {
    const { passwordHash } = await prisma.user.findUniqueOrThrow({ where: { id: userId } });
    if (await verifyPassword(passwordHash, currentPassword)) return;
    const message = say`is not your password`;
    throw new AppError("invalid", say`The current password is wrong. Nothing was changed; type it again.`, {
      faults: [{ path: "currentPassword", message }],
    });
  });
  const passwordHash = await hashPassword(newPassword);
  await prisma.$transaction(async (tx) => {
    await tx.user.update({ where: { id: userId }, data: { passwordHash, sessionVersion: { increment: 1 } } });
    await recordAudit(tx, principal, { action: "user.password", target: email });
  });
}
