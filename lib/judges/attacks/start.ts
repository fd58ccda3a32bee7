import type { Access } from "@/lib/auth/access";
import { recordAudit } from "@/lib/auth/audit";
import { prisma, type Db } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import { createRun } from "@/lib/jobs/runs";
import { say } from "@/lib/say";
import { loadPlan, type Plan } from "../plan";
import { configured, findJudge } from "../queries";
import { probedPlan } from "./probe";
import type { AttackRunPayload, StartAttacksInput } from "./schema";

/**
 * Starts a test of a judge's current version against attacks; one that waits or works already is answered instead of a
 * second. Throws `not_found`, and `conflict` where the judge is asked nothing that can be attacked.
 */
export async function startAttacks(
  access: Access<"judge:run">,
  judgeId: string,
  { instances }: StartAttacksInput,
): Promise<{ id: string }> {
  const { projectId, slug } = access;
  return await prisma.$transaction(async (db) => {
    const { name, ...judge } = await findJudge(db, access, judgeId);
    requireProbes(name, probedPlan(await loadPlan(projectId, configured(judge), db)));
    const live = await liveTest(db, projectId, judgeId);
    if (live !== null) return { id: live };
    const payload: AttackRunPayload = { judgeId, instances };
    const run = await createRun(db, access, { kind: "judge-attack", payload });
    const detail = { project: slug, work: "judge-attack", instances };
    await recordAudit(db, access, { action: "judge.run", target: name, projectId, detail });
    return run;
  });
}

/** Throws `conflict` when nothing that a judge is asked can be attacked. */
export function requireProbes(name: string, { questions }: Plan): void {
  if (questions.length > 0) return;
  throw new AppError(
    "conflict",
    say`Judge ${name} answers no comparison, rating or yes-or-no question of this project, which are what attacks are tried on.`,
  );
}

async function liveTest(db: Db, projectId: string, judgeId: string): Promise<string | null> {
  const run = await db.run.findFirst({
    where: {
      ...{ projectId, kind: "judge-attack", state: { in: ["queued", "running"] } },
      payload: { path: ["judgeId"], equals: judgeId },
    },
    select: { id: true },
  });
  return run?.id ?? null;
}
