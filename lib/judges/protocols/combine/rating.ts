import type { RatingScale } from "@/lib/projects/schema";
import { plurality, sumOf } from "@/lib/stats/plurality";
import { gridOf, roundToScale } from "../rating-scale";
import { readable, unreadable, type Joined, type Unreadable } from "./joined";

export type RatingParts = { value: number | string };

/** `mean` is that of the samples before it was rounded to the scale; null for words. */
export type JoinedRating = Joined<RatingParts> & { mean: number | null };

type RatingOutcome = { kind: "rating"; value: number | string; expected: number | null } | Unreadable;

/**
 * What the samples of a rating come to. Numbers: the value of the scale nearest to their mean, each sample with its
 * expectation over token probabilities where it has one; the confidence is 1 minus the mean distance of the samples from
 * that value as a share of the scale's width. Words: the one most often said, with its share; where none is ahead there
 * is no label. Unreadable samples lower the confidence as if they were as far away as can be.
 */
export function combineRatings(outcomes: readonly RatingOutcome[], scale: RatingScale): JoinedRating {
  const read = readable(outcomes);
  if (read.length === 0) return { ...unreadable, mean: null };
  if (scale.kind === "categories") {
    const most = plurality(read.map(({ value }) => ({ value, weight: 1 })))!;
    const confidence = (most.confidence * read.length) / outcomes.length;
    const rest = { confidence, basis: "samples", mean: null } as const;
    if (most.answer === null) return { outcome: "inconsistent", payload: null, ...rest };
    return { outcome: "answered", payload: { value: most.answer }, ...rest };
  }
  const values = read.map(({ value, expected }) => expected ?? Number(value));
  const mean = sumOf(values) / values.length;
  const value = roundToScale(mean, scale);
  const { min, max } = gridOf(scale);
  const nearness = values.map((one) => 1 - Math.abs(one - value) / (max - min));
  return {
    outcome: "answered",
    payload: { value },
    confidence: sumOf(nearness) / outcomes.length,
    basis: read.every(({ expected }) => expected !== null) ? "tokens" : "samples",
    mean,
  };
}
