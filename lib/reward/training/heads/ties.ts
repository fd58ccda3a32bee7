import type { HeadMetrics } from "@/lib/reward/heads/schema";
import { fitTieModel, tieProbabilities } from "@/lib/stats/davidson";
import { isDecided, outcomeOf, pairsOf, type TrainingData } from "../data";
import type { Predicted } from "../evaluate";
import type { ModelValues } from "../head";
import { meanOver } from "./measure";
import { logNuName } from "./pairs";

/**
 * Davidson's model fitted to the validation pairs, and its loss on the test pairs beside that of the training part's
 * shares of outcomes. Null where the ties of a training were half of each other outcome.
 */
export function measureTies(given: {
  data: TrainingData;
  values: ModelValues;
  predicted: Predicted;
  validationMargins: ArrayLike<number>;
  seed: number;
}): HeadMetrics["ties"] {
  const { data, values, predicted, validationMargins, seed } = given;
  const logNu = values[logNuName];
  if (!logNu) return null;
  const learned = Array.from(logNu.data, Number);
  const start = Math.exp(learned.reduce((sum, value) => sum + value, 0) / learned.length);
  const model = fitTieModel(validationMargins, pairsOf(data.pairs, "validation").map(outcomeOf), start);
  const train = pairsOf(data.pairs, "train");
  const trainShare = train.filter((pair) => !isDecided(pair)).length / train.length;
  const places = { "1": 0, "0.5": 1, "0": 2 } as Record<string, number>;
  const placeOf = (pair: (typeof train)[number]): number => places[String(outcomeOf(pair))]!;
  const base = [(1 - trainShare) / 2, trainShare, (1 - trainShare) / 2];
  return {
    ...model,
    trainShare,
    logLoss: meanOver(
      predicted.pairs,
      (pair, i) => -Math.log(tieProbabilities(predicted.margins.withSides[i]!, model)[placeOf(pair)]!),
      seed,
    ),
    baseLogLoss: meanOver(predicted.pairs, (pair) => -Math.log(base[placeOf(pair)]!), seed),
  };
}
