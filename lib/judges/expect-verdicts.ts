import { prisma } from "@/lib/db/client";
import { paidPerAnswer } from "@/lib/ledger/paid-per-answer";
import { findComparison } from "./load";
import { lmConfig, type LmConfig } from "./schema";

/** What judging an instance that is routed to AI comes to, over all LM judges that are switched on. */
export type VerdictPrice = {
  /** As of one judge while none is switched on. */
  verdictsPerInstance: number;
  /** In millionths of the project's currency; null while no LM judge with a price is switched on. */
  costMicrosPerInstance: number | null;
};

const ordersAsked = 2;

/** A rule of thumb for English; a price is worth showing before the first verdict tells the true one. */
const charactersPerToken = 4;
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
  const verdictsOfOne = ordersAsked * ((await findComparison(projectId))?.aspects.length ?? 0);
  let cost: number | null = null;
  for (const { id, version, versions } of judges) {
    const config = lmConfig.parse(versions[0]!.config);
    if (config.inputPriceMicros === 0 && config.outputPriceMicros === 0) continue;
    const paid = await paidPerAnswer(projectId, { id, version });
    cost = (cost ?? 0) + verdictsOfOne * (paid ?? (await guessCost(projectId, config)));
  }
  return { verdictsPerInstance: verdictsOfOne * Math.max(1, judges.length), costMicrosPerInstance: cost };
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
