import type { Access } from "@/lib/auth/access";
import { prisma } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import { readDoneByQuestion } from "./done/by-question";
import { listJudgeRuns } from "./done/runs";
import { loadPlan } from "./plan";
import { viewVerdict } from "./instance-verdicts";
import { findJudge, getJudge } from "./queries";
import {
  judgeConfig,
  type JudgeReport,
  type JudgeVersionReport,
  type VerdictList,
  type VerdictListQuery,
} from "./schema";
import { countPending } from "./select";

type Given = {
  version: number;
  verdicts: number;
  invalid: number;
  repairs: number;
  inputTokens: number;
  outputTokens: number;
  costMicros: number;
  p50: number;
  p95: number;
};
type Made = { version: number; labels: number; preferred: number; tie: number; inconsistent: number };
type Contradicted = { version: number; contradictions: number; first: number };

/** What a judge has done, version by version. Throws `not_found`. */
export async function getJudgeReport(access: Access<"judge:read">, judgeId: string): Promise<JudgeReport> {
  const { projectId } = access;
  const judge = await getJudge(access, judgeId);
  const plan = await loadPlan(projectId, judge);
  const scope = { projectId, judgeId, kind: judge.kind, version: judge.version };
  const [versions, given, made, contradicted, pending, questions, runs] = await Promise.all([
    prisma.judgeVersion.findMany({ where: { projectId, judgeId }, orderBy: { version: "desc" } }),
    readGiven(projectId, judgeId),
    readMade(projectId, judgeId),
    readContradicted(projectId, judgeId),
    countPending(scope, {}, plan),
    readDoneByQuestion(scope, judge),
    listJudgeRuns(scope),
  ]);
  const authorIds = versions.flatMap(({ createdById }) => createdById ?? []);
  const authors = await prisma.user.findMany({ where: { id: { in: authorIds } }, select: { id: true, email: true } });
  const rows = versions.map((row) => ({
    version: row.version,
    config: judgeConfig.parse(row.config),
    createdAt: row.createdAt.toISOString(),
    createdBy: authors.find(({ id }) => id === row.createdById)?.email ?? null,
    ...figures(
      given.find(({ version }) => version === row.version),
      made.find(({ version }) => version === row.version),
      contradicted.find(({ version }) => version === row.version),
    ),
  }));
  return { judge, versions: rows, pending, questions, runs };
}

/** A judge's verdicts, newest first. Throws `not_found`. */
export async function listVerdicts(
  access: Access<"judge:read">,
  judgeId: string,
  { kind, cursor, limit }: VerdictListQuery,
): Promise<VerdictList> {
  const { projectId } = access;
  await findJudge(prisma, access, judgeId);
  const rows = await prisma.verdict.findMany({
    where: {
      ...{ projectId, judgeId },
      outcome: kind === undefined ? Prisma.skip : { path: ["kind"], equals: kind },
      id: cursor === undefined ? Prisma.skip : { lt: cursor },
    },
    include: { instance: { select: { outsideId: true } } },
    orderBy: { id: "desc" },
    take: limit + 1,
  });
  const items = rows.slice(0, limit).map(viewVerdict);
  return { items, nextCursor: rows.length > limit ? items.at(-1)!.id : null };
}

type Figures = Omit<JudgeVersionReport, "version" | "config" | "createdAt" | "createdBy">;

function figures(given?: Given, made?: Made, contradicted?: Contradicted): Figures {
  const { labels = 0, preferred = 0, tie = 0, inconsistent = 0 } = made ?? {};
  const compared = preferred + tie + inconsistent;
  const contradictions = contradicted?.contradictions ?? 0;
  return {
    ...{ verdicts: given?.verdicts ?? 0, invalid: given?.invalid ?? 0, repairs: given?.repairs ?? 0 },
    ...{ labels, preferred, tie, inconsistent, contradictions },
    consistency: compared === 0 ? null : (preferred + tie) / compared,
    firstPosition: contradictions === 0 ? null : contradicted!.first / contradictions,
    ...{
      inputTokens: given?.inputTokens ?? 0,
      outputTokens: given?.outputTokens ?? 0,
      costMicros: given?.costMicros ?? 0,
    },
    latencyMs: given ? { p50: given.p50, p95: given.p95 } : null,
  };
}

async function readGiven(projectId: string, judgeId: string): Promise<Given[]> {
  return await prisma.$queryRaw<Given[]>`
    select judge_version as version, count(*)::int as verdicts, count(*) filter (where outcome ->> 'kind' = 'invalid')::int as invalid,
      sum(repairs)::int as repairs, sum(input_tokens)::float8 as "inputTokens", sum(output_tokens)::float8 as "outputTokens",
      sum(cost_micros)::float8 as "costMicros",
      percentile_cont(0.5) within group (order by latency_ms) as p50, percentile_cont(0.95) within group (order by latency_ms) as p95
    from verdicts where project_id = ${projectId}::uuid and judge_id = ${judgeId}::uuid
    group by judge_version`;
}

async function readMade(projectId: string, judgeId: string): Promise<Made[]> {
  return await prisma.$queryRaw<Made[]>`
    select split_part(annotator, '@', 2)::int as version, count(*)::int as labels,
      count(*) filter (where meta ->> 'outcome' = 'preferred')::int as preferred,
      count(*) filter (where meta ->> 'outcome' = 'tie')::int as tie,
      count(*) filter (where meta ->> 'outcome' = 'inconsistent')::int as inconsistent
    from labels
    where project_id = ${projectId}::uuid and source in ('lm', 'rm') and is_current and annotator like 'judge:' || ${judgeId}::text || '@%'
    group by 1`;
}

/** Pairs of which each order prefers another completion: then it was twice the first shown, or twice the second. */
async function readContradicted(projectId: string, judgeId: string): Promise<Contradicted[]> {
  return await prisma.$queryRaw<Contradicted[]>`
    select f.judge_version as version, count(*)::int as contradictions,
      count(*) filter (where f.outcome ->> 'preferred' = '0')::int as first
    from verdicts f join verdicts s on s.project_id = f.project_id and s.instance_id = f.instance_id and s.judge_id = f.judge_id
      and s.judge_version = f.judge_version and s.question = f.question and s.aspect = f.aspect and s.target = f.target and s.sample = f.sample
    where f.project_id = ${projectId}::uuid and f.judge_id = ${judgeId}::uuid
      and f.shown_order = f.target and s.shown_order <> s.target
      and f.outcome ->> 'kind' = 'preferred' and s.outcome ->> 'kind' = 'preferred'
      and f.outcome ->> 'preferred' <> s.outcome ->> 'preferred'
    group by f.judge_version`;
}
