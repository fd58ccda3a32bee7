import type { Access } from "@/lib/auth/access";
import { recordAudit } from "@/lib/auth/audit";
import { prisma } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import { say } from "@/lib/say";
import { readLimits } from "./limits";
import { nilId, type LimitView, type SetCapsInput, type SpendingPrices } from "./schema";

/**
 * Sets how much a judge, or all judges of a project together, may cost. What stopped at a cap is tried again at once.
 * Returns the caps of the project. Throws `not_found` for a judge that it has not.
 */
export async function setCaps(
  access: Access<"spending:manage">,
  { judgeId, day, month, total }: SetCapsInput,
): Promise<LimitView[]> {
  const { projectId, slug } = access;
  await prisma.$transaction(async (db) => {
    const judge = judgeId && (await db.judge.findUnique({ where: { projectId_id: { projectId, id: judgeId } } }));
    if (judgeId !== null && !judge)
      throw new AppError("not_found", say`There is no judge ${judgeId} in project ${slug}.`, {
        faults: [{ path: "judgeId", message: say`is of no judge of this project` }],
      });
    const caps = { dayMicros: day, monthMicros: month, totalMicros: total };
    const key = { projectId, judgeId: judgeId ?? nilId };
    await db.spendingCap.upsert({
      where: { projectId_judgeId: key },
      create: { ...key, ...caps },
      update: caps,
    });
    await db.$executeRaw`
      update cap_stops set until = now() where project_id = ${projectId}::uuid and (until is null or until > now())`;
    await recordAudit(db, access, {
      action: "spending.caps",
      target: judge ? judge.name : "all judges",
      projectId,
      detail: { day, month, total },
    });
  });
  return await readLimits(projectId, "each");
}

/** Sets the currency and the price of an hour of people. What is booked already stays as it is. */
export async function setPrices(access: Access<"spending:manage">, input: SpendingPrices): Promise<SpendingPrices> {
  const { projectId, slug } = access;
  await prisma.$transaction(async (db) => {
    await db.project.update({ where: { id: projectId }, data: input });
    await recordAudit(db, access, { action: "spending.prices", target: slug, projectId, detail: input });
  });
  return input;
}
