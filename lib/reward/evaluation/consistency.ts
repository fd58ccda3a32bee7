import type { ScoreTexts } from "./text-scorer";
import type { Consistency } from "./schema";

/** Prompts as far apart as this are alike and yet ask for something else. */
const cosines = { least: 0.75, most: 0.9 } as const;

/** Pairs of prompts that are compared. */
const mostPairs = 500;

/** A held-out prompt with the answer that was preferred. */
export type GoodAnswer = { prompt: string; answer: string };

/**
 * Whether rewards tell which answer belongs to which of two prompts that resemble each other (Contrast Instructions):
 * `response` keeps the prompt and changes the answer, `instruction` keeps the answer and changes the prompt, both ways
 * round. Chance is a half; a model that does not read prompts is exactly there.
 */
export async function measureConsistency(given: {
  good: readonly GoodAnswer[];
  /** Of the prompts, of length 1, in the same order. */
  vectors: readonly Float32Array[];
  score: ScoreTexts;
}): Promise<Consistency> {
  const { good, vectors, score } = given;
  const pairs = contrastingPairs(good, vectors);
  if (pairs.length === 0) return { pairs: 0, response: null, instruction: null, equal: 0 };
  const ordered = pairs.flatMap(([i, j]) => [[good[i]!, good[j]!] as const, [good[j]!, good[i]!] as const]);
  const rewards = await score(
    ordered.flatMap(([own, other]) => [
      { prompt: own.prompt, text: own.answer },
      { prompt: own.prompt, text: other.answer },
      { prompt: other.prompt, text: own.answer },
    ]),
  );
  const [response, instruction] = [1, 2].map((offset) =>
    ordered.map((_, i) => credit(rewards[3 * i]!, rewards[3 * i + offset]!)),
  ) as [number[], number[]];
  const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  return {
    pairs: pairs.length,
    response: mean(response),
    instruction: mean(instruction),
    equal: instruction.filter((value) => value === 0.5).length,
  };
}

/** Pairs of prompts with a cosine in [.75, .9] and other good answers, in the order of the prompts. */
export function contrastingPairs(
  good: readonly GoodAnswer[],
  vectors: readonly Float32Array[],
): [first: number, second: number][] {
  const pairs: [number, number][] = [];
  for (let i = 0; i < good.length; i++) {
    for (let j = i + 1; j < good.length && pairs.length < mostPairs; j++) {
      if (good[i]!.answer === good[j]!.answer) continue;
      const cosine = dot(vectors[i]!, vectors[j]!);
      if (cosine >= cosines.least && cosine <= cosines.most) pairs.push([i, j]);
    }
  }
  return pairs;
}

const credit = (own: number, other: number): number => (own === other ? 0.5 : Number(own > other));

function dot(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}
