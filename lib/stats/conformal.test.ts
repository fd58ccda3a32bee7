import { expect, test } from "vitest";
import { conformalCut, conformalSet } from "./conformal";
import { seededRandom } from "./random";

test("the cut is the score of the right rank, by hand", () => {
  const given = [0.9, 0.5, 0.8, 0.6].map((p) => [p, 1 - p]);
  // Scores .1, .2, .4, .5; with alpha .25 the ceil(5 x .75) = 4th.
  expect(conformalCut(given, [0, 0, 0, 0], 0.25)).toBe(0.5);
  expect(conformalCut(given, [0, 0, 0, 0], 0.5)).toBeCloseTo(0.4, 12);
  expect(conformalCut(given, [0, 0, 0, 0], 0.1)).toBe(Infinity);
  expect(conformalCut([], [], 0.1)).toBe(Infinity);
});

test("a set has every answer that is likely enough", () => {
  expect(conformalSet([0.7, 0.2, 0.1], 0.5)).toEqual([0]);
  expect(conformalSet([0.5, 0.1, 0.4], 0.6)).toEqual([0, 2]);
  expect(conformalSet([0.4, 0.3, 0.3], 0.1)).toEqual([]);
  expect(conformalSet([0.4, 0.3, 0.3], Infinity)).toEqual([0, 1, 2]);
});

test("sets have the right one of A, tie and B as often as promised, however wrong the probabilities are", () => {
  const random = seededRandom(7);
  let covered = 0;
  const repetitions = 4000;
  for (let repetition = 0; repetition < repetitions; repetition++) {
    const units = Array.from({ length: 101 }, () => {
      const weights = [random(), random() / 3, random()];
      const total = weights[0]! + weights[1]! + weights[2]!;
      const probabilities = weights.map((weight) => weight / total);
      const at = random();
      // Far too sure of itself: what is said is the square of what is true, made to sum to one.
      const squares = probabilities.map((p) => p ** 2);
      const norm = squares[0]! + squares[1]! + squares[2]!;
      return {
        label: at < probabilities[0]! ? 0 : at < probabilities[0]! + probabilities[1]! ? 1 : 2,
        said: squares.map((square) => square / norm),
      };
    });
    const [last, ...known] = units;
    const cut = conformalCut(
      known.map(({ said }) => said),
      known.map(({ label }) => label),
      0.1,
    );
    covered += Number(conformalSet(last!.said, cut).includes(last!.label));
  }
  // 1 - alpha to 1 - alpha + 1 / (n + 1), within three standard errors.
  expect(covered / repetitions).toBeGreaterThan(0.9 - 0.0143);
  expect(covered / repetitions).toBeLessThan(0.91 + 0.0143);
});
