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
  const fill = (places: Int32Array): void => {
    for (const place of shuffled(places, random)) {
      if (left === 0) return;
      if (mix[place] === 1) continue;
      mix[place] = 1;
      left--;
    }
  };
  for (const column of shuffled(firstPlaces(byColumn.length), random)) {
    if (left === 0) return mix;
    fill(byColumn[column]!);
  }
  fill(firstPlaces(pairs));
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

/** Fisher and Yates, on a copy. */
export function shuffled(places: Int32Array, random: Random): Int32Array {
  const copy = places.slice();
  for (let i = copy.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [copy[i], copy[j]] = [copy[j]!, copy[i]!];
  }
  return copy;
}

const firstPlaces = (count: number): Int32Array => Int32Array.from({ length: count }, (_, place) => place);
