import { seededRandom, type Random } from "@/lib/stats/random";

/** A question that people have answered, as far as it matters for showing it as an example. */
export type DemonstrationCandidate = {
  id: string;
  promptGroup: string;
  split: "train" | "test";
  /** What it was answered with, such as "A" or "B". */
  answer: string;
  /** An embedding; of one length where candidates are chosen by nearness. */
  vector?: readonly number[];
  tags?: readonly string[];
};

/** What is to be judged. */
export type DemonstrationItem = Pick<DemonstrationCandidate, "id" | "promptGroup" | "vector">;

export type DemonstrationChoice = {
  /** How many at most. */
  count: number;
  /** The nearest to the item by the cosine of their vectors, or those that spread best over the tags. */
  by: "nearest" | "stratified";
  /** Among which answers they are balanced, such as A and B without ties; all that occur without it. */
  answers?: readonly string[];
  seed: number;
};

export const maxDemonstrations = 6;

/**
 * Chooses up to six questions to be shown as examples, as many of each answer as there are of it, in turn: three with A
 * and three with B. None is of the test split, the item itself, of its prompt group, or of the prompt group of another
 * one. Candidates without a vector come last by nearness. The same seed, item and set of candidates give the same
 * choice, in an order drawn by the seed so that the last answer says nothing.
 */
export function chooseDemonstrations<C extends DemonstrationCandidate>(
  item: DemonstrationItem,
  candidates: readonly C[],
  { count, by, answers, seed }: DemonstrationChoice,
): C[] {
  const random = seededRandom(seed);
  const allowed = shuffle(
    candidates
      .filter(({ split }) => split === "train")
      .filter(({ id, promptGroup }) => id !== item.id && promptGroup !== item.promptGroup)
      .sort((a, b) => (a.id < b.id ? -1 : 1)),
    random,
  );
  const turns = shuffle([...(answers ?? new Set(allowed.map(({ answer }) => answer)))].sort(), random);
  const nearness = new Map(allowed.map((one) => [one, by === "nearest" ? cosine(item.vector, one.vector) : 0]));
  const most = Math.min(count, maxDemonstrations);
  const chosen: C[] = [];
  const pools = turns.map((answer) => allowed.filter((one) => one.answer === answer));
  while (chosen.length < most && pools.some((pool) => pool.length > 0)) {
    for (const pool of pools) {
      const next = chosen.length < most ? bestOf(pool, nearness, chosen) : undefined;
      if (!next) continue;
      chosen.push(next);
      for (const [i, other] of pools.entries()) pools[i] = other.filter((one) => one.promptGroup !== next.promptGroup);
    }
  }
  return shuffle(chosen, random);
}

/** The nearest; of those as near, the one whose tags were shown the least so far; of those the first. */
function bestOf<C extends DemonstrationCandidate>(
  pool: readonly C[],
  nearness: ReadonlyMap<C, number>,
  chosen: readonly C[],
): C | undefined {
  const shown = new Map<string, number>();
  for (const tag of chosen.flatMap(({ tags = [] }) => tags)) shown.set(tag, (shown.get(tag) ?? 0) + 1);
  // Untagged candidates are a stratum of their own.
  const untagged = chosen.filter(({ tags = [] }) => tags.length === 0).length;
  const repeats = ({ tags = [] }: C) =>
    tags.length === 0 ? untagged : tags.reduce((sum, tag) => sum + (shown.get(tag) ?? 0), 0) / tags.length;
  return pool.reduce<C | undefined>((best, one) => {
    if (best === undefined) return one;
    const nearer = nearness.get(one)! - nearness.get(best)!;
    return nearer > 0 || (nearer === 0 && repeats(one) < repeats(best)) ? one : best;
  }, undefined);
}

/** Of two vectors that point nowhere, or of which one is missing, less than of any others. */
function cosine(one: readonly number[] | undefined, other: readonly number[] | undefined): number {
  if (!one || !other) return -2;
  const dot = (a: readonly number[], b: readonly number[]) => a.reduce((sum, x, i) => sum + x * (b[i] ?? 0), 0);
  const length = Math.sqrt(dot(one, one) * dot(other, other));
  return length === 0 ? -2 : dot(one, other) / length;
}

/** Fisher and Yates. */
function shuffle<T>(values: readonly T[], random: Random): T[] {
  const shuffled = [...values];
  for (let i = shuffled.length - 1; i > 0; i -= 1) {
    const j = Math.floor(random() * (i + 1));
    [shuffled[i], shuffled[j]] = [shuffled[j]!, shuffled[i]!];
  }
  return shuffled;
}
