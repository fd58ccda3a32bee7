import { pointNames } from "@/lib/projects/scales/schema";
import type { RatingScale } from "@/lib/projects/schema";
import { listOf } from "./read-answer";

/** A range with more values than this has no probability for each of them worth a sum. */
const maxValues = 1_001;
/** Steps such as 0.1 have no exact sums. */
const tolerance = 1e-6;

/** Whether a value is one of the scale's. */
export function isOnScale(value: unknown, scale: RatingScale): value is number | string {
  if (scale.kind === "categories") return scale.categories.some((category) => category.value === value);
  if (typeof value !== "number") return false;
  const { min, max, step } = gridOf(scale);
  const steps = (value - min) / step;
  return value >= min && value <= max && Math.abs(steps - Math.round(steps)) < tolerance;
}

/** The value of a scale of numbers that is nearest to a number; of two as near, the higher. */
export function roundToScale(value: number, scale: NumberScale): number {
  const { min, max, step } = gridOf(scale);
  const steps = Math.floor((max - min) / step + tolerance);
  const nearest = Math.min(steps, Math.max(0, Math.floor((value - min) / step + 0.5 + tolerance)));
  return valueAt(nearest, min, step);
}

/** The values of a scale, the lowest first; null where a range has too many. */
export function valuesOf(scale: RatingScale): (number | string)[] | null {
  if (scale.kind === "categories") return scale.categories.map(({ value }) => value);
  const { min, max, step } = gridOf(scale);
  const steps = Math.floor((max - min) / step + tolerance);
  return steps >= maxValues ? null : Array.from({ length: steps + 1 }, (_, i) => valueAt(i, min, step));
}

/** What can be answered, in a sentence. */
export function describeScale(scale: RatingScale): string {
  switch (scale.kind) {
    case "points": {
      const names = pointNames(scale);
      const [low, high] = [names[0], names.at(-1)].map((text) => (text ? ` (${text})` : ""));
      const range = `a whole number from 1${low || " (the lowest)"} to ${scale.points}${high || " (the highest)"}`;
      const between = names.flatMap((name, index) =>
        name === "" || index === 0 || index + 1 === scale.points ? [] : `${index + 1} means: ${name}`,
      );
      return between.length === 0 ? range : `${range}. ${between.join("; ")}`;
    }
    case "range":
      return `a number from ${scale.min} to ${scale.max} in steps of ${scale.step}`;
    case "categories": {
      const meanings = scale.categories.filter(({ value, name }) => value !== name);
      const glossary = meanings.map(({ value, name }) => `${JSON.stringify(value)} means: ${name}`).join("; ");
      const list = listOf(scale.categories.map(({ value }) => value));
      return `one of these words, the lowest first: ${list}${glossary && `. ${glossary}`}`;
    }
  }
}

type NumberScale = Exclude<RatingScale, { kind: "categories" }>;

export function gridOf(scale: NumberScale): { min: number; max: number; step: number } {
  return scale.kind === "points" ? { min: 1, max: scale.points, step: 1 } : scale;
}

/** Without the rounding errors of steps: 0.1 * 3 is 0.3. */
function valueAt(steps: number, min: number, step: number): number {
  return Number((min + steps * step).toPrecision(12));
}
