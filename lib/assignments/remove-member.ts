import type { Access } from "@/lib/auth/access";
import { dropMember } from "@/lib/auth/members";
import { prisma } from "@/lib/db/client";
import { releaseAll } from "./release";

/**
 * Removes a person from a project and gives back what they had on loan. Their labels stay: they are what was said.
 * Throws conflict for the project's last admin and not_found for somebody who is no member.
 */
export async function removeMember(access: Access<"member:manage">, userId: string): Promise<void> {
  await prisma.$transaction(async (tx) => {
    await dropMember(tx, access, userId);
    await releaseAll(tx, access.projectId, userId);
  });
}
