import { intervalAlpha, intervalSums } from "@/lib/stats/krippendorff";
import type { Addends } from "@/lib/stats/drawn-totals";
import { pointF1, spanF1, type Stretch } from "@/lib/stats/span-agreement";
import { figuresByPrompt, ratio } from "./by-group";
import type { Figures } from "./schema";
import { meanOf, type Observation } from "./unit";

/** Scales of at most so many whole numbers are met exactly by an answer that is the rounded mean of people. */
const widestExact = 10;

/** Agreement where all answers are numbers: errors against the mean of people, alpha with interval distance. */
export function measureNumbers(observations: readonly Observation[]): Figures {
  const isExact = isShortScale(observations);
  const addends = ({ unit, value }: Observation): Addends => {
    const people = unit.people as number[];
    const said = value as number;
    const added: [number, number][] = [];
    if (unit.reference !== null) {
      const right = unit.reference as number;
      added.push([0, Math.abs(said - right)], [1, 1], [4, Number(said === Math.round(right))]);
      added.push([5, said], [6, right], [7, said ** 2 + right ** 2], [8, (said - right) ** 2]);
    }
    if (people.length > 1)
      for (const [i, answer] of people.entries()) {
        const others = meanOf(people.toSpliced(i, 1));
        added.push([2, Math.abs(answer - others)], [3, 1], [17, Number(answer === Math.round(others))]);
      }
    intervalSums(people).forEach((sum, i) => added.push([9 + i, sum]));
    intervalSums([...people, said]).forEach((sum, i) => added.push([13 + i, sum]));
    return added;
  };
  const figures: Record<string, (totals: Float64Array) => number | null> = {
    error: ratio(0, 1),
    peopleError: ratio(2, 3),
    ...(isExact && { accuracy: ratio(4, 1), peopleAccuracy: ratio(17, 3) }),
    quadraticKappa,
    alphaPeople: (totals) => intervalAlpha(totals.subarray(9, 13)),
    alphaWithAi: (totals) => intervalAlpha(totals.subarray(13, 17)),
  };
  return figuresByPrompt({ observations, width: 18, addends, figures });
}

/** Mean F1 with each person, beside that of two people. */
export function measureSpans(observations: readonly Observation[]): Figures {
  const addends = ({ unit, value }: Observation): Addends => {
    const people = unit.people as (readonly Stretch[])[];
    const said = value as readonly Stretch[];
    const added: [number, number][] = [];
    for (const [i, marked] of people.entries()) {
      added.push([0, pointF1(said, marked)], [1, spanF1(said, marked)], [2, 1]);
      for (const other of people.slice(0, i))
        added.push([3, pointF1(marked, other)], [4, spanF1(marked, other)], [5, 1]);
    }
    return added;
  };
  const figures = { pointF1: ratio(0, 2), spanF1: ratio(1, 2), peoplePointF1: ratio(3, 5), peopleSpanF1: ratio(4, 5) };
  return figuresByPrompt({ observations, width: 6, addends, figures });
}

/** Cohen's kappa with quadratic weights, of sums as `quadraticKappa` in lib/stats has it of lists. */
function quadraticKappa(totals: Float64Array): number | null {
  const [n, said, right, squares, apart] = [totals[1]!, totals[5]!, totals[6]!, totals[7]!, totals[8]!];
  const expected = squares - (2 * said * right) / n;
  return n > 0 && expected > 1e-9 * squares ? 1 - apart / expected : null;
}

function isShortScale(observations: readonly Observation[]): boolean {
  let [least, most] = [Infinity, -Infinity];
  for (const { unit, value } of observations) {
    for (const each of [value, ...unit.people] as number[]) {
      if (!Number.isInteger(each)) return false;
      [least, most] = [Math.min(least, each), Math.max(most, each)];
    }
  }
  return most - least <= widestExact;
}
