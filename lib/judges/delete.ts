import type { Access } from "@/lib/auth/access";
import { recordAudit } from "@/lib/auth/audit";
import { prisma } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import { say } from "@/lib/say";
import { findJudge } from "./queries";

/** Deletes a judge that has judged nothing. `conflict` for one that has: its labels need to be traced to its config. */
export async function deleteJudge(access: Access<"judge:manage">, judgeId: string): Promise<void> {
  const { projectId } = access;
  await prisma.$transaction(async (db) => {
    await db.$queryRaw`select from judges where project_id = ${projectId}::uuid and id = ${judgeId}::uuid for update`;
    const { name } = await findJudge(db, access, judgeId);
    const verdicts = await db.verdict.count({ where: { projectId, judgeId } });
    if (verdicts > 0) {
      throw new AppError(
        "conflict",
        say`Judge ${name} has given ${verdicts} verdicts, which its config explains, so it stays. Switch it off instead.`,
      );
    }
    await db.judge.delete({ where: { projectId_id: { projectId, id: judgeId } } });
    await recordAudit(db, access, { action: "judge.delete", target: name, projectId });
  });
}
