import type { Access } from "@/lib/auth/access";
import { prisma } from "@/lib/db/client";
import type { Verdict } from "@/lib/db/generated/client";
import { verdictOutcome, type InstanceVerdict, type VerdictView } from "./schema";
import { tellOutcome } from "./tell-outcome";

/** Everything judges answered about one instance, by judge, version, question and aspect, the orders in turn. */
export async function listInstanceVerdicts(
  { projectId }: Access<"judge:read">,
  instanceId: string,
): Promise<InstanceVerdict[]> {
  const rows = await prisma.verdict.findMany({
    where: { projectId, instanceId },
    include: { instance: { select: { outsideId: true } } },
    orderBy: [
      ...([{ judgeId: "asc" }, { judgeVersion: "desc" }, { question: "asc" }] as const),
      ...([{ aspect: "asc" }, { target: "asc" }, { id: "asc" }] as const),
    ],
  });
  const judges = await prisma.judge.findMany({
    where: { projectId, id: { in: [...new Set(rows.map(({ judgeId }) => judgeId))] } },
    select: { id: true, name: true, kind: true },
  });
  return rows.map((row) => ({
    ...viewVerdict(row),
    // A judge that has judged cannot be deleted.
    judge: judges.find(({ id }) => id === row.judgeId)!,
  }));
}

/** A stored verdict as the API shows it. */
export function viewVerdict(row: Verdict & { instance: { outsideId: string } }): VerdictView {
  const { id, instanceId, question, aspect, target, shownOrder, sample, rawText, thinking, latencyMs, repairs } = row;
  const { model, inputTokens, cachedInputTokens, outputTokens } = row;
  return {
    ...{ id, instanceId, outsideId: row.instance.outsideId, version: row.judgeVersion },
    ...{ question, aspect, target, shownOrder, sample, rawText, thinking, model },
    outcome: tellOutcome(verdictOutcome.parse(row.outcome)),
    ...{ inputTokens, cachedInputTokens, outputTokens, latencyMs, repairs, costMicros: Number(row.costMicros) },
    createdAt: row.createdAt.toISOString(),
  };
}
