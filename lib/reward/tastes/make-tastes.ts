import { concat, div, matMul, sub } from "@/lib/graph/ops";
import { constant, parameter } from "@/lib/graph/tensor";
import type { Standard } from "../training/batches";
import type { TrainingData, TrainingPair } from "../training/data";
import type { Predicted } from "../training/evaluate";
import type { ArtifactPart } from "../training/score";
import type { LoadedData } from "../training-data";
import { fitTastes, type Mixture } from "./fit-tastes";
import { groupRewards, measureTastes, type GroupRewards } from "./measure-tastes";
import { ownLabels } from "./own-labels";
import type { OwnLabel } from "./responsibilities";
import { tastesOutput, type TasteMetrics } from "./schema";

/** Below these numbers tastes could not be told from chance. */
const fewest = { annotators: 4, labelsEach: 5, validationLabels: 20, validationPrompts: 10 } as const;

/**
 * Looks for groups of annotators with different tastes, measures them and makes the part of the version's file that scores
 * by them; without a part, and with the reason, where there are too few annotators or labels.
 */
export async function makeTastes(given: {
  data: TrainingData & Pick<LoadedData, "origins">;
  /** As the version's file standardises side features. */
  standard: Standard;
  predicted: Pick<Predicted, "pairs" | "margins">;
  seed: number;
}): Promise<{ metrics: TasteMetrics; part: ArtifactPart | null }> {
  const { data, standard, predicted, seed } = given;
  const { annotators, labels } = ownLabels(data);
  const reason = whyNot(data.pairs, labels, annotators.length);
  if (reason !== null) return { metrics: { kind: "skipped", reason }, part: null };
  const tastes = await fitTastes({ data, labels, annotators: annotators.length, standard, seed });
  const scored = groupRewards(data, tastes, standard);
  const margins = new Map(predicted.pairs.map((pair, i) => [keyOf(pair), predicted.margins.withSides[i]!]));
  const metrics = measureTastes({
    ...{ data, annotators, labels, tastes, rewards: scored.rewards, seed },
    singleMargin: (pair) => margins.get(keyOf(pair))!,
  });
  return { metrics, part: tastesPart(tastes.chosen, scored) };
}

/** Each group's reward of a completion, in standard deviations from the mean of the training completions. */
export function tastesPart({ weights }: Mixture, { means, deviations }: Omit<GroupRewards, "rewards">): ArtifactPart {
  const [rows, groups] = weights.shape as [number, number];
  const w = parameter("tastes.w", [rows, groups]);
  return {
    outputs: ({ features, sides }) => {
      const rewards = matMul(concat([features, sides], 1), w);
      return { [tastesOutput]: div(sub(rewards, constant(means, [groups])), constant(deviations, [groups])) };
    },
    values: { "tastes.w": weights },
  };
}

function whyNot(pairs: readonly TrainingPair[], labels: readonly OwnLabel[], annotators: number): string | null {
  const counts = new Array<number>(annotators).fill(0);
  let validation = 0;
  const prompts = new Set<number>();
  for (const { annotator, pair } of labels) {
    const { split, group } = pairs[pair]!;
    if (split === "train") counts[annotator]!++;
    if (split !== "validation") continue;
    validation++;
    prompts.add(group);
  }
  const enough = counts.filter((count) => count >= fewest.labelsEach).length;
  if (enough < fewest.annotators) {
    return `Groups need at least ${fewest.annotators} annotators with ${fewest.labelsEach} labels each in the training part; there are ${enough}.`;
  }
  if (validation < fewest.validationLabels || prompts.size < fewest.validationPrompts) {
    return `Choosing the number of groups needs at least ${fewest.validationLabels} labels on ${fewest.validationPrompts} prompts in the validation part; there are ${validation} on ${prompts.size}.`;
  }
  return null;
}

/** A margin is of two texts, whatever was asked about them. */
const keyOf = ({ first, second }: TrainingPair): string => `${first} ${second}`;
