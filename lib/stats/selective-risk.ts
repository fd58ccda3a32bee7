import { isBoundedBy, upperBound } from "./clopper-pearson";

/** How sure a judge was of labels, and whether people agree: one each, in any order. Of a random sample. */
export type Selective = { confidences: ArrayLike<number>; correct: ArrayLike<boolean> };

/** The part of labels at or above a confidence. */
export type RiskPoint = {
  confidence: number;
  /** Its share of all labels. */
  coverage: number;
  /** Share of errors in it. */
  risk: number;
  /** Of the risk, with probability 1 - delta. */
  bound: number;
};

/** Where nothing can be promised, `confidence` is null, coverage and risk 0 and the bound 1: everything to people. */
export type SelectiveThreshold = Omit<RiskPoint, "confidence"> & { confidence: number | null };

/** How many times the smallest part that can pass the tests begin at. */
const beginnings = [1, 2, 5];

/** Each test is of a part so much larger than the one before: of neighbours that differ by a label each is one chance more to stop. */
const growth = 1.1;

/**
 * The lowest confidence from which on a judge's labels may be accepted, so that with probability 1 - delta over the
 * sample at most a share alpha of accepted labels is wrong. Learn-then-Test (Angelopoulos et al. 2021, section 4.1) with
 * fixed-sequence testing: "the risk of this part is above alpha" is tested from the strictest part to looser ones by the
 * exact binomial test, until one is not rejected; the last that was is the answer. No correction is needed within a
 * sequence, as it is fixed before labels are looked at: by sizes of the parts.
 *
 * The smallest part that can pass has ln(1/delta) / -ln(1 - alpha) labels (45 at .05 and .1) and passes only without any
 * error, which a good judge too fails often. So up to three sequences begin at 1, 2 and 5 times that, as far as half of
 * the sample reaches, each with its part of delta (Bonferroni), and the loosest answer counts. Measured with 400 labels, alpha
 * and delta .1 and a judge of 2.5 % to 30 % errors that knows its weak spots: 53 % coverage, 3 % without an answer; one
 * sequence 38 % and 23 %.
 *
 * Labels must be independent draws from what the rule is used on: the random sample that people label too, one label a
 * prompt. Labels of equal confidence stay together.
 */
export function selectiveThreshold(given: Selective & { alpha: number; delta: number }): SelectiveThreshold {
  const { confidences, errors } = sortDown(given);
  const n = confidences.length;
  const { starts, delta } = plannedStarts(n, given);
  const last = Math.max(0, ...starts.map((start) => lastPassed(start, { ...given, confidences, errors, delta })));
  if (last === 0) return { confidence: null, coverage: 0, risk: 0, bound: 1 };
  return pointAt(last, { confidences, errors, delta });
}

/** Risk and its bound at each coverage, from the surest labels to all: at most `points` of them. Empty without labels. */
export function riskCurve({
  delta,
  points = 50,
  ...given
}: Selective & { delta: number; points?: number }): RiskPoint[] {
  const sorted = sortDown(given);
  const n = sorted.confidences.length;
  const sizes = Array.from({ length: points }, (_, i) =>
    endOfTies(Math.ceil((n * (i + 1)) / points), sorted.confidences),
  );
  return n === 0 ? [] : [...new Set(sizes)].map((size) => pointAt(size, { ...sorted, delta }));
}

/**
 * Area under the risk-coverage curve: the mean, over the coverages 1/n, 2/n ... 1, of the share of errors among the surest
 * (Geifman & El-Yaniv 2017). Among labels of equal confidence errors are spread evenly, so that their order says nothing.
 * Null without labels.
 */
export function areaUnderRiskCurve(given: Selective): number | null {
  const { confidences, errors } = sortDown(given);
  const n = confidences.length;
  let area = 0;
  for (let from = 0; from < n;) {
    const to = endOfTies(from + 1, confidences);
    const rate = (errors[to]! - errors[from]!) / (to - from);
    for (let size = from + 1; size <= to; size++) area += (errors[from]! + rate * (size - from)) / size;
    from = to;
  }
  return n === 0 ? null : area / n;
}

/** Confidences from the highest, and the errors among so many of them. */
type Sorted = { confidences: Float64Array; errors: Uint32Array };

function sortDown({ confidences, correct }: Selective): Sorted {
  const order = Array.from(confidences, (_, i) => i).sort((a, b) => confidences[b]! - confidences[a]!);
  const errors = new Uint32Array(order.length + 1);
  order.forEach((i, place) => (errors[place + 1] = errors[place]! + Number(!correct[i]!)));
  return { confidences: Float64Array.from(order, (i) => confidences[i]!), errors };
}

/** Sizes at which sequences begin, and what of delta each has: fixed by the number of labels alone. */
function plannedStarts(
  n: number,
  { alpha, delta }: { alpha: number; delta: number },
): { starts: number[]; delta: number } {
  for (let count = beginnings.length; count > 0; count--) {
    const each = delta / count;
    const smallest = Math.ceil(Math.log(1 / each) / -Math.log(1 - alpha));
    const starts = beginnings.slice(0, count).map((times) => times * smallest);
    if (starts.at(-1)! <= (count === 1 ? n : n / 2)) return { starts, delta: each };
  }
  return { starts: [], delta };
}

/** The size of the last part that passes, of parts from this size on; 0 where the first does not. */
function lastPassed(start: number, given: Sorted & { alpha: number; delta: number }): number {
  const { confidences, errors, alpha, delta } = given;
  let passed = 0;
  for (let wanted = start; passed < confidences.length; wanted = Math.max(passed + 1, Math.ceil(passed * growth))) {
    const n = endOfTies(Math.min(wanted, confidences.length), confidences);
    if (!isBoundedBy(alpha, { errors: errors[n]!, n, delta })) break;
    passed = n;
  }
  return passed;
}

/** How many labels have at least the confidence of the one at a place, counted from 1. */
function endOfTies(size: number, confidences: Float64Array): number {
  let end = size;
  while (end < confidences.length && confidences[end] === confidences[size - 1]) end++;
  return end;
}

function pointAt(size: number, { confidences, errors, delta }: Sorted & { delta: number }): RiskPoint {
  return {
    confidence: confidences[size - 1]!,
    coverage: size / confidences.length,
    risk: errors[size]! / size,
    bound: upperBound(errors[size]!, size, delta),
  };
}
