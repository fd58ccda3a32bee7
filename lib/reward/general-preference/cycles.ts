import { meanByGroup } from "@/lib/stats/bootstrap";
import type { Random } from "@/lib/stats/random";
import { isDecided, outcomeOf, type TrainingPair } from "../training/data";
import { creditOf } from "../training/evaluate";
import type { FittedPreference } from "./schema";

/** A decided comparison: whether the first completion won, and whether Bradley-Terry errs about it (a half: it does not say). */
type Answer = { first: number; isFirst: boolean; error: number };

/**
 * How many triples of completions of one prompt form a cycle (a preferred to b, b to c, c to a) among those in which each
 * was preferred to another. Answers that err make cycles although preferences are a scale: e (1 - e) of the triples, where each
 * errs with probability e. With e the share of the triples' answers that contradict Bradley-Terry's order, which counts what
 * Bradley-Terry does not know as noise, that is an upper bound. Of several answers about one pair the last counts. Null
 * without triples.
 */
export function countCycles(
  pairs: readonly TrainingPair[],
  margins: ArrayLike<number>,
  random: Random,
): FittedPreference["cycles"] {
  const prompts = new Map<number, Map<string, Answer>>();
  pairs.forEach((pair, i) => {
    if (!isDecided(pair)) return;
    const answers = prompts.get(pair.group) ?? new Map<string, Answer>();
    const { first, second, strength } = pair;
    const error = 1 - creditOf(margins[i]!, outcomeOf(pair));
    answers.set(keyOf(first, second), { first, isFirst: strength > 0, error });
    prompts.set(pair.group, answers);
  });
  const found = [...prompts].flatMap(([group, answers]) =>
    [...triplesOf(answers)].map((triple) => ({ group, triple })),
  );
  const share = meanByGroup(
    found.map(({ triple }) => isCycle(triple)),
    found.map(({ group }) => group),
    { random },
  );
  if (!share) return null;
  const errors = found.flatMap(({ triple }) => triple.map(({ error }) => error));
  const e = errors.reduce((sum, error) => sum + error, 0) / errors.length;
  return { share, byNoise: e * (1 - e) };
}

/** A triple's answers about a and b, b and c, c and a, each as seen from the one named first. */
type Triple = { isFirst: boolean; error: number }[];

function* triplesOf(answers: ReadonlyMap<string, Answer>): Generator<Triple> {
  const completions = [...new Set([...answers.keys()].flatMap((key) => key.split(" ").map(Number)))].sort(
    (a, b) => a - b,
  );
  const seen = (from: number, to: number): Triple[number] | null => {
    const answer = answers.get(keyOf(from, to));
    if (!answer) return null;
    const { first, isFirst, error } = answer;
    return { isFirst: (first === from) === isFirst, error };
  };
  for (const [i, a] of completions.entries()) {
    for (const [j, b] of completions.entries()) {
      if (j <= i) continue;
      const ab = seen(a, b);
      if (!ab) continue;
      for (const c of completions.slice(j + 1)) {
        const [bc, ca] = [seen(b, c), seen(c, a)];
        if (bc && ca) yield [ab, bc, ca];
      }
    }
  }
}

function isCycle(triple: Triple): number {
  const wins = triple.filter(({ isFirst }) => isFirst).length;
  return Number(wins === 0 || wins === 3);
}

const keyOf = (a: number, b: number): string => (a < b ? `${a} ${b}` : `${b} ${a}`);
