import { seededRandom, type Random } from "@/lib/stats/random";

/** Of the heads for segments and steps (lib/reward/dense). */
const dense = { denseMask: 41, denseBootstrap: 42, denseOrder: 43, denseEvaluation: 44 } as const;

/** What a number is drawn for. Each purpose and place has a stream of its own, so that a resumed training draws the same. */
const purposes = {
  start: 1,
  mask: 2,
  bootstrap: 3,
  order: 4,
  shuffle: 5,
  evaluation: 6,
  gate: 7,
  folds: 21,
  shares: 22,
  tastes: 31,
  preference: 32,
  ...dense,
} as const;

export type Purpose = keyof typeof purposes;

/** A generator that depends on the seed, the purpose and the place (a member, an epoch) alone. */
export function streamFor(seed: number, purpose: Purpose, place = 0): Random {
  let mixed = seed >>> 0;
  for (const part of [purposes[purpose], place]) {
    mixed = Math.imul(mixed ^ part, 0x9e3779b1);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x85ebca6b);
    mixed ^= mixed >>> 13;
  }
  return seededRandom(mixed);
}

/** How often each group occurs when as many groups as there are are drawn with replacement. */
export function bootstrapCounts(groups: readonly number[], random: Random): Map<number, number> {
  const distinct = [...new Set(groups)];
  const counts = new Map(distinct.map((group) => [group, 0]));
  for (let i = 0; i < distinct.length; i++) {
    const drawn = distinct[Math.floor(random() * distinct.length)]!;
    counts.set(drawn, counts.get(drawn)! + 1);
  }
  return counts;
}

/** The numbers 0 to n - 1 in a random order (Fisher & Yates). */
export function randomOrder(n: number, random: Random): Uint32Array {
  const order = Uint32Array.from({ length: n }, (_, i) => i);
  for (let i = n - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [order[i], order[j]] = [order[j]!, order[i]!];
  }
  return order;
}

/** A standard normal number (Box & Muller). */
export function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

/** `most` of the values, drawn without replacement, in their order; all where there are no more. */
export function drawAtMost<T>(values: readonly T[], most: number, random: Random): T[] {
  let wanted = Math.min(most, values.length);
  return values.filter((_, i) => {
    const isTaken = random() * (values.length - i) < wanted;
    if (isTaken) wanted--;
    return isTaken;
  });
}
