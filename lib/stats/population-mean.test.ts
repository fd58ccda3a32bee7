import { expect, test } from "vitest";
import {
  combineMeans,
  differenceInterval,
  doublyRobustMean,
  inverseProbabilityMean,
  shareInterval,
  type Interval,
  type PopulationMean,
} from "./population-mean";
import { seededRandom, type Random } from "./random";
import { student975 } from "./student";

test("the weighted mean and what each group adds, by hand", () => {
  const mean = inverseProbabilityMean([
    { value: 1, weight: 2, group: 0 },
    { value: 0, weight: 1, group: 0 },
    { value: 1, weight: 1, group: 1 },
  ])!;
  // (2 + 1) / 4; group 0: (2 (1 - 3/4) - 3/4) / 4; group 1: (1/4) / 4. Kish: 16 / 6.
  expect(mean).toEqual({
    value: 0.75,
    influences: new Map([
      [0, -0.0625],
      [1, 0.0625],
    ]),
    groups: 2,
    size: 16 / 6,
  });
  // Variance 2 / 1 (2 x .0625^2), t with one degree of freedom.
  const half = student975(1) * Math.sqrt(4 * 0.0625 ** 2);
  expect(differenceInterval(mean)).toEqual([0.75 - half, 0.75 + half]);
  expect(inverseProbabilityMean([])).toBeNull();
});

test("with equal weights the interval of a share is Wilson's, but for t", () => {
  const sample = Array.from({ length: 20 }, (_, i) => ({ value: Number(i >= 3), weight: 5, group: i }));
  const interval = shareInterval(inverseProbabilityMean(sample)!)!;
  const t = student975(19);
  // The variance is p (1 - p) / (n - 1).
  const at = (p: number) => (0.85 - p) ** 2 - (t ** 2 * p * (1 - p)) / 19;
  for (const end of interval) expect(at(end)).toBeCloseTo(0, 10);
});

test("a share has a width where everything agrees, and none is given for one group", () => {
  const all = Array.from({ length: 30 }, (_, i) => ({ value: 1, weight: 1 + (i % 2), group: i }));
  const [low, high] = shareInterval(inverseProbabilityMean(all)!)!;
  expect(high).toBe(1);
  const size = 45 ** 2 / (15 + 60);
  expect(low).toBeCloseTo(size / (size + student975(29) ** 2), 10);
  const one = inverseProbabilityMean(all.map((each) => ({ ...each, group: 7 })))!;
  expect([shareInterval(one), differenceInterval(one)]).toEqual([null, null]);
});

test("what foresees everything leaves no error but that of who there is", () => {
  const population = Array.from({ length: 1000 }, (_, i) => ({ predictor: (i % 10) / 10, group: i }));
  // A line in the predictor, and a lopsided sample.
  const sample = population
    .filter(({ group }) => group % 10 > 6)
    .map((one) => ({ ...one, value: 0.2 + 0.5 * one.predictor, weight: 1 + one.group }));
  const mean = doublyRobustMean(sample, population)!;
  expect(mean.value).toBeCloseTo(0.2 + 0.5 * 0.45, 10);
  const [low, high] = differenceInterval(mean)!;
  expect(high - low).toBeCloseTo(
    (2 * student975(299) * 0.5 * Math.sqrt(0.0825) * Math.sqrt(300 / 299)) / Math.sqrt(1000),
    6,
  );
});

test("what foresees nothing changes nothing but for the folds", () => {
  const sample = Array.from({ length: 50 }, (_, i) => ({ value: i % 2, weight: 1, group: i, predictor: 0.5 }));
  expect(doublyRobustMean(sample, sample)!.value).toBeCloseTo(0.5, 10);
  expect(doublyRobustMean([], sample)).toBeNull();
  expect(doublyRobustMean(sample, [])).toBeNull();
});

test("parts of a population add up, and a mean less itself is nothing", () => {
  const mean = inverseProbabilityMean(Array.from({ length: 9 }, (_, i) => ({ value: i, weight: 1, group: i })))!;
  const other = { ...mean, value: 10, size: 3, groups: 4 };
  const both = combineMeans([
    { share: 0.25, mean },
    { share: 0.75, mean: other },
  ]);
  expect(both).toMatchObject({ value: 8.5, groups: 4, size: 1 / (0.25 ** 2 / 9 + 0.75 ** 2 / 3) });
  const none = combineMeans([
    { share: 1, mean },
    { share: -1, mean },
  ]);
  expect(differenceInterval(none)).toEqual([0, 0]);
});

/** Two instances a prompt; the harder a prompt is, the more AI errs. People are asked more about hard ones, by a known chance. */
function draw(random: Random): { estimates: (PopulationMean | null)[]; naive: PopulationMean | null } {
  const [sample, population, labelled] = [[], [], []] as {
    value: number;
    weight: number;
    group: number;
    predictor: number;
  }[][];
  for (let group = 0; group < 400; group++) {
    const hardness = random() ** 2;
    const luck = 0.2 * hardness * (random() - 0.5);
    for (let i = 0; i < 2; i++) {
      const probability = 0.1 * (0.5 + hardness);
      const one = {
        value: Number(random() >= 0.05 + 0.5 * hardness + luck),
        weight: 1 / probability,
        group,
        predictor: 1 - hardness,
      };
      population!.push(one);
      const isDrawn = random() < probability;
      if (isDrawn) sample!.push(one);
      // A policy by uncertainty sends the hardest to people, and AI has labelled them too.
      if (isDrawn || hardness > 0.5) labelled!.push({ ...one, weight: 1 });
    }
  }
  const estimates = [inverseProbabilityMean(sample!), doublyRobustMean(sample!, population!)];
  return { estimates, naive: inverseProbabilityMean(labelled!) };
}

test("95 % intervals cover the truth in 93 % of 1,000 samples or more, and agreement of all that is labelled does not", () => {
  const random = seededRandom(20261126);
  // Hardness is a uniform number squared: a mean of 1/3.
  const truth = 1 - (0.05 + 0.5 / 3);
  const holds = ([low, high]: Interval): number => Number(low <= truth && truth <= high);
  const covered = [0, 0, 0];
  for (let repetition = 0; repetition < 1000; repetition++) {
    const { estimates, naive } = draw(random);
    [...estimates, naive].forEach((mean, i) => (covered[i]! += holds(shareInterval(mean!)!)));
  }
  expect(covered[0]).toBeGreaterThanOrEqual(930);
  expect(covered[1]).toBeGreaterThanOrEqual(930);
  expect(covered[2]).toBeLessThan(100);
});
