import type { HeadMetrics } from "@/lib/reward/heads/schema";
import { sigmoid, softplus } from "@/lib/stats/logistic";
import { minimize } from "@/lib/stats/minimize";
import { isDecided, outcomeOf, pairsOf, type TrainingData } from "../data";
import type { Predicted } from "../evaluate";
import type { ModelValues } from "../head";
import { meanOver } from "./measure";
import { logNuName } from "./pairs";

/** Davidson's model on served margins D: the margin is scale D, and ties are as frequent as nu says. */
export type TieModel = { nu: number; scale: number };

/** A pull of the scale towards 1, against one without end where few pairs are all right. */
const ridge = 1;

/** P(first), P(tie) and P(second) of a margin, the first's reward less the second's. */
export function tieProbabilities(
  margin: number,
  { nu, scale }: TieModel,
): [first: number, tie: number, second: number] {
  const half = (scale * margin) / 2;
  const highest = Math.abs(half);
  const weights = [Math.exp(half - highest), nu * Math.exp(-highest), Math.exp(-half - highest)] as const;
  const sum = weights[0] + weights[1] + weights[2];
  return [weights[0] / sum, weights[1] / sum, weights[2] / sum];
}

/**
 * The scale and nu of most likelihood for margins and outcomes (1, 0, or .5 for a tie), by L-BFGS from `nu`. With
 * u = softplus(cD) - cD/2 a pair's loss is (1 - t) log nu + softplus(u - log nu) - (p - 1/2) cD.
 */
export function fitTieModel(margins: ArrayLike<number>, outcomes: ArrayLike<number>, nu: number): TieModel {
  const { point } = minimize(
    ([scale, logNu]) => {
      let value = (ridge / 2) * (scale! - 1) ** 2;
      const gradient = Float64Array.of(ridge * (scale! - 1), 0);
      for (let i = 0; i < margins.length; i++) {
        const margin = scale! * margins[i]!;
        const isTie = Number(outcomes[i] === 0.5);
        const u = softplus(margin) - margin / 2;
        const decided = sigmoid(u - logNu!);
        value += (1 - isTie) * logNu! + softplus(u - logNu!) - (outcomes[i]! - 0.5) * margin;
        gradient[0]! += margins[i]! * (decided * (sigmoid(margin) - 0.5) - (outcomes[i]! - 0.5));
        gradient[1]! += 1 - isTie - decided;
      }
      return { value, gradient };
    },
    Float64Array.of(1, Math.log(nu)),
  );
  return { scale: point[0]!, nu: Math.exp(point[1]!) };
}

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
