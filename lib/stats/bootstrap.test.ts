import { expect, test } from "vitest";
import { meanByGroup } from "./bootstrap";
import { seededRandom } from "./random";

const options = () => ({ random: seededRandom(11) });

test("the mean is over values, and the counts are told", () => {
  expect(meanByGroup([1, 0, 1, 1], [0, 0, 1, 2], options())).toMatchObject({ mean: 0.75, values: 4, groups: 3 });
});

test("with a group for each value the interval is that of the normal approximation", () => {
  // 500 values, 350 of them 1: standard error sqrt(.7 * .3 / 500) = .0205, so .7 -+ .040.
  const values = Array.from({ length: 500 }, (_, i) => (i < 350 ? 1 : 0));
  const { interval } = meanByGroup(
    values,
    values.map((_, i) => i),
    { random: seededRandom(2), rounds: 4000 },
  )!;
  expect(interval[0]).toBeCloseTo(0.66, 2);
  expect(interval[1]).toBeCloseTo(0.74, 2);
});

test("values that repeat within their group narrow nothing", () => {
  const values = Array.from({ length: 40 }, (_, i) => (i % 4 === 0 ? 0 : 1));
  const single = meanByGroup(
    values,
    values.map((_, i) => i),
    { random: seededRandom(4), rounds: 4000 },
  )!;
  const repeated = values.flatMap((value) => Array<number>(10).fill(value));
  const groups = repeated.map((_, i) => Math.floor(i / 10));
  const grouped = meanByGroup(repeated, groups, { random: seededRandom(4), rounds: 4000 })!;
  expect(grouped.interval).toEqual(single.interval);
});

test("one group has no spread to tell of, no values have no mean", () => {
  expect(meanByGroup([1, 0], [3, 3], options())!.interval).toEqual([0.5, 0.5]);
  expect(meanByGroup([], [], options())).toBeNull();
});

test("the same seed gives the same interval", () => {
  const values = [1, 0, 0, 1, 1, 0, 1];
  expect(meanByGroup(values, [0, 1, 2, 3, 4, 5, 6], options())).toEqual(
    meanByGroup(values, [0, 1, 2, 3, 4, 5, 6], options()),
  );
});
