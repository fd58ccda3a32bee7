import { figuresOfTotals, mergeAddends, type Addends, type Figure } from "@/lib/stats/drawn-totals";
import { seededRandom } from "@/lib/stats/random";
import type { Observation } from "./unit";

/** Any number will do, as long as it stays: the same labels then always have the same intervals. */
const seed = 1;

/**
 * Figures of totals to which every observation adds, with intervals from drawing prompts 1,000 times. Figures that
 * nothing can be said of are left out.
 */
export function figuresByPrompt<N extends string>(given: {
  observations: readonly Observation[];
  width: number;
  addends: (observation: Observation) => Addends;
  figures: Readonly<Record<N, (totals: Float64Array) => number | null>>;
}): Partial<Record<N, Figure>> {
  const groups = new Map<number, Addends[]>();
  for (const observation of given.observations) {
    const addends = given.addends(observation);
    if (addends.length === 0) continue;
    const { group } = observation.unit.subject;
    const units = groups.get(group);
    if (units) units.push(addends);
    else groups.set(group, [addends]);
  }
  const { width, figures } = given;
  const found = figuresOfTotals({
    groups: [...groups.values()].map(mergeAddends),
    width,
    figures,
    random: seededRandom(seed),
  });
  return Object.fromEntries(Object.entries<Figure | null>(found).filter(([, figure]) => figure !== null)) as Partial<
    Record<N, Figure>
  >;
}

/** A figure that is one total over another. */
export function ratio(numerator: number, denominator: number): (totals: Float64Array) => number | null {
  return (totals) => (totals[denominator]! > 0 ? totals[numerator]! / totals[denominator]! : null);
}

/** Items by what `keyOf` says of them, in the order in which each key is met first. */
export function groupsOf<T, K>(items: Iterable<T>, keyOf: (item: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}
