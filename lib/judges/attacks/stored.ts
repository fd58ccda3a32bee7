import type { Access } from "@/lib/auth/access";
import { prisma } from "@/lib/db/client";
import { loadPlan } from "../plan";
import { configured, findJudge } from "../queries";
import { attacks } from "./attacks";
import { probedPlan, requestsPerInstance } from "./probe";
import { attackRunResult, type AttackReport } from "./schema";
import { ratesOf } from "./tally";

/** Of so many questions the mean is what one costs. */
const mostPaid = 500;

/** How a version of a judge stood its newest test. Throws `not_found`. */
export async function getAttackReport(
  access: Access<"judge:read">,
  judgeId: string,
  { version }: { version?: number | undefined },
): Promise<AttackReport> {
  const { projectId } = access;
  const judge = await findJudge(prisma, access, judgeId);
  const wanted = version ?? judge.version;
  const ofJudge = { projectId, kind: "judge-attack", payload: { path: ["judgeId"], equals: judgeId } };
  const [plan, newest, run, { currency }, [paid]] = await Promise.all([
    loadPlan(projectId, configured(judge)),
    prisma.run.findFirst({
      where: { ...ofJudge, state: "succeeded", result: { path: ["version"], equals: wanted } },
      select: { result: true, finishedAt: true },
      orderBy: { id: "desc" },
    }),
    prisma.run.findFirst({ where: ofJudge, select: { id: true }, orderBy: { id: "desc" } }),
    prisma.project.findUniqueOrThrow({ where: { id: projectId }, select: { currency: true } }),
    prisma.$queryRaw<[{ mean: number | null }]>`
      select avg(cost_micros)::float8 as mean from (select cost_micros from ledger
        where project_id = ${projectId}::uuid and judge_id = ${judgeId}::uuid and judge_version = ${wanted}::int
          and purpose in ('judging', 'attack')
        order by id desc limit ${mostPaid}) as newest`,
  ]);
  const requests = requestsPerInstance(probedPlan(plan), attacks.length);
  return {
    ...{ version: wanted, attacks: attacks.length, runId: run?.id ?? null },
    ...{ currency, requestsPerInstance: requests },
    costMicrosPerInstance: paid.mean === null ? null : paid.mean * requests,
    newest: newest && {
      at: newest.finishedAt!.toISOString(),
      ...ratesOf(attackRunResult.parse(newest.result)),
    },
  };
}
