import { prisma } from "@/lib/db/client";
import { paidPerAnswer } from "@/lib/ledger/paid-per-answer";
import { currentSchema } from "@/lib/projects/current-schema";
import { readAskedShares } from "./asked-shares";
import { planOf } from "./plan";
import { annotatorOf } from "./queries";
import { lmConfig, type LmConfig } from "./schema";
import { countAsks } from "./units";

/** What a judge that is switched on makes of an instance that it judges. */
export type JudgePrice = {
  /** As labels sign it. */
  judge: string;
  verdicts: number;
  /** In millionths of the project's currency; null for a judge without a price. */
  costMicros: number | null;
};

/** What judging an instance comes to, over several judges. */
export type VerdictPrice = { verdictsPerInstance: number; costMicrosPerInstance: number | null };

/** A rule of thumb for English; a price is worth showing before the first verdict tells the true one. */
const charactersPerToken = 4;
/** A judge that answers everything once. */
const anyConfig = lmConfig.parse({ baseUrl: "https://example.org/v1", model: "any", rubric: "any" });
/** What a question says besides rubric and texts, and how long a verdict with its reasons is. */
const instructionCharacters = 1500;
const answerTokens = 150;
const sampleSize = 200;

/** The same over all LM judges that are switched on: null while none with a price is, and verdicts as of one while none is. */
export async function expectVerdicts(projectId: string): Promise<VerdictPrice> {
  return sumPrices(await priceJudges(projectId));
}

/** Of judges, each of which judges a share of the instances; all of them unless it is told. */
export function sumPrices(
  { judges, anyVerdicts }: JudgePrices,
  shareOf: (judge: string) => number = () => 1,
): VerdictPrice {
  const sum = (of: (price: JudgePrice) => number): number =>
    judges.reduce((total, price) => total + shareOf(price.judge) * of(price), 0);
  const isPriced = judges.some(({ costMicros }) => costMicros !== null);
  return {
    verdictsPerInstance: judges.length === 0 ? anyVerdicts : sum(({ verdicts }) => verdicts),
    costMicrosPerInstance: isPriced ? sum(({ costMicros }) => costMicros ?? 0) : null,
  };
}

/** `anyVerdicts` are those of a judge that answers everything once. */
export type JudgePrices = { judges: JudgePrice[]; anyVerdicts: number };

/**
 * Expects of every LM judge that is switched on what its current version's verdicts have cost so far or, before there is
 * one, what its prices make of the length of the project's texts. A question with a condition counts as often as it was
 * asked so far.
 */
export async function priceJudges(projectId: string): Promise<JudgePrices> {
  const judges = await prisma.judge.findMany({
    where: { projectId, kind: "lm", isEnabled: true },
    include: { versions: { orderBy: { version: "desc" }, take: 1 } },
  });
  const asked = await currentSchema(prisma, projectId);
  const completions = await meanCompletions(projectId);
  const planned = (config: LmConfig) => planOf(asked, { kind: "lm", config });
  const priced: JudgePrice[] = [];
  for (const { id, version, versions } of judges) {
    const config = lmConfig.parse(versions[0]!.config);
    const plan = planned(config);
    const shares = await readAskedShares({ projectId, judgeId: id, kind: "lm", version }, plan);
    const verdicts = countAsks(plan, completions, shares);
    const judge = annotatorOf({ judgeId: id, version });
    priced.push({ judge, verdicts, costMicros: await expectCost(projectId, { id, version, config, verdicts }) });
  }
  return { judges: priced, anyVerdicts: countAsks(planned(anyConfig), completions) };
}

async function expectCost(
  projectId: string,
  { id, version, config, verdicts }: { id: string; version: number; config: LmConfig; verdicts: number },
): Promise<number | null> {
  if (config.inputPriceMicros === 0 && config.outputPriceMicros === 0) return null;
  return verdicts * ((await paidPerAnswer(projectId, { id, version })) ?? (await guessCost(projectId, config)));
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
