import { openSession } from "@/lib/graph/session";
import { meanByGroup, type Estimate } from "@/lib/stats/bootstrap";
import { expectedCalibrationError } from "@/lib/stats/calibration";
import { sigmoid, softplus } from "@/lib/stats/logistic";
import type { LoadedFacts } from "./evaluation/pair-facts";
import { placesOfSlices, slicedPairs } from "./evaluation/slices";
import { fewestGroupPairs, type ModelComparison } from "./schema";
import { isDecided, outcomeOf, type TrainingData, type TrainingPair } from "./training/data";
import { creditOf, type Predicted } from "./training/evaluate";
import { streamFor } from "./training/sampling";
import { scoreCompletions } from "./training/score";
import { completionsOf } from "./training/data";
import type { LabelledBy, LoadedData } from "./training-data";

/** The active version, with the features that its own encoder makes of the test completions. */
export type Served = {
  version: number;
  artifact: Uint8Array;
  data: Pick<TrainingData, "features" | "sides" | "width">;
};

/** Margins and rewards (with sides) of a model on test pairs. */
type Scored = { margins: number[]; rewards: Float32Array };

/**
 * Measures a new version beside the active one on the same test pairs, with intervals from drawing prompts again. Null
 * without test pairs.
 */
export async function compareWithActive(given: {
  data: LoadedData;
  facts: LoadedFacts;
  predicted: Predicted;
  artifact: Uint8Array;
  active: Served;
  seed: number;
}): Promise<Omit<ModelComparison, "lost"> | null> {
  const { data, facts, predicted, active, seed } = given;
  const { pairs } = predicted;
  if (pairs.length === 0) return null;
  const old = await score(active.artifact, active.data, pairs);
  const made = await score(given.artifact, data, pairs);
  const estimate = (values: (i: number) => number, places: readonly number[]): Estimate | null =>
    meanByGroup(
      places.map(values),
      places.map((i) => pairs[i]!.group),
      { random: streamFor(seed, "evaluation", 3) },
    );
  const all = pairs.map((_, i) => i);
  const decided = all.filter((i) => isDecided(pairs[i]!));
  const loss = (margin: number, i: number): number => softplus(margin) - outcomeOf(pairs[i]!) * margin;
  const credit = (i: number): number =>
    creditOf(made.margins[i]!, outcomeOf(pairs[i]!)) - creditOf(old.margins[i]!, outcomeOf(pairs[i]!));
  return {
    version: active.version,
    logLoss: estimate((i) => loss(made.margins[i]!, i) - loss(old.margins[i]!, i), all)!,
    accuracy: estimate(credit, decided),
    activeCalibrationError: expectedCalibrationError({
      probabilities: old.margins.map(sigmoid),
      outcomes: pairs.map(outcomeOf),
    }),
    distance: ksDistance(standardised(made.rewards), standardised(old.rewards)),
    slices: placesOfSlices(slicedPairs(data, facts.pairs, predicted.logLengthRatios))
      .filter(({ by, at }) => by !== "labelled-by" && at.length >= fewestGroupPairs)
      .map(({ by, value, at }) => ({ by, value, accuracy: estimate(credit, at)! })),
    groups: bySource(testSources(data), decided, (places) => estimate(credit, places)),
  };
}

/** Who labelled each test pair, in the order in which they are predicted. */
export function testSources({ pairs, sources }: Pick<LoadedData, "pairs" | "sources">): LabelledBy[] {
  return sources.filter((_, i) => pairs[i]!.split === "test");
}

/** An estimate for each kind of labeller that labelled any of the places. */
export function bySource(
  sources: readonly LabelledBy[],
  places: readonly number[],
  estimate: (places: readonly number[]) => Estimate | null,
): { source: LabelledBy; accuracy: Estimate }[] {
  return (["human", "lm"] as const).flatMap((source) => {
    const accuracy = estimate(places.filter((i) => sources[i] === source));
    return accuracy ? [{ source, accuracy }] : [];
  });
}

/** The largest difference between two empirical distribution functions (Kolmogorov, Smirnov), in [0, 1]. */
export function ksDistance(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const [x, y] = [Float64Array.from(a).sort(), Float64Array.from(b).sort()];
  let [i, j, largest] = [0, 0, 0];
  while (i < x.length && j < y.length) {
    const value = Math.min(x[i]!, y[j]!);
    while (i < x.length && x[i] === value) i++;
    while (j < y.length && y[j] === value) j++;
    largest = Math.max(largest, Math.abs(i / x.length - j / y.length));
  }
  return largest;
}

async function score(artifact: Uint8Array, data: Served["data"], pairs: readonly TrainingPair[]): Promise<Scored> {
  const completions = completionsOf(pairs);
  const place = new Map(completions.map((completion, i) => [completion, i]));
  const session = await openSession(artifact);
  try {
    const { withSides } = await scoreCompletions(session, {
      features: completions.map((completion) => data.features[completion]!),
      sides: completions.map((completion) => data.sides[completion]!),
      width: data.width,
    });
    const margins = pairs.map(({ first, second }) => withSides[place.get(first)!]! - withSides[place.get(second)!]!);
    return { margins, rewards: withSides };
  } finally {
    await session.dispose();
  }
}

/** Rewards have no zero of their own, and their scale is what calibration judges; what is left is their shape. */
function standardised(rewards: Float32Array): Float64Array {
  const mean = rewards.reduce((sum, value) => sum + value, 0) / rewards.length;
  const deviation = Math.sqrt(rewards.reduce((sum, value) => sum + (value - mean) ** 2, 0) / rewards.length) || 1;
  return Float64Array.from(rewards, (value) => (value - mean) / deviation);
}
