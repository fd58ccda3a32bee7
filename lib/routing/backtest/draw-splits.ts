import { randomOrder } from "@/lib/reward/training/sampling";
import { seededRandom } from "@/lib/stats/random";
import type { Split } from "./input";

/** Of the half that is not fitted on, what reward models learn from; the others measure them. */
const poolShare = 0.6;

/**
 * Halves of the prompts drawn at random, once a seed: policies are made of the one and measured on the other. Prompts go
 * to a part until it has its share of the units, so that prompts with many of them do not unbalance it. Where not all units
 * may be measured (1 in `isMeasured`), these are what is halved; the others are only ever fitted on, and left out where
 * their prompt is measured.
 */
export function drawSplits(given: {
  groups: Int32Array;
  isMeasured?: Uint8Array;
  seeds: number;
  seed: number;
}): Split[] {
  const { groups, isMeasured, seeds, seed } = given;
  const places = new Map<number, Prompt>();
  groups.forEach((group, place) => {
    const prompt: Prompt = places.get(group) ?? { units: [], measured: [] };
    places.set(group, prompt);
    prompt.units.push(place);
    if (isMeasured?.[place] !== 0) prompt.measured.push(place);
  });
  const prompts = [...places.values()];
  const random = seededRandom(seed);
  return Array.from({ length: seeds }, () =>
    splitOf(Array.from(randomOrder(prompts.length, random), (prompt) => prompts[prompt]!)),
  );
}

/** The units of a prompt, and those of them that may be measured. */
type Prompt = { units: number[]; measured: number[] };

function splitOf(prompts: readonly Prompt[]): Split {
  const parts: [number[], number[], number[]] = [[], [], []];
  const all = prompts.reduce((sum, { measured }) => sum + measured.length, 0);
  const ends = [all / 2, all / 2 + (poolShare * all) / 2, all];
  let done = 0;
  for (const { units, measured } of prompts) {
    // By the middle of the prompt, so that a part is no more often too large than too small.
    const part = measured.length === 0 ? 0 : ends.findIndex((end) => done + measured.length / 2 <= end);
    parts[part]!.push(...(part === 0 ? units : measured));
    done += measured.length;
  }
  const [fit, pool, test] = parts.map((part) => Int32Array.from(part).sort());
  return { fit: fit!, pool: pool!, test: test! };
}
