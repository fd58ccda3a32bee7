import { meanByGroup } from "@/lib/stats/bootstrap";
import { sigmoid } from "@/lib/stats/logistic";
import type { Random } from "@/lib/stats/random";
import { isDecided, type TrainingPair } from "../training/data";
import type { FittedPreference } from "./schema";

/** A decided comparison: whether the first completion won, and the probability by Bradley-Terry that it does. */
type Answer = { first: number; isFirst: boolean; probability: number };

/**
 * How many triples of completions of one prompt form a cycle (a preferred to b, b to c, c to a) among those in which each
 * was preferred to another. Answers that err make cycles although preferences are a scale: with P_ij by Bradley-Terry,
 * P_ab P_bc P_ca + P_ba P_cb P_ac of them. That is an upper bound
 * as far as Bradley-Terry does not know what the answers say. Of several answers about one pair the last counts. Null without triples.
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
    answers.set(keyOf(first, second), { first, isFirst: strength > 0, probability: sigmoid(margins[i]!) });
    prompts.set(pair.group, answers);
  });
  const found: { group: number; isCycle: number; expected: number }[] = [];
  for (const [group, answers] of prompts) {
    for (const triple of triplesOf(answers)) found.push({ group, ...judge(triple) });
  }
  const share = meanByGroup(
    found.map(({ isCycle }) => isCycle),
    found.map(({ group }) => group),
    { random },
  );
  if (!share) return null;
  return { share, byNoise: found.reduce((sum, { expected }) => sum + expected, 0) / found.length };
}

/** A triple's answers about a and b, b and c, c and a, each as seen from the one named first. */
type Triple = { isFirst: boolean; probability: number }[];

function* triplesOf(answers: ReadonlyMap<string, Answer>): Generator<Triple> {
  const completions = [...new Set([...answers.keys()].flatMap((key) => key.split(" ").map(Number)))].sort(
    (a, b) => a - b,
  );
  const seen = (from: number, to: number): Triple[number] | null => {
    const answer = answers.get(keyOf(from, to));
    if (!answer) return null;
    const { first, isFirst, probability } = answer;
    return first === from ? { isFirst, probability } : { isFirst: !isFirst, probability: 1 - probability };
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

function judge(triple: Triple): { isCycle: number; expected: number } {
  const product = (values: number[]): number => values.reduce((all, value) => all * value, 1);
  const wins = triple.filter(({ isFirst }) => isFirst).length;
  return {
    isCycle: Number(wins === 0 || wins === 3),
    expected:
      product(triple.map(({ probability }) => probability)) + product(triple.map(({ probability }) => 1 - probability)),
  };
}

const keyOf = (a: number, b: number): string => (a < b ? `${a} ${b}` : `${b} ${a}`);
