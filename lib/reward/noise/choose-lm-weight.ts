import { votesOf } from "@/lib/labels/votes";
import { meanByGroup } from "@/lib/stats/bootstrap";
import { softplus } from "@/lib/stats/logistic";
import { drawPrompts, lightConfig, trainLightly } from "../evaluation/light-training";
import { pairStrength } from "../pair-strength";
import type { RewardConfig } from "../training/config";
import { outcomeOf, pairsOf, type TrainingPair } from "../training/data";
import { streamFor } from "../training/sampling";
import type { LoadedData } from "../training-data";

/** What an AI's vote may count, where a person's counts 1. */
const weights = [0.1, 0.25, 0.5, 1];

/** Validation pairs that people decided, at least, to choose by. */
const fewestHumanPairs = 50;

export type TriedWeight = { weight: number; logLoss: number };

/**
 * Chooses what an AI's vote counts: of a few weights the one whose model predicts the answers of people best (log loss)
 * on validation pairs, where it is better than the weight given by more than chance (95 %, by prompt), and else that. What
 * an AI said of those pairs does not count there. Null where people decided too few of them, or AI nothing that could be
 * weighed.
 */
export async function chooseLmWeight(given: {
  data: LoadedData;
  /** What it counts so far. */
  lmWeight: number;
  config: RewardConfig;
  seed: number;
}): Promise<{ weight: number; tried: TriedWeight[] } | null> {
  const { data, lmWeight, seed } = given;
  const config = lightConfig(given.config);
  const byPeople = data.pairs.flatMap((pair, i) => {
    if (pair.split !== "validation") return [];
    const people = votesOf(data.origins[i]!.labels).filter(({ source }) => source === "human");
    const said = pairStrength(people, 1);
    return said && said.strength !== 0 ? [{ ...pair, ...said }] : [];
  });
  const hasAi = data.origins.some(({ labels }) => labels.some(({ source }) => source === "lm"));
  if (byPeople.length < fewestHumanPairs || !hasAi) return null;
  const tried: (TriedWeight & { losses: number[] })[] = [];
  for (const weight of [...new Set([...weights, lmWeight])].sort((a, b) => a - b)) {
    const pairs = weighedBy(data, weight);
    const learned = (["train", "validation"] as const).flatMap((part) => drawPrompts(pairsOf(pairs, part), 1, seed));
    const { mean } = await trainLightly({ data, pairs: learned, judged: byPeople, config, seed });
    const losses = byPeople.map((pair, i) => softplus(mean[i]!) - outcomeOf(pair) * mean[i]!);
    tried.push({ weight, losses, logLoss: losses.reduce((sum, loss) => sum + loss, 0) / losses.length });
  }
  const best = tried.reduce((lowest, each) => (each.logLoss < lowest.logLoss ? each : lowest));
  const before = tried.find(({ weight }) => weight === lmWeight)!;
  const gain = meanByGroup(
    best.losses.map((loss, i) => before.losses[i]! - loss),
    byPeople.map(({ group }) => group),
    { random: streamFor(seed, "evaluation", 16) },
  )!;
  return {
    weight: gain.interval[0] > 0 ? best.weight : lmWeight,
    tried: tried.map(({ weight, logLoss }) => ({ weight, logLoss })),
  };
}

/** The pairs with strengths and weights that follow from another weight of AI's votes, in the same order. */
export function weighedBy({ pairs, origins }: Pick<LoadedData, "pairs" | "origins">, lmWeight: number): TrainingPair[] {
  return pairs.map((pair, i) => ({ ...pair, ...pairStrength(votesOf(origins[i]!.labels), lmWeight) }));
}
