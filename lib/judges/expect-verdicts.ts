import { prisma } from "@/lib/db/client";
import { paidPerAnswer } from "@/lib/ledger/paid-per-answer";
import { currentSchema } from "@/lib/projects/current-schema";
import { planOf } from "./plan";
import { lmConfig, type LmConfig } from "./schema";
import { countAsks } from "./units";

/** What judging an instance that is routed to AI comes to, over all LM judges that are switched on. */
export type VerdictPrice = {
  /** As of one judge while none is switched on. */
  verdictsPerInstance: number;
  /** In millionths of the project's currency; null while no LM judge with a price is switched on. */
  costMicrosPerInstance: number | null;
};

/** A rule of thumb for English; a price is worth showing before the first verdict tells the true one. */
const charactersPerToken = 4;
/** A judge that answers everything once. */
const anyConfig = lmConfig.parse({ baseUrl: "https://example.org/v1", model: "any", rubric: "any" });
/** What a question says besides rubric and texts, and how long a verdict with its reasons is. */
const instructionCharacters = 1500;
const answerTokens = 150;
const sampleSize = 200;

/**
 * Expects of every judge what its current version's verdicts have cost so far or, before there is one, what its prices
 * make of the length of the project's texts.
 */
export async function expectVerdicts(projectId: string): Promise<VerdictPrice> {
  const judges = await prisma.judge.findMany({
    where: { projectId, kind: "lm", isEnabled: true },
    include: { versions: { orderBy: { version: "desc" }, take: 1 } },
  });
  const asked = await currentSchema(prisma, projectId);
  const completions = await meanCompletions(projectId);
  const verdictsOf = (config: LmConfig) => countAsks(planOf(asked, { kind: "lm", config }), completions);
  let verdicts = 0;
  let cost: number | null = null;
  for (const { id, version, versions } of judges) {
    const config = lmConfig.parse(versions[0]!.config);
    verdicts += verdictsOf(config);
    if (config.inputPriceMicros === 0 && config.outputPriceMicros === 0) continue;
    const paid = await paidPerAnswer(projectId, { id, version });
    cost = (cost ?? 0) + verdictsOf(config) * (paid ?? (await guessCost(projectId, config)));
  }
  if (judges.length === 0) verdicts = verdictsOf(anyConfig);
  return { verdictsPerInstance: verdicts, costMicrosPerInstance: cost };
}

/** Of the instances that can be labelled; two where there is none yet. */
async function meanCompletions(projectId: string): Promise<number> {
  const [{ mean }] = await prisma.$queryRaw<[{ mean: number | null }]>`
    select avg(n)::float8 as mean from (
      select count(*) as n from completions c
      where c.project_id = ${projectId}::uuid and c.instance_id in (
        select id from instances where project_id = ${projectId}::uuid and is_labelable order by id limit ${sampleSize})
      group by c.instance_id) as counted`;
  return mean ?? 2;
}

/** Of one verdict, in millionths. */
async function guessCost(
  projectId: string,
  { inputPriceMicros, outputPriceMicros, rubric }: LmConfig,
): Promise<number> {
  const [{ characters }] = await prisma.$queryRaw<[{ characters: number | null }]>`
    select avg(coalesce(length(prompt), length(messages::text), 0) + coalesce(length(context), 0) + 2 * (
      select coalesce(avg(length(text)), 0) from completions c where c.project_id = i.project_id and c.instance_id = i.id
    ))::float8 as characters
    from (select * from instances where project_id = ${projectId}::uuid and is_labelable order by id limit ${sampleSize}) as i`;
  const inputTokens = (instructionCharacters + rubric.length + (characters ?? 0)) / charactersPerToken;
  return (inputTokens * inputPriceMicros + answerTokens * outputPriceMicros) / 1e6;
}
