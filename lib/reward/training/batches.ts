import { writeDense } from "@/lib/encoders/sparse";
import type { HostTensor } from "@/lib/graph/tensor";
import type { TrainingData } from "./data";

/** Side features are brought to mean 0 and deviation 1 over the completions that were trained on. */
export type Standard = { means: readonly number[]; deviations: readonly number[] };

/** A constant side feature tells nothing; its deviation is given as 1, and so its standardised value is 0. */
export function standardOf(sides: readonly (readonly number[])[]): Standard {
  const width = sides[0]?.length ?? 0;
  const columns = Array.from({ length: width }, (_, j) => sides.map((row) => row[j]!));
  const means = columns.map((column) => column.reduce((sum, value) => sum + value, 0) / column.length);
  const deviations = columns.map((column, j) => {
    const variance = column.reduce((sum, value) => sum + (value - means[j]!) ** 2, 0) / column.length;
    return variance > 1e-12 ? Math.sqrt(variance) : 1;
  });
  return { means, deviations };
}

export function standardised(side: readonly number[], { means, deviations }: Standard): number[] {
  return side.map((value, j) => (value - means[j]!) / deviations[j]!);
}

/** Completions scored in one run: enough to fill the matrix products, few enough to be interrupted between runs. */
export const scoredAtOnce = 512;

/** The places of completions, in runs of at most `scoredAtOnce`. */
export function runsOf(completions: readonly number[]): { start: number; places: readonly number[] }[] {
  const runs = Array.from({ length: Math.ceil(completions.length / scoredAtOnce) }, (_, i) => i * scoredAtOnce);
  return runs.map((start) => ({ start, places: completions.slice(start, start + scoredAtOnce) }));
}

/** The feature vectors at the given places, dense: [n, D]. */
export function denseFeatures(
  { features, width }: Pick<TrainingData, "features" | "width">,
  places: ArrayLike<number>,
): HostTensor {
  const data = new Float32Array(places.length * width);
  for (let i = 0; i < places.length; i++) writeDense(features[places[i]!]!, data, i * width, width);
  return { dtype: "float32", shape: [places.length, width], data };
}

/** Side features as one tensor: [n, S]. */
export function denseSides(rows: readonly (readonly number[])[]): HostTensor {
  return { dtype: "float32", shape: [rows.length, rows[0]?.length ?? 0], data: Float32Array.from(rows.flat()) };
}

/** What the head takes of completions: their features x [n, D] and standardised side features s [n, S]. */
export function completionInputs(
  data: Pick<TrainingData, "features" | "sides" | "width">,
  standard: Standard,
  places: ArrayLike<number>,
): { x: HostTensor; s: HostTensor } {
  const sides = Array.from(places, (place) => standardised(data.sides[place]!, standard));
  return { x: denseFeatures(data, places), s: denseSides(sides) };
}

/** Each member's numbers of the rows at the places `chosen`: [K, n]. */
export function gather(members: readonly Float32Array[], chosen: Uint32Array): HostTensor {
  const data = new Float32Array(members.length * chosen.length);
  members.forEach((values, member) => {
    chosen.forEach((place, i) => {
      data[member * chosen.length + i] = values[place]!;
    });
  });
  return { dtype: "float32", shape: [members.length, chosen.length], data };
}
