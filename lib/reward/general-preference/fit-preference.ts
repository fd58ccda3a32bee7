import { exportModel } from "@/lib/graph/export";
import { mergeMembers } from "@/lib/graph/ensemble";
import { openSession, type Session } from "@/lib/graph/session";
import type { HostTensor } from "@/lib/graph/tensor";
import { openTraining, takeSteps, type Batch } from "@/lib/graph/training";
import { initialState } from "@/lib/graph/training-step";
import { fitTemperature, logLoss } from "@/lib/stats/calibration";
import { denseFeatures, standardised, type Standard } from "../training/batches";
import { outcomeOf, pairsOf, type TrainingData, type TrainingPair } from "../training/data";
import { bootstrapCounts, drawAtMost, randomOrder, streamFor } from "../training/sampling";
import { linearTargets } from "../training/targets";
import { preferenceGraph, preferenceStep, startPreference, type PreferenceShape, type PreferenceValues } from "./head";

const members = 3;
const planes = 2;
const learningRate = 0.03;
const mostEpochs = 30;
/** Epochs without a better validation loss after which a member has ended. */
const patience = 5;
const mostPairsInStep = 1024;
/** Few pairs are not learned in a few large steps. */
const fewestSteps = 8;
/** Pairs of a part beyond these would tell little more, and take longer. */
const mostPairs = 10_000;
/** Pairs whose margins are computed in one run. */
const pairsAtOnce = 1024;

/** Pairs that trained nothing, those of the validation part before those of the test part, with their calibrated margins. */
export type HeldOut = { pairs: readonly TrainingPair[]; bradleyTerry: Float64Array; general: Float64Array };

export type FittedPreference = {
  shape: PreferenceShape;
  values: PreferenceValues;
  /** What the general margins are divided by, so that their sigmoid is a calibrated probability. */
  temperature: number;
  heldOut: HeldOut;
};

type Given = { data: TrainingData; standard: Standard; seed: number };

/**
 * Trains Bradley-Terry and general preference members side by side: on the same bootstraps of the prompts, in the same
 * order, each kept as it was at its lowest validation loss. So what the general ones gain, they gain by their vectors.
 */
export async function fitPreference(given: Given): Promise<FittedPreference> {
  const { data, standard } = given;
  const shape = { members, planes, width: data.width + standard.means.length };
  const session = await openSession(exportModel(preferenceGraph(shape)));
  try {
    const values = await train(given, shape, session);
    const validation = pairsOf(data.pairs, "validation");
    const pairs = [...validation, ...pairsOf(data.pairs, "test")];
    const margins = await memberMargins(session, given, values, pairs);
    const kinds = [margins.slice(0, members), margins.slice(members)].map(meanMargins) as [Float64Array, Float64Array];
    const outcomes = validation.map(outcomeOf);
    const temperatures = kinds.map((kind) => fitTemperature(kind.subarray(0, validation.length), outcomes));
    const [bradleyTerry, general] = kinds.map((kind, i) => kind.map((margin) => margin / temperatures[i]!)) as [
      Float64Array,
      Float64Array,
    ];
    return { shape, values, temperature: temperatures[1]!, heldOut: { pairs, bradleyTerry, general } };
  } finally {
    await session.dispose();
  }
}

