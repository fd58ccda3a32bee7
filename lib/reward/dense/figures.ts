import { middle95 } from "@/lib/stats/bootstrap";
import { areaUnderRoc } from "@/lib/stats/auc";
import type { Random } from "@/lib/stats/random";
import type { BinaryFigures, FigureView } from "./schema";

/** What a row adds to the sums that a figure is made of, and its prompt group. */
export type Counted = { group: number; counts: readonly number[] };

/** A figure of sums over rows; null where it is not defined (0 / 0). */
export type Statistic = (sums: readonly number[]) => number | null;

const rounds = 1000;

/**
 * A figure of sums over rows, with its 95 % interval from drawing whole prompt groups with replacement: rows of one group
 * are not independent. Draws for which it is not defined are passed over. Null where it is not defined for all rows.
 */
export function figureOf(rows: readonly Counted[], statistic: Statistic, random: Random): FigureView | null {
  const groups = new Map<number, number[]>();
  for (const { group, counts } of rows) {
    const sums = groups.get(group);
    if (sums) counts.forEach((count, i) => void (sums[i]! += count));
    else groups.set(group, [...counts]);
  }
  const all = [...groups.values()];
  const value = all.length === 0 ? null : statistic(sumOf(all));
  if (value === null) return null;
  const drawn: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const found = statistic(sumOf(all.map(() => all[Math.floor(random() * all.length)]!)));
    if (found !== null) drawn.push(found);
  }
  return { value, interval: middle95(Float64Array.from(drawn)) };
}

function sumOf(vectors: readonly (readonly number[])[]): number[] {
  const sums = new Array<number>(vectors[0]!.length).fill(0);
  for (const vector of vectors) vector.forEach((value, i) => void (sums[i]! += value));
  return sums;
}

/** A logit, its row's group, and whether the row is of the positive kind. */
export type Judged = { group: number; logit: number; isPositive: boolean };

/** True and false positives, false and true negatives at a threshold. */
export function confusion({ logit, isPositive }: Judged, threshold: number): [number, number, number, number] {
  const isCalled = logit >= threshold;
  return [
    Number(isCalled && isPositive),
    Number(isCalled && !isPositive),
    Number(!isCalled && isPositive),
    Number(!isCalled && !isPositive),
  ];
}

const ratio = (over: number, under: number): number | null => (under === 0 ? null : over / under);

export const precision: Statistic = ([tp, fp]) => ratio(tp!, tp! + fp!);
export const recall: Statistic = ([tp, , fn]) => ratio(tp!, tp! + fn!);
/** The harmonic mean of precision and recall: 2 tp / (2 tp + fp + fn). */
export const f1: Statistic = ([tp, fp, fn]) => ratio(2 * tp!, 2 * tp! + fp! + fn!);

/** Precision, recall and F1 at the logit `threshold`, accuracy at 0 (that is p = 1/2), and the area under the ROC curve. */
export function binaryFigures(rows: readonly Judged[], threshold: number, random: () => Random): BinaryFigures {
  const counted = rows.map((row) => ({ group: row.group, counts: confusion(row, threshold) }));
  const at = (statistic: Statistic): FigureView | null => figureOf(counted, statistic, random());
  return {
    precision: at(precision),
    recall: at(recall),
    f1: at(f1),
    accuracy: figureOf(rows.map(countRight), share, random()),
    auc: areaUnderRoc(
      rows.map(({ logit }) => logit),
      rows.map((row) => row.isPositive),
    ),
  };
}

/** Whether a row is called right at p = 1/2, out of one. */
export function countRight({ group, logit, isPositive }: Judged): Counted {
  return { group, counts: [Number(logit >= 0 === isPositive), 1] };
}

export const share: Statistic = ([some, all]) => ratio(some!, all!);

/**
 * The logit from which on calling rows positive has the highest F1; half-way to the next lower one, so that it does not sit
 * on a row. Of equals the highest. 0 where no row is positive.
 */
export function bestThreshold(rows: readonly Omit<Judged, "group">[]): number {
  const sorted = rows.toSorted((a, b) => b.logit - a.logit);
  const positives = sorted.filter(({ isPositive }) => isPositive).length;
  let [best, threshold, tp] = [0, 0, 0];
  sorted.forEach(({ logit, isPositive }, i) => {
    tp += Number(isPositive);
    const next = sorted[i + 1]?.logit ?? logit - 2;
    const score = (2 * tp) / (i + 1 + positives);
    if (next < logit && score > best) [best, threshold] = [score, (logit + next) / 2];
  });
  return threshold;
}
