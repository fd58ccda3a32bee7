import { describe, expect, test } from "vitest";
import { normal } from "@/lib/reward/training/sampling";
import { seededRandom } from "@/lib/stats/random";
import { crossedMean, drawRounds } from "./crossed-intervals";
import type { Tally } from "./tally";

const tally = (values: number[]): Tally => ({
  sums: Float32Array.from(values, (value) => (Number.isNaN(value) ? 0 : value)),
  counts: Float32Array.from(values, (value) => Number(!Number.isNaN(value))),
});

test("the value is the mean of all values, and one prompt has no interval", () => {
  const rounds = drawRounds({ groups: 3, seeds: 2, random: seededRandom(1) });
  expect(crossedMean([tally([1, 0, NaN]), tally([NaN, 0, 1])], rounds)?.value).toBe(0.5);
  expect(crossedMean([tally([NaN, 1, NaN]), tally([NaN, 0, NaN])], rounds)).toEqual({ value: 0.5, interval: null });
  expect(crossedMean([tally([NaN, NaN, NaN]), tally([NaN, NaN, NaN])], rounds)).toBeNull();
});

describe("of 60 prompts that every seed measures again", () => {
  /** A share of true means that the interval covers, and its mean width. */
  const trial = (promptSpread: number, seedSpread: number): { covered: number; width: number } => {
    const random = seededRandom(7);
    let [covered, width] = [0, 0];
    const repetitions = 200;
    for (let i = 0; i < repetitions; i++) {
      const prompts = Array.from({ length: 60 }, () => promptSpread * normal(random));
      const tallies = Array.from({ length: 10 }, () => {
        const seed = seedSpread * normal(random);
        return tally(prompts.map((prompt) => prompt + seed + 0.1 * normal(random)));
      });
      const rounds = drawRounds({ groups: 60, seeds: 10, random, rounds: 200 });
      const [low, high] = crossedMean(tallies, rounds)!.interval!;
      covered += Number(low <= 0 && 0 <= high) / repetitions;
      width += (high - low) / repetitions;
    }
    return { covered, width };
  };

  test("ten seeds do not make the interval of the prompts narrower", () => {
    const { covered, width } = trial(1, 0);
    expect(covered).toBeGreaterThan(0.9);
    expect(width).toBeGreaterThan(0.9 * 2 * 1.96 * Math.sqrt(1 / 60));
  });

  test("and what seeds add is in it", () => {
    expect(trial(1, 0.3).covered).toBeGreaterThan(0.88);
  });
});
