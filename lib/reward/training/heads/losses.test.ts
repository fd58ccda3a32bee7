import { expect, test } from "vitest";
import { exportModel } from "@/lib/graph/export";
import { centralDifferences, gradientFaults, type Checked } from "@/lib/graph/gradient-check";
import { reduceSum } from "@/lib/graph/ops";
import { openSession } from "@/lib/graph/session";
import { constant, type HostTensor, type Tensor } from "@/lib/graph/tensor";
import { classWeights, interceptShift, weightedLogLoss } from "./binary";
import { bradleyTerryLoss, davidsonLoss } from "./pairs";
import { plackettLuceLoss, tiedLoss } from "./rankings";
import { cutPoints, ordinalLoss, ordinalProbabilities } from "./ratings";

const doubles = (values: readonly number[], shape: readonly number[]): HostTensor => ({
  ...{ dtype: "float64", shape },
  data: Float64Array.from(values),
});

const fixed = (values: readonly number[], shape: readonly number[]): Tensor => constant(values, shape, "float64");

async function valuesOf(result: Tensor): Promise<number[]> {
  const session = await openSession(exportModel({ name: "values", outputs: { result } }));
  const { result: found } = await session.run({}).finally(() => session.dispose());
  return Array.from(found!.data, Number);
}

const exactly = (...values: number[]): unknown[] => values.map((value): unknown => expect.closeTo(value, 4));

test("Davidson's model with rewards .5 and 0 and nu = .6 gives .4822 to the first and .2253 to a tie", async () => {
  const loss = (target: number, tie: number): Tensor =>
    davidsonLoss(fixed([0.5], [1, 1]), fixed([target], [1]), fixed([tie], [1]), fixed([Math.log(0.6)], [1, 1]));
  const [[first], [tied]] = [await valuesOf(loss(1, 0)), await valuesOf(loss(0.5, 1))];
  expect([Math.exp(-first!), Math.exp(-tied!)]).toEqual(exactly(0.4822, 0.2253));
});

test("without ties Davidson's model is Bradley and Terry's", async () => {
  const [margin, target] = [fixed([3, -40, 0.2], [1, 3]), fixed([0.9, 1, 0.5], [1, 3])];
  const davidson = davidsonLoss(margin, target, fixed([0, 0, 0], [3]), fixed([-60], [1, 1]));
  // What log nu adds and takes off again is rounding.
  expect(await valuesOf(davidson)).toEqual(
    (await valuesOf(bradleyTerryLoss(margin, target))).map((loss): unknown => expect.closeTo(loss, 9)),
  );
});

test("the order 2, 1, 0 has a Plackett-Luce loss of .72087, in whatever places it stands", async () => {
  const inOrder = plackettLuceLoss(fixed([2, 1, 0], [1, 1, 3]), fixed([1, 1, 1, 0, 1, 1, 0, 0, 1], [1, 3, 3]));
  const reversed = plackettLuceLoss(fixed([0, 1, 2], [1, 1, 3]), fixed([1, 0, 0, 1, 1, 0, 1, 1, 1], [1, 3, 3]));
  expect(await valuesOf(reduceSum(inOrder))).toEqual([expect.closeTo(0.72087, 5)]);
  expect(await valuesOf(reduceSum(reversed))).toEqual([expect.closeTo(0.72087, 5)]);
});

test("two that tie are each chosen from what is below, and are a pair of p = 1/2", async () => {
  const rewards = fixed([1, 1, 0], [1, 1, 3]);
  const stages = plackettLuceLoss(rewards, fixed([1, 0, 1, 0, 1, 1, 0, 0, 1], [1, 3, 3]));
  const beats = Math.log1p(Math.exp(-1));
  expect(await valuesOf(stages)).toEqual(exactly(beats, beats, 0));
  expect((await valuesOf(tiedLoss(rewards)))[1]).toBeCloseTo(Math.LN2, 9);
});

