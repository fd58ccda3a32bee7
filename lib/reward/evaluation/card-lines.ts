import { wordSlice } from "@/lib/text/slice-words";
import type { EstimateView } from "../estimate";
import type { RewardModelView } from "../schema";
import type { BestOfN, Consistency, OneToMany } from "./schema";

const treatments = {
  smooth: "Every training label was smoothed",
  soft: "Training labels were believed as far as cross-fitted votes believed them",
  flip: "Training labels that cross-fitted votes found probably wrong were turned round",
  drop: "Training labels that cross-fitted votes found probably wrong were left out",
} as const;

/** What the training did about doubtful labels, for a model card. */
export function treatmentLines({ config, metrics }: Pick<RewardModelView, "config" | "metrics">): string[] {
  const { noise, adaptsMargins, balancesDomains } = config.learning;
  const treated = metrics.noise?.treated ?? 0;
  return [
    ...(noise.kind === "none" ? [] : [`${treatments[noise.kind]}: ${treated}; stored labels are as they were given`]),
    ...(adaptsMargins ? ["Training pairs had margins to keep: those of cross-fitted votes over their deviation"] : []),
    ...(balancesDomains ? ["Training pairs weighed by the inverse of how many their domain has"] : []),
  ];
}

/** Where a version is good and where not, for a model card; nothing for versions from before it was measured. */
export function evaluationLines({ metrics: { evaluation, noise } }: Pick<RewardModelView, "metrics">): string[] {
  if (!evaluation) return [];
  const { worst, ceiling, learningCurve, outOfDistribution, oneToMany, bestOfN, consistency, bias } = evaluation;
  return [
    worst
      ? `Worst on ${wordSlice(worst)}: ${withN(worst.accuracy)}`
      : "No kind of pair is large enough to be the worst",
    ceiling
      ? `Two people agree on ${withN(ceiling.humanAgreement)}, so that no model agrees with single answers more than ${ceiling.most === null ? "by chance" : percent(ceiling.most)} of the time; this one does ${withN(ceiling.singleAnswers)}`
      : "No test pair was decided by two people",
    learningCurve.points.length === 0
      ? `No learning curve: ${learningCurve.skipped}`
      : `Right after ${learningCurve.points.map(({ share, accuracy }) => `${100 * share} % of the prompts ${percent(accuracy.mean)}`).join(", ")} (smaller models)`,
    ...(outOfDistribution.domains.length === 0
      ? [`No domain was left out: ${outOfDistribution.skipped}`]
      : outOfDistribution.domains.map(
          ({ domain, trainedWithout, trainedWith }) =>
            `Domain ${domain}: ${withN(trainedWithout)} by a model that never saw it, ${percent(trainedWith.mean)} by one that did`,
        )),
    ...(oneToMany ? [oneToManyLine(oneToMany)] : []),
    bestOfN
      ? wordBestOfN(bestOfN)
      : "No held-out prompt has completions that are known to differ in how good they are (best of n, n = 0)",
    ...(consistency ? [consistencyLine(consistency)] : []),
    `A standard deviation of length is worth ${bias.lengthCoefficient.toFixed(2)} logits in the reward with length and format`,
    ...(noise && noise.flipRate !== null
      ? [
          `About ${percent(noise.flipRate)} of the training labels seem wrong; ${noise.suspects} are rather wrong than right, of which ${percent(noise.expectedPrecision ?? 0)} are expected to be wrong indeed`,
        ]
      : []),
  ];
}

function oneToManyLine({ accuracy, reciprocalRank, chance }: OneToMany): string {
  return accuracy && reciprocalRank
    ? `One right completion above all wrong ones: ${withN(accuracy)}, by chance ${percent(chance!)}; mean reciprocal rank ${reciprocalRank.mean.toFixed(3)}`
    : "No held-out prompt has right and wrong completions (one-to-many n = 0)";
}

function consistencyLine({ pairs, response, instruction }: Consistency): string {
  return response === null
    ? "No two held-out prompts resemble each other (consistency n = 0)"
    : `Consistency on ${pairs} pairs of prompts: ${percent(response)} by response, ${percent(instruction!)} by instruction; chance is 50 %`;
}

function wordBestOfN({ by, prompts, random, points, gain }: BestOfN): string {
  const unit = by === "correctness" ? percent : (value: number): string => value.toFixed(2);
  const last = points.at(-1)!;
  const [low, high] = last.picked.interval;
  const [least, most] = gain.interval;
  const is = by === "correctness" ? "is right" : "is rated";
  return `The best of ${last.n} stored completions by this reward ${is} ${unit(last.picked.mean)} (${unit(low)} to ${unit(high)}) on ${prompts} prompts, at random ${unit(random)} (gain ${unit(gain.mean)}, ${unit(least)} to ${unit(most)}), at best ${unit(last.oracle)}`;
}

function withN({ mean, interval: [low, high], values }: EstimateView): string {
  return `${percent(mean)} (${percent(low)} to ${percent(high)}) of ${values}`;
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}
