import type { Access } from "@/lib/auth/access";
import { recordAudit } from "@/lib/auth/audit";
import { prisma } from "@/lib/db/client";

/** A million instances with their labels take minutes to go. */
const timeoutMs = 30 * 60_000;

/** Deletes a project with everything in it. Only its audit events stay. */
export async function deleteProject(access: Access<"project:delete">): Promise<void> {
  const { projectId, slug } = access;
  await prisma.$transaction(
    async (db) => {
      const { name } = await db.project.delete({ where: { id: projectId }, select: { name: true } });
      await recordAudit(db, access, { action: "project.delete", target: slug, projectId, detail: { name } });
    },
    { timeout: timeoutMs, maxWait: 10_000 },
  );
}
