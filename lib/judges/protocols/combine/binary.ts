import { sumOf } from "@/lib/stats/plurality";
import { readable, unreadable, type Joined, type Unreadable } from "./joined";

export type BinaryParts = { value: boolean };

/** `probability` is the mean of the samples' probabilities of a yes; null unless all have one. */
export type JoinedBinary = Joined<BinaryParts> & { probability: number | null };

type BinaryOutcome = { kind: "binary"; value: boolean; probability: number | null } | Unreadable;

/**
 * What the samples of a yes or no come to: the answer of most, with their share as confidence, or with its mean
 * probability where every readable sample has one. As many yes as no are decided by that probability; without it, or
 * at one half, they are inconsistent and there is no label.
 */
export function combineBinaries(outcomes: readonly BinaryOutcome[]): JoinedBinary {
  const read = readable(outcomes);
  if (read.length === 0) return { ...unreadable, probability: null };
  const known = read.flatMap(({ probability }) => probability ?? []);
  const probability = known.length < read.length ? null : sumOf(known) / known.length;
  const yes = read.filter(({ value }) => value).length;
  const lead = Math.sign(2 * yes - read.length) || Math.sign((probability ?? 0.5) - 0.5);
  if (lead === 0) {
    const confidence = yes / outcomes.length;
    return { outcome: "inconsistent", payload: null, confidence, basis: "samples", probability };
  }
  const value = lead > 0;
  const share = (value ? yes : read.length - yes) / outcomes.length;
  return {
    outcome: "answered",
    payload: { value },
    confidence: probability === null ? share : value ? probability : 1 - probability,
    basis: probability === null ? "samples" : "tokens",
    probability,
  };
}
