import { selectiveThreshold } from "@/lib/stats/selective-risk";
import type { FitModel } from "./fits/schema";
import type { Cut } from "./schema";

type Confidences = FitModel["confidences"];
type Entry = Confidences[string][number];

/** Error <= alpha in what is left to AI with probability 1 - delta. */
export type RiskPromise = { alpha: number; delta: number };

/**
 * For each judge the lowest confidence from which its labels may stand (selectiveThreshold), so that all of these
 * promises hold together with probability 1 - delta: each judge has an equal part of it (Bonferroni). Null for a judge
 * that the fit has too few labels of, or no part of whose labels is good enough.
 */
export function confidenceCuts(confidences: Confidences, judges: readonly string[], promise: RiskPromise): Cut[] {
  const each = { ...promise, delta: promise.delta / judges.length };
  return judges.map((judge) => ({ judge, confidence: cutOf(confidences[judge] ?? [], each) }));
}

/**
 * The cuts of two judges of which the second is asked where the first is not confident: delta is split over the two, and
 * the second is calibrated on the pairs that the first passes on. Where the first has no cut, that is all of them.
 */
export function cascadeCuts(
  confidences: Confidences,
  [first, second]: readonly [string, string],
  { alpha, delta }: RiskPromise,
): [Cut, Cut] {
  const each = { alpha, delta: delta / 2 };
  const ofFirst = confidences[first] ?? [];
  const confidence = cutOf(ofFirst, each);
  const passedOn = new Set(
    ofFirst.flatMap(([sure, , , pair]) => (confidence !== null && sure >= confidence ? [] : pair)),
  );
  const left = (confidences[second] ?? []).filter(([, , , pair]) => passedOn.has(pair));
  return [
    { judge: first, confidence },
    { judge: second, confidence: cutOf(left, each) },
  ];
}

/**
 * Of the pairs that all these judges labelled, the share that goes on to people: with `inTurn` where no judge is confident
 * enough, else where any is not. 1 where they labelled none.
 */
export function escalatedShare(confidences: Confidences, cuts: readonly Cut[], inTurn: boolean): number {
  const used = cuts.filter(({ confidence }) => confidence !== null);
  const stands = used.map(
    ({ judge, confidence }) =>
      new Map((confidences[judge] ?? []).map(([sure, , , pair]) => [pair, sure >= confidence!])),
  );
  const [first, ...others] = stands;
  const pairs = [...(first?.keys() ?? [])].filter((pair) => others.every((one) => one.has(pair)));
  const staying = pairs.filter((pair) =>
    inTurn ? stands.some((one) => one.get(pair)) : stands.every((one) => one.get(pair)),
  );
  return pairs.length === 0 ? 1 : 1 - staying.length / pairs.length;
}

function cutOf(entries: readonly Entry[], promise: RiskPromise): number | null {
  const drawn = onePerPrompt(entries);
  return selectiveThreshold({
    confidences: drawn.map(([confidence]) => confidence),
    correct: drawn.map(([, agrees]) => agrees),
    ...promise,
  }).confidence;
}

/** Pairs of one prompt tell much the same. Which of them is taken does not depend on what was said of it. */
function onePerPrompt(entries: readonly Entry[]): Entry[] {
  const taken = new Map<number, Entry>();
  for (const entry of entries) if (!taken.has(entry[2])) taken.set(entry[2], entry);
  return [...taken.values()];
}