async function train(given: Given, shape: PreferenceShape, session: Session): Promise<PreferenceValues> {
  const { data, seed } = given;
  const pairs = drawAtMost(pairsOf(data.pairs, "train"), mostPairs, streamFor(seed, "preference", 1));
  const validation = drawAtMost(pairsOf(data.pairs, "validation"), mostPairs, streamFor(seed, "preference", 2));
  const targets = validation.map(({ strength }) => linearTargets(strength));
  const validate = async (values: PreferenceValues): Promise<number[]> =>
    (await memberMargins(session, given, values, validation)).map((margins) => logLoss(margins, targets));
  const weights = bootstrapWeights(pairs, seed);
  const step = preferenceStep(shape, pairs.length);
  const start = startPreference(shape, seed);
  const training = await openTraining({ step, state: initialState(step, start) });
  const size = Math.max(1, Math.min(mostPairsInStep, Math.ceil(pairs.length / fewestSteps)));
  const steps = Math.ceil(pairs.length / size);
  let best = start;
  let bestLosses = await validate(start);
  const bestEpochs = bestLosses.map(() => 0);
  try {
    for (let epoch = 1; epoch <= mostEpochs && bestEpochs.some((at) => epoch - at <= patience); epoch++) {
      const order = randomOrder(pairs.length, streamFor(seed, "preference", 100 + epoch));
      const from = (epoch - 1) * steps;
      await takeSteps({
        ...{ training, from, steps: from + steps, learningRateAt: () => learningRate },
        batchesAt: (at) => [batchOf(given, pairs, weights, order.subarray((at - from - 1) * size, (at - from) * size))],
      });
      const { w, v } = (await training.read()).tensors as PreferenceValues;
      const losses = await validate({ w, v });
      const improved = losses.map((loss, i) => loss < bestLosses[i]!);
      best = { w: mergeMembers(best.w, w, improved), v: mergeMembers(best.v, v, improved.slice(members)) };
      bestLosses = losses.map((loss, i) => Math.min(loss, bestLosses[i]!));
      improved.forEach((isBetter, i) => {
        if (isBetter) bestEpochs[i] = epoch;
      });
    }
    return best;
  } finally {
    await training.dispose();
  }
}

/** A Bradley-Terry and a general member share each bootstrap. [2K][pair] */
function bootstrapWeights(pairs: readonly TrainingPair[], seed: number): Float32Array[] {
  const groups = pairs.map(({ group }) => group);
  const drawn = Array.from({ length: members }, (_, member) => {
    const counts = bootstrapCounts(groups, streamFor(seed, "preference", 10 + member));
    return Float32Array.from(pairs, ({ group, weight }) => counts.get(group)! * weight);
  });
  return [...drawn, ...drawn];
}

function batchOf(
  given: Given,
  pairs: readonly TrainingPair[],
  weights: readonly Float32Array[],
  places: Uint32Array,
): Batch {
  const chosen = Array.from(places, (place) => pairs[place]!);
  const shape = [weights.length, chosen.length];
  const targets = Float32Array.from(chosen, ({ strength }) => linearTargets(strength));
  const data = {
    weight: new Float32Array(weights.length * chosen.length),
    target: new Float32Array(weights.length * chosen.length),
  };
  weights.forEach((values, member) => {
    data.target.set(targets, member * chosen.length);
    places.forEach((place, i) => {
      data.weight[member * chosen.length + i] = values[place]!;
    });
  });
  return {
    x: pairInputs(given, chosen),
    target: { dtype: "float32", shape, data: data.target },
    weight: { dtype: "float32", shape, data: data.weight },
  };
}

/** What the heads take of pairs: the first completions, then the second ones. [2n, F] */
function pairInputs({ data, standard }: Given, pairs: readonly TrainingPair[]): HostTensor {
  const completions = [...pairs.map(({ first }) => first), ...pairs.map(({ second }) => second)];
  const dense = denseFeatures(data, completions).data as Float32Array;
  const width = data.width + standard.means.length;
  const rows = new Float32Array(completions.length * width);
  completions.forEach((completion, i) => {
    rows.set(dense.subarray(i * data.width, (i + 1) * data.width), i * width);
    rows.set(standardised(data.sides[completion]!, standard), i * width + data.width);
  });
  return { dtype: "float32", shape: [completions.length, width], data: rows };
}

/** [2K][pair] */
async function memberMargins(
  session: Session,
  given: Given,
  values: PreferenceValues,
  pairs: readonly TrainingPair[],
): Promise<Float64Array[]> {
  const margins = Array.from({ length: 2 * members }, () => new Float64Array(pairs.length));
  for (let start = 0; start < pairs.length; start += pairsAtOnce) {
    const some = pairs.slice(start, start + pairsAtOnce);
    const { data } = (await session.run({ ...values, x: pairInputs(given, some) }))["margins"]!;
    margins.forEach((row, member) =>
      row.set(data.subarray(member * some.length, (member + 1) * some.length) as Float32Array, start),
    );
  }
  return margins;
}

function meanMargins(rows: readonly Float64Array[]): Float64Array {
  return rows[0]!.map((_, i) => rows.reduce((sum, row) => sum + row[i]!, 0) / rows.length);
}