test("the ordinal loss is the negative log of the category's probability, and finite far out", async () => {
  const [f, cuts] = [fixed([0.3, -2, 90], [1, 3, 1]), cutPoints(fixed([-1, 0.5, 2], [1, 1, 3]))];
  const shares = fixed([0, 1, 0, 0, 1, 0, 0, 0, 0, 0, 1, 0], [3, 4]);
  const probabilities = await valuesOf(ordinalProbabilities(f, cuts));
  const losses = await valuesOf(ordinalLoss(f, cuts, shares));
  expect(losses.slice(0, 2)).toEqual(exactly(-Math.log(probabilities[1]!), -Math.log(probabilities[4]!)));
  expect(losses[2]).toBeGreaterThan(80);
  expect(losses[2]).toBeLessThan(100);
  expect(probabilities.slice(0, 4).reduce((sum, p) => sum + p)).toBeCloseTo(1, 12);
  const [first, second, third] = await valuesOf(cuts);
  expect([first! < second!, second! < third!]).toEqual([true, true]);
});

test("cuts that closed up around a category that nobody gives lose nothing to it", async () => {
  const cuts = cutPoints(constant([0, -40], [1, 1, 2]));
  const losses = await valuesOf(ordinalLoss(constant([0.3], [1, 1, 1]), cuts, constant([1, 0, 0], [1, 3])));
  expect(losses).toEqual(exactly(Math.log(1 + Math.exp(0.3))));
});

test("classes weigh the same in all, and a logit is shifted back by 1.6946 from 10 % to 2 %", () => {
  expect(classWeights({ yes: 10, no: 90 })).toEqual({ yes: 5, no: expect.closeTo(0.5556, 4) as number });
  expect(interceptShift(0.02, 0.1)).toBeCloseTo(1.6946, 4);
});

const checks: [string, Checked][] = [
  [
    "Davidson",
    {
      build: (margin, logNu) => davidsonLoss(margin!, fixed([0.9, 0.5, 0.2], [3]), fixed([0, 1, 0], [3]), logNu!),
      at: [doubles([0.4, -1.1, 2, 0.1, 0.3, -0.6], [2, 3]), doubles([-0.5, 0.2], [2, 1])],
    },
  ],
  [
    "Bradley-Terry",
    {
      build: (margin) => bradleyTerryLoss(margin!, fixed([0.9, 0.5, 0.2], [3])),
      at: [doubles([0.4, -1.1, 2, 0.1, 0.3, -0.6], [2, 3])],
    },
  ],
  [
    "Plackett-Luce",
    {
      build: (rewards) => plackettLuceLoss(rewards!, fixed([1, 1, 1, 0, 1, 1, 0, 0, 1], [1, 3, 3])),
      at: [doubles([0.4, -1.1, 2, 0.1, 0.3, -0.6], [2, 1, 3])],
    },
  ],
  ["ties in rankings", { build: (rewards) => tiedLoss(rewards!), at: [doubles([0.4, -1.1, 2], [1, 1, 3])] }],
  [
    "ordinal ratings",
    {
      build: (f, free) =>
        ordinalLoss(f!, cutPoints(free!), fixed([0.2, 0.8, 0, 0, 1, 0, 0, 0, 0, 0, 0.5, 0.5], [3, 4])),
      at: [doubles([0.3, -2, 1], [1, 3, 1]), doubles([-1, 0.5, 2], [1, 1, 3])],
    },
  ],
  [
    "binary",
    {
      build: (z) => weightedLogLoss(z!, fixed([5, 0, 2], [3, 1]), fixed([0, 0.6, 0.3], [3, 1])),
      at: [doubles([0.4, -1.1, 2], [1, 3, 1])],
    },
  ],
];

test.each(checks)("the gradient of %s is its central difference", async (_, checked) => {
  expect(await gradientFaults(checked, await centralDifferences(checked))).toEqual([]);
});
