import { expect, test } from "vitest";
import type { BacktestCurve } from "../fits/schema";
import type { Figure } from "../learn/schema";
import { costAt, planBudget, type PlanTerms } from "./plan-budget";

const prices = {
  ...{
    currency: "EUR",
    humanMicros: 2_000_000,
    judgeMicros: 100_000,
    isTimed: true,
    hasPricedJudge: true,
    meanCharacters: 1000,
  },
};
const terms: PlanTerms = { open: 100, withImages: 0, dualShare: 0, prices, curve: null };

function curve(points: [share: number, label: number, reward?: number][]): BacktestCurve {
  const figure = (value: number): Figure => ({ value, interval: [value - 0.02, value + 0.02] });
  return {
    policy: "learned",
    points: points.map(([humanShare, label, reward]) => ({
      ...{ humanShare, labelAccuracy: figure(label), rewardLogLikelihood: null, costMicros: null },
      rewardAccuracy: reward === undefined ? null : figure(reward),
    })),
  };
}

const spend = (micros: number, about: Partial<PlanTerms> = {}) =>
  planBudget({ kind: "spend", micros }, { ...terms, ...about });
const reach = (labelAccuracy: number, about: Partial<PlanTerms> = {}) =>
  planBudget({ kind: "reach", labelAccuracy }, { ...terms, ...about });

test("an amount buys the share that costs it", () => {
  // 100 instances: 50 by people are 100, 50 by judges 5.
  const plan = spend(105_000_000);
  expect(plan).toMatchObject({ isReached: true, open: 100, people: 50, ai: 50, costMicros: 105_000_000 });
  expect(plan.humanShare).toBeCloseTo(0.5, 12);
  expect(plan.sentence).toBe(
    "Send 50 % to people: of 100 open instances people label 50 and AI 50, for 105.00\u00a0EUR. " +
      "What quality that is, no fit tells yet. An instance costs 2.00\u00a0EUR by people and by judges 0.1\u00a0EUR.",
  );
});

test("what both label, and what has images, is paid first", () => {
  // 20 with images and a tenth of 80 go to people anyway: 28 people, 80 judged, 64; each of 72 more by people is 1.90.
  const about = { withImages: 20, dualShare: 0.1 };
  expect(costAt(0, { ...terms, ...about })).toBe(28 * 2_000_000 + 80 * 100_000);
  const plan = spend(64_000_000 + 36 * 1_900_000, about);
  expect(plan.humanShare).toBeCloseTo(0.5, 12);
  expect(plan).toMatchObject({ people: 64, ai: 44, isReached: true });
  expect(plan.sentence).toContain("people label 64 and AI 44, 8 of them both");
});

test("too little money gives the least that is possible, and says so; too much buys everything", () => {
  const poor = spend(1_000_000, { dualShare: 0.08 });
  expect(poor).toMatchObject({ humanShare: 0, isReached: false, people: 8, ai: 100, costMicros: 26_000_000 });
  expect(poor.sentence).toMatch(/^1.00\u00a0EUR is not enough: the least .* can cost is 26.00\u00a0EUR/);
  const rich = spend(900_000_000);
  expect(rich).toMatchObject({ humanShare: 1, isReached: true, costMicros: 200_000_000 });
  expect(rich.sentence).toMatch(/^900.00\u00a0EUR is more than it takes/);
});

test("where people are no dearer than AI everything goes to people", () => {
  const dear = { prices: { ...prices, judgeMicros: 3_000_000 } };
  expect(spend(250_000_000, dear)).toMatchObject({ humanShare: 1, isReached: true, costMicros: 200_000_000 });
  expect(spend(150_000_000, dear)).toMatchObject({ humanShare: 1, isReached: false });
});

test("nothing that is open costs nothing", () => {
  const plan = spend(5_000_000, { open: 0 });
  expect(plan).toMatchObject({ people: 0, ai: 0, costMicros: 0, isReached: true });
  expect(plan.sentence).toMatch(/^No instance is open/);
});

test("a quality is reached at the cheapest share, between two of the backtest", () => {
  const known = curve([
    [0, 0.7, 0.6],
    [0.5, 0.9, 0.64],
    [1, 0.94, 0.65],
  ]);
  const plan = reach(0.8, { curve: known });
  expect(plan.humanShare).toBeCloseTo(0.25, 12);
  expect(plan.isReached).toBe(true);
  expect(plan.labelAccuracy!.value).toBeCloseTo(0.8, 12);
  expect(plan.labelAccuracy!.interval![0]).toBeCloseTo(0.78, 12);
  expect(plan.rewardAccuracy!.value).toBeCloseTo(0.62, 12);
  expect(plan.sentence).toContain(
    "By the backtest 80 % (78 % to 82 %) of the labels are as people's consensus has them",
  );
  expect(reach(0.7, { curve: known }).humanShare).toBe(0);
});

test("what people label anyway counts with their quality", () => {
  const known = curve([
    [0, 0.7],
    [1, 0.9],
  ]);
  // Half of them whatever the share: 0.5 x 0.9 + 0.5 x 0.7 is there for nothing.
  expect(reach(0.8, { curve: known, dualShare: 0.5 }).humanShare).toBeCloseTo(0, 12);
  expect(reach(0.85, { curve: known, dualShare: 0.5 }).humanShare).toBeCloseTo(0.5, 12);
  expect(reach(0.8, { curve: known, open: 0, dualShare: 0.5 }).humanShare).toBeCloseTo(0, 12);
});

test("a curve that falls again is left where it first is good enough, and out of reach is the best of it", () => {
  const known = curve([
    [0, 0.7],
    [0.5, 0.92],
    [1, 0.88],
  ]);
  expect(reach(0.9, { curve: known }).humanShare).toBeCloseTo((0.5 * 0.2) / 0.22, 12);
  const plan = reach(0.95, { curve: known });
  expect(plan).toMatchObject({ humanShare: 0.5, isReached: false });
  expect(plan.sentence).toMatch(/^No share for people makes 95 % of the labels right: .* is 92 %, which is this plan/);
});

test("a guessed price and judges without one are said", () => {
  const { sentence } = spend(105_000_000, {
    prices: { ...prices, judgeMicros: 0, isTimed: false, hasPricedJudge: false },
  });
  expect(sentence).toContain("by people, a guess from the length of the texts until somebody has labelled,");
  expect(sentence).toContain("by judges nothing, as none with a price is switched on");
});
