import { expect, test } from "vitest";
import { fitTieModel, tieProbabilities } from "./davidson";
import { seededRandom } from "./random";

test("rewards .5 and 0 with nu = .6 give .4822 to the first and .2253 to a tie, and far apart nothing overflows", () => {
  const [first, tie, second] = tieProbabilities(0.5, { nu: 0.6, scale: 1 });
  expect([first, tie]).toEqual([expect.closeTo(0.4822, 4), expect.closeTo(0.2253, 4)]);
  expect(first + tie + second).toBeCloseTo(1, 12);
  expect(tieProbabilities(5000, { nu: 0.6, scale: 1 })).toEqual([1, 0, 0]);
});

test("the model of ties finds what drew the outcomes of 20,000 margins", () => {
  const random = seededRandom(4);
  const margins = Array.from({ length: 20_000 }, () => 6 * random() - 3);
  const outcomes = margins.map((margin) => {
    const [first, tie] = tieProbabilities(margin, { nu: 0.6, scale: 0.7 });
    const drawn = random();
    return drawn < first ? 1 : drawn < first + tie ? 0.5 : 0;
  });
  const { nu, scale } = fitTieModel(margins, outcomes, 1);
  expect(nu).toBeCloseTo(0.6, 1);
  expect(scale).toBeCloseTo(0.7, 1);
});

test("without a tie among the outcomes a tie stays possible", () => {
  const { nu } = fitTieModel([2, 1, -1, 3], [1, 1, 0, 1], 0.2);
  expect(nu).toBeGreaterThan(0.01);
  expect(nu).toBeLessThan(0.2);
});
