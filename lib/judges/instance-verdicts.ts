import type { Access } from "@/lib/auth/access";
import { prisma } from "@/lib/db/client";
import { verdictOutcome, type InstanceVerdict } from "./schema";

/** Everything judges answered about one instance, by judge, version and aspect, the orders in turn. */
export async function listInstanceVerdicts(
  { projectId }: Access<"judge:read">,
  instanceId: string,
): Promise<InstanceVerdict[]> {
  const rows = await prisma.verdict.findMany({
    where: { projectId, instanceId },
    include: { instance: { select: { outsideId: true } } },
    orderBy: [{ judgeId: "asc" }, { judgeVersion: "desc" }, { aspect: "asc" }, { target: "asc" }, { id: "asc" }],
  });
  const judges = await prisma.judge.findMany({
    where: { projectId, id: { in: [...new Set(rows.map(({ judgeId }) => judgeId))] } },
    select: { id: true, name: true, kind: true },
  });
  return rows.map((row) => ({
    ...{ id: row.id, instanceId, outsideId: row.instance.outsideId, version: row.judgeVersion, aspect: row.aspect },
    ...{ target: row.target, shownOrder: row.shownOrder, outcome: verdictOutcome.parse(row.outcome) },
    ...{ rawText: row.rawText, inputTokens: row.inputTokens, outputTokens: row.outputTokens },
    ...{ latencyMs: row.latencyMs, repairs: row.repairs, costMicros: Number(row.costMicros) },
    createdAt: row.createdAt.toISOString(),
    // A judge that has judged cannot be deleted.
    judge: judges.find(({ id }) => id === row.judgeId)!,
  }));
}
