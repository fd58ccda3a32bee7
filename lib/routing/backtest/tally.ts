/** What was measured of units, by group (0 to groups - 1): the sum of a value, and how much the units count together. */
export type Tally = { sums: Float32Array; counts: Float32Array };

/** Groups by their number from 0. */
export type Groups = { of: Int32Array; count: number };

export function numberGroups(groups: Int32Array): Groups {
  const places = new Map<number, number>();
  const of = groups.map((group) => {
    if (!places.has(group)) places.set(group, places.size);
    return places.get(group)!;
  });
  return { of, count: places.size };
}

export function emptyTally({ count }: Groups): Tally {
  return { sums: new Float32Array(count), counts: new Float32Array(count) };
}

/** `value` is that of the unit as much as it counts. */
export function addTo(
  { sums, counts }: Tally,
  { group, value, weight }: { group: number; value: number; weight: number },
): void {
  sums[group]! += value;
  counts[group]! += weight;
}
