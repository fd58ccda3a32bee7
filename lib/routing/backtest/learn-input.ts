import { foldCount } from "../learn/folds";
import type { LearnInput } from "../learn/input";
import { fewerColumns } from "./fewer-columns";
import type { BacktestInput } from "./input";
import { takeRows } from "./take-rows";

/** Prompts of gold pairs that learning holds out part by part: two for each part. */
export const fewestGoldPrompts = 2 * foldCount;

/** Of the units at these places those on which people are decided, to learn from; null where they are too few. */
export function learnInputOf(data: BacktestInput, places: Int32Array): LearnInput | null {
  const { learning, human, lm, groups } = data;
  if (!learning) return null;
  const { width, columns, words } = learning;
  const units = places.filter((unit) => !Number.isNaN(human[unit]));
  const gold = Uint8Array.from(units, (unit) => learning.gold[unit]!);
  const goldPrompts = new Set(units.filter((_, row) => gold[row] === 1).map((unit) => groups[unit]!));
  if (goldPrompts.size < fewestGoldPrompts) return null;
  return {
    ...fewerColumns(takeRows(learning.vectors, width, units), width),
    ...{ gold, columns, words },
    human: Float64Array.from(units, (unit) => human[unit]!),
    lm: Float64Array.from(units, (unit) => lm.label[unit]!),
    groups: Int32Array.from(units, (unit) => groups[unit]!),
    has: Array.from(units, (unit) => learning.has[unit]!),
  };
}
