import { randomOrder } from "@/lib/reward/training/sampling";
import type { Random } from "@/lib/stats/random";

/** Which pairs people label, 1 each; the judge labels the others. */
export type Mix = Uint8Array;

/** For each column the places of the pairs that have it. */
export function placesByColumn(has: readonly ArrayLike<number>[], columns: number): Int32Array[] {
  const places = Array.from({ length: columns }, (): number[] => []);
  has.forEach((own, place) => {
    for (let i = 0; i < own.length; i++) places[own[i]!]!.push(place);
  });
  return places.map((each) => Int32Array.from(each));
}

/**
 * A random mix in which people label `size` pairs, column by column in random order as HyPER has it ("Hybrid
 * Preferences", 2024), so that mixes of one size differ in which characteristics people label; pairs without any column
 * come last.
 */
export function drawMix(given: { byColumn: readonly Int32Array[]; pairs: number; size: number; random: Random }): Mix {
  const { byColumn, pairs, size, random } = given;
  const mix = new Uint8Array(pairs);
  let left = size;
  const fill = (places: ArrayLike<number>): void => {
    for (const i of randomOrder(places.length, random)) {
      if (left === 0) return;
      const place = places[i]!;
      if (mix[place] === 1) continue;
      mix[place] = 1;
      left--;
    }
  };
  for (const column of randomOrder(byColumn.length, random)) {
    if (left === 0) return mix;
    fill(byColumn[column]!);
  }
  fill(Int32Array.from(mix.keys()));
  return mix;
}

/** What share of the pairs people label: of all first, then of those with each column (0 for a column that none has). */
export function sharesOf(mix: Mix, byColumn: readonly Int32Array[]): Float64Array {
  const shares = new Float64Array(1 + byColumn.length);
  shares[0] = mix.reduce((sum, each) => sum + each, 0) / mix.length;
  byColumn.forEach((places, column) => {
    let count = 0;
    for (const place of places) count += mix[place]!;
    shares[1 + column] = places.length === 0 ? 0 : count / places.length;
  });
  return shares;
}
