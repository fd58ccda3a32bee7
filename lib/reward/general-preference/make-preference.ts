import { add, concat, matMul } from "@/lib/graph/ops";
import { constant, parameter, type HostTensor } from "@/lib/graph/tensor";
import { meanByGroup, type Estimate } from "@/lib/stats/bootstrap";
import type { Standard } from "../training/batches";
import { isDecided, outcomeOf, pairsOf, type TrainingData } from "../training/data";
import { creditOf } from "../training/evaluate";
import { streamFor } from "../training/sampling";
import type { ArtifactPart } from "../training/score";
import { softplus } from "@/lib/stats/logistic";
import { countCycles } from "./cycles";
import { fitPreference, type FittedPreference as Fit } from "./fit-preference";
import { preferenceOutput, type PreferenceMetrics } from "./schema";

/** With fewer decided training pairs the vectors learn nothing but noise. */
const fewestPairs = 100;

/**
 * Trains a preference model that need not be a scale, measures whether held-out answers bear it out, and makes the part of
 * the version's file that compares by it; without a part, and with the reason, where there are too few pairs.
 */
export async function makePreference(given: {
  data: TrainingData;
  /** As the version's file standardises side features. */
  standard: Standard;
  seed: number;
}): Promise<{ metrics: PreferenceMetrics; part: ArtifactPart | null }> {
  const { data, seed } = given;
  const decided = pairsOf(data.pairs, "train").filter(isDecided).length;
  if (decided < fewestPairs) {
    const reason = `A general preference model needs at least ${fewestPairs} decided comparisons in the training part; there are ${decided}.`;
    return { metrics: { kind: "skipped", reason }, part: null };
  }
  const fit = await fitPreference(given);
  return { metrics: measure(data, fit, seed), part: preferencePart(fit) };
}

function measure(data: TrainingData, { heldOut, temperature }: Fit, seed: number): PreferenceMetrics {
  const { pairs, bradleyTerry, general } = heldOut;
  const test = pairs.flatMap(({ split }, i) => (split === "test" ? [i] : []));
  const decided = test.filter((i) => isDecided(pairs[i]!));
  const mean = (places: readonly number[], value: (i: number) => number): Estimate | null =>
    meanByGroup(
      places.map(value),
      places.map((i) => pairs[i]!.group),
      { random: streamFor(seed, "preference", 3) },
    );
  const likelihood = (margin: number, outcome: number): number => outcome * margin - softplus(margin);
  const accuracy = (margins: Float64Array): Estimate | null =>
    mean(decided, (i) => creditOf(margins[i]!, outcomeOf(pairs[i]!)));
  return {
    kind: "fitted",
    pairs: {
      train: pairsOf(data.pairs, "train").length,
      validation: pairs.length - test.length,
      test: test.length,
    },
    likelihoodGain: mean(test, (i) => {
      const outcome = outcomeOf(pairs[i]!);
      return likelihood(general[i]!, outcome) - likelihood(bradleyTerry[i]!, outcome);
    }),
    accuracy: accuracy(general),
    bradleyTerry: accuracy(bradleyTerry),
    cycles: countCycles(pairs, bradleyTerry, streamFor(seed, "preference", 4)),
    temperature,
  };
}

/**
 * Vectors from which all members' mean margin, calibrated, follows as one product. A completion y has the numbers
 * (a, b) in R^{2p}, and
 *
 *     s(y, y') = b . a' - a . b'
 *
 * of which a member's planes are p - 1 pairs of coordinates, and its reward another, with a the same for all completions.
 */
export function preferencePart({ shape, values, temperature }: Fit): ArtifactPart {
  const { members, planes, width } = shape;
  const p = members * (1 + planes);
  const scale = 1 / Math.sqrt(temperature * members);
  const w = new Float32Array(width * 2 * p);
  const bias = Array.from({ length: 2 * p }, (_, column) => (column < members ? scale : 0));
  for (let member = 0; member < members; member++) {
    for (let row = 0; row < width; row++) {
      // The general members stand after those of Bradley-Terry.
      w[row * 2 * p + p + member] = scale * Number(values.w.data[(members + member) * width + row]);
      for (let plane = 0; plane < planes; plane++) {
        const from = (member * width + row) * 2 * planes + 2 * plane;
        const column = members + member * planes + plane;
        w[row * 2 * p + column] = scale * Number(values.v.data[from]);
        w[row * 2 * p + p + column] = scale * Number(values.v.data[from + 1]);
      }
    }
  }
  const value: HostTensor = { dtype: "float32", shape: [width, 2 * p], data: w };
  const weights = parameter("preference.w", [width, 2 * p]);
  return {
    outputs: ({ features, sides }) => ({
      [preferenceOutput]: add(matMul(concat([features, sides], 1), weights), constant(bias, [2 * p])),
    }),
    values: { "preference.w": value },
  };
}
