import { areaUnderRoc } from "@/lib/stats/auc";
import { meanByGroup } from "@/lib/stats/bootstrap";
import { expectedCalibrationError, logLoss } from "@/lib/stats/calibration";
import { sigmoid } from "@/lib/stats/logistic";
import { sliceKinds, type SliceKind } from "@/lib/text/slice-words";
import { isDecided, outcomeOf, type TrainingPair } from "../training/data";
import { creditOf } from "../training/evaluate";
import { streamFor } from "../training/sampling";
import type { LabelledBy, LoadedData } from "../training-data";
import type { PairFacts } from "./pair-facts";
import { fewestCalibrationPairs, fewestSlicePairs, type Slice } from "./schema";

/** Slices of one kind that are listed, the largest first. */
const mostOfKind = 20;

/** A test pair with what it is told apart by. */
export type SlicedPair = {
  pair: TrainingPair;
  facts: PairFacts;
  source: LabelledBy;
  /** Log length of the first completion less that of the second. */
  logLengthRatio: number;
};

/**
 * How good a model is on each kind of test pairs, with 95 % intervals by prompt. Ties are left out, as accuracy has no
 * right answer for them. The worst slice is the one of lowest accuracy among those of at least `fewestSlicePairs`.
 */
export function measureSlices(given: { pairs: readonly SlicedPair[]; margins: ArrayLike<number>; seed: number }): {
  slices: Slice[];
  unlisted: number;
  worst: Slice | null;
} {
  const places = placesOfSlices(given.pairs);
  const listed = places.filter(({ rank }) => rank < mostOfKind);
  const slices = listed.map(({ by, value, at }) => measureSlice({ ...given, by, value, at }));
  const large = slices.filter(({ accuracy }) => accuracy.values >= fewestSlicePairs);
  const worst = large.reduce<Slice | null>(
    (lowest, each) => (lowest === null || each.accuracy.mean < lowest.accuracy.mean ? each : lowest),
    null,
  );
  return { slices, unlisted: places.length - listed.length, worst };
}

/** The test pairs, in the order in which they are predicted, with what they are told apart by. */
export function slicedPairs(
  data: Pick<LoadedData, "pairs" | "sources">,
  facts: readonly PairFacts[],
  logLengthRatios: ArrayLike<number>,
): SlicedPair[] {
  return testPlaces(data).map((place, i) => ({
    pair: data.pairs[place]!,
    facts: facts[place]!,
    source: data.sources[place]!,
    logLengthRatio: logLengthRatios[i]!,
  }));
}

/** Where the test pairs are, in the order in which they are predicted. */
export const testPlaces = ({ pairs }: Pick<LoadedData, "pairs">): number[] =>
  pairs.flatMap(({ split }, i) => (split === "test" ? [i] : []));

export type SlicePlaces = { by: SliceKind; value: string; at: number[]; rank: number };

/** The places of the decided pairs of every slice, by kind and then by size; `rank` counts the larger ones of its kind. */
export function placesOfSlices(pairs: readonly SlicedPair[]): SlicePlaces[] {
  return sliceKinds.flatMap((by) => {
    const values = new Map<string, number[]>();
    pairs.forEach((pair, i) => {
      if (!isDecided(pair.pair)) return;
      for (const value of valuesOf(pair, by)) {
        const at = values.get(value);
        if (at) at.push(i);
        else values.set(value, [i]);
      }
    });
    const sorted = [...values].sort(([a, atA], [b, atB]) => atB.length - atA.length || (a < b ? -1 : 1));
    return sorted.map(([value, at], rank) => ({ by, value, at, rank }));
  });
}

function measureSlice(given: {
  pairs: readonly SlicedPair[];
  margins: ArrayLike<number>;
  seed: number;
  by: SliceKind;
  value: string;
  at: readonly number[];
}): Slice {
  const { pairs, seed, by, value, at } = given;
  const margins = at.map((i) => given.margins[i]!);
  const outcomes = at.map((i) => outcomeOf(pairs[i]!.pair));
  const accuracy = meanByGroup(
    margins.map((margin, i) => creditOf(margin, outcomes[i]!)),
    at.map((i) => pairs[i]!.pair.group),
    { random: streamFor(seed, "evaluation", 10) },
  )!;
  const isEnough = at.length >= fewestCalibrationPairs;
  return {
    ...{ by, value, accuracy },
    auc: isEnough
      ? areaUnderRoc(
          margins,
          outcomes.map((outcome) => outcome === 1),
        )
      : null,
    logLoss: isEnough ? logLoss(margins, outcomes) : null,
    calibrationError: isEnough ? expectedCalibrationError({ probabilities: margins.map(sigmoid), outcomes }) : null,
  };
}

function valuesOf({ pair, facts, source, logLengthRatio }: SlicedPair, by: SliceKind): string[] {
  switch (by) {
    case "labelled-by":
      return [source];
    case "corpus":
      return facts.corpus === null ? [] : [facts.corpus];
    case "domain":
      return facts.domain === null ? [] : [facts.domain];
    case "tag":
      return facts.tags;
    case "route":
      return facts.route === null ? [] : [facts.route];
    case "agreement":
      return facts.agreement === null ? [] : [facts.agreement];
    case "strength":
      return [strengthBand(Math.abs(pair.strength))];
    case "length":
      return [lengthBand(Math.sign(pair.strength) * logLengthRatio)];
  }
}

/** Thirds of the strength of the mean vote, in (0, 1]. */
function strengthBand(strength: number): string {
  if (strength <= 1 / 3) return "slight";
  return strength <= 2 / 3 ? "clear" : "strong";
}

/** How long the preferred completion is beside the other one, by the logarithm of the ratio. */
function lengthBand(logRatio: number): string {
  if (Math.abs(logRatio) < 0.1) return "alike";
  if (Math.abs(logRatio) <= Math.LN2) return logRatio > 0 ? "longer" : "shorter";
  return logRatio > 0 ? "over-twice" : "under-half";
}
