import { prisma } from "@/lib/db/client";
import { findStoppedAtCap } from "@/lib/jobs/runs";
import { tellRunError } from "@/lib/jobs/tell-run-error";
import { judgeRunResult } from "../runs/schema";
import type { DoneRun } from "./schema";

const shown = 10;

/** The latest runs of a judge, newest first. */
export async function listJudgeRuns({
  projectId,
  judgeId,
}: {
  projectId: string;
  judgeId: string;
}): Promise<DoneRun[]> {
  const rows = await prisma.run.findMany({
    where: { projectId, kind: "judge", payload: { path: ["judgeId"], equals: judgeId } },
    select: {
      ...{ projectId: true, id: true, state: true, error: true, result: true },
      ...{ createdAt: true, startedAt: true, finishedAt: true },
    },
    orderBy: { id: "desc" },
    take: shown,
  });
  const capped = await findStoppedAtCap(prisma, rows);
  return rows.map(({ id, state, error, result, createdAt, startedAt, finishedAt }) => ({
    ...{ id, state, error: error === null ? null : tellRunError(error), stoppedAtCap: capped.has(id) },
    createdAt: createdAt.toISOString(),
    startedAt: startedAt?.toISOString() ?? null,
    finishedAt: finishedAt?.toISOString() ?? null,
    // A run that was cut short has none.
    result: outcomesOf(judgeRunResult.safeParse(result).data),
  }));
}

function outcomesOf(result: ReturnType<typeof judgeRunResult.parse> | undefined): DoneRun["result"] {
  if (!result) return null;
  const { version, instances, withImages, labels, preferred, tie, inconsistent, answered, invalid, costMicros } =
    result;
  return { version, instances, withImages, labels, preferred, tie, inconsistent, answered, invalid, costMicros };
}
