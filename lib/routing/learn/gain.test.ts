import { expect, test } from "vitest";
import { chooseByGain } from "./choose-by-gain";
import { chooseSimulated } from "./choose-simulated";
import { gainOf } from "./gain";
import { predict, slopesAt } from "./predict";
import type { GainModel, Predictor } from "./schema";

const tag = (name: string) => ({ kind: "tag" as const, tag: name });

/** 100 pairs, of which 20 have column 0, 50 have column 1. */
function aModel(predictor: Predictor): GainModel {
  return { columns: [tag("law"), tag("chat")], support: [20, 50], pairs: 100, predictor, state: [0.2, 0.2, 0.2] };
}

const linear: Predictor = { kind: "linear", intercept: -0.6, weights: [0.1, 0.04, -0.05] };
const quadratic: Predictor = { ...linear, kind: "quadratic", products: [[1, 1, -0.05]] };
/** Column 0 pays from a share of one half on. */
const trees: Predictor = {
  kind: "trees",
  base: -0.6,
  trees: [
    {
      column: [1, -1, -1],
      cut: [0.5, 0, 0],
      left: [1, -1, -1],
      right: [2, -1, -1],
      value: [0, 0, 0.1],
    },
  ],
};

test("what is foreseen, by hand", () => {
  expect(predict({ kind: "share", intercept: -0.7, weight: 0.2 }, [0.5])).toBeCloseTo(-0.6);
  expect(predict(linear, [0.5, 1, 0.2])).toBeCloseTo(-0.6 + 0.05 + 0.04 - 0.01);
  expect(predict(quadratic, [0.5, 1, 0.2])).toBeCloseTo(-0.6 + 0.05 + 0.04 - 0.01 - 0.05);
  expect(predict(trees, [0, 0.49, 0])).toBeCloseTo(-0.6);
  expect(predict(trees, [0, 0.5, 0])).toBeCloseTo(-0.5);
});

test("slopes are derivatives, of trees the difference within a quarter", () => {
  const [ofAll, ofFirst, ofSecond] = slopesAt(quadratic, [0.2, 0.2, 0.2]);
  expect([ofAll, ofSecond]).toEqual([0.1, -0.05]);
  expect(ofFirst).toBeCloseTo(0.04 - 2 * 0.05 * 0.2);
  expect(slopesAt(trees, [0, 0.2, 0])[1]).toBe(0);
  // Between .05 and .55 lies the step, and between 0 and .5.
  expect(slopesAt(trees, [0, 0.3, 0])[1]).toBeCloseTo(0.1 / 0.5);
  expect(slopesAt(trees, [0, 1, 0])[1]).toBe(0);
});

test("a gain is the share's part and that of each characteristic, the strongest told first", () => {
  const { gain, because } = gainOf(aModel(linear), [0, 1]);
  expect(gain).toBeCloseTo(0.1 / 100 + 0.04 / 20 - 0.05 / 50);
  expect(because).toEqual([
    { column: 0, gain: 0.04 / 20 },
    { column: 1, gain: -0.05 / 50 },
  ]);
  expect(gainOf(aModel(linear), []).gain).toBeCloseTo(0.001);
  expect(gainOf({ ...aModel(linear), support: [20, 0] }, [1]).gain).toBeCloseTo(0.001);
});

test("the whole budget is spent on the largest gains, equals in their order", () => {
  const has = [[1], [], [0], [0, 1], [0]];
  expect(chooseByGain({ model: aModel(linear), has, budget: 3 })).toEqual([2, 4, 3]);
  expect(chooseByGain({ model: aModel(linear), has, budget: 9 })).toHaveLength(5);
  expect(chooseByGain({ model: aModel(linear), has: [], budget: 3 })).toEqual([]);
});

test("a characteristic of which people label enough gains less than another", () => {
  // Column 0 is worth (.04 - .1 z) / 20: below what no column is worth once people label more than .4 of it.
  const has = Array.from({ length: 200 }, (_, i) => (i < 100 ? [0] : []));
  const chosen = chooseByGain({ model: aModel(quadratic), has, budget: 80 });
  const withColumn = chosen.filter((place) => place < 100).length;
  expect(withColumn).toBeGreaterThanOrEqual(40);
  expect(withColumn).toBeLessThanOrEqual(42);
  expect(chooseByGain({ model: aModel(linear), has, budget: 80 }).every((place) => place < 100)).toBe(true);
});

test("gain per cost takes the cheaper of equals, and what still fits", () => {
  const has = [[0], [0], [0], []];
  const chosen = chooseByGain({ model: aModel(linear), has, costs: [30, 10, 50, 10], budget: 52 });
  expect(chosen).toEqual([1, 0, 3]);
});

test("the simulated choice takes the best of random mixes of the size", () => {
  const has = Array.from({ length: 40 }, (_, i) => (i % 4 === 0 ? [0] : [1]));
  const choose = () => chooseSimulated({ model: aModel(linear), has, size: 10, seed: 5 });
  expect(choose()).toEqual([0, 4, 8, 12, 16, 20, 24, 28, 32, 36]);
  expect(choose()).toEqual(choose());
});
