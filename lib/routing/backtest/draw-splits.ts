import { randomOrder } from "@/lib/reward/training/sampling";
import { seededRandom } from "@/lib/stats/random";
import type { Split } from "./input";

/** Of the half that is not fitted on, what reward models learn from; the others measure them. */
const poolShare = 0.6;

/**
 * Halves of the prompts drawn at random, once a seed: policies are made of the one and measured on the other. Prompts go
 * to a part until it has its share of the units, so that prompts with many of them do not unbalance it.
 */
export function drawSplits({ groups, seeds, seed }: { groups: Int32Array; seeds: number; seed: number }): Split[] {
  const places = new Map<number, number[]>();
  groups.forEach((group, place) => {
    const known = places.get(group);
    if (known) known.push(place);
    else places.set(group, [place]);
  });
  const prompts = [...places.values()];
  const random = seededRandom(seed);
  return Array.from({ length: seeds }, () =>
    splitOf(
      Array.from(randomOrder(prompts.length, random), (prompt) => prompts[prompt]!),
      groups.length,
    ),
  );
}

function splitOf(prompts: readonly number[][], units: number): Split {
  const parts: [number[], number[], number[]] = [[], [], []];
  const ends = [units / 2, units / 2 + (poolShare * units) / 2, units];
  let done = 0;
  for (const prompt of prompts) {
    // By the middle of the prompt, so that a part is no more often too large than too small.
    const part = ends.findIndex((end) => done + prompt.length / 2 <= end);
    parts[part]!.push(...prompt);
    done += prompt.length;
  }
  const [fit, pool, test] = parts.map((part) => Int32Array.from(part).sort());
  return { fit: fit!, pool: pool!, test: test! };
}
