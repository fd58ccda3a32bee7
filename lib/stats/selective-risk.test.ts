import { expect, test } from "vitest";
import { seededRandom } from "./random";
import { areaUnderRiskCurve, riskCurve, selectiveThreshold } from "./selective-risk";
import { trySelectiveRisk } from "./selective-risk-trial";

const falling = (count: number) => Float64Array.from({ length: count }, (_, i) => 1 - i / count);

test("the smallest sample that can pass has no error in 45 labels", () => {
  const given = { alpha: 0.05, delta: 0.1, confidences: falling(45) };
  const passed = selectiveThreshold({ ...given, correct: new Array<boolean>(45).fill(true) });
  expect(passed).toMatchObject({ confidence: 1 - 44 / 45, coverage: 1, risk: 0 });
  // 1 - .1^(1/45)
  expect(passed.bound).toBeCloseTo(0.04988, 5);
  const none = { confidence: null, coverage: 0, risk: 0, bound: 1 };
  expect(selectiveThreshold({ ...given, correct: Array.from({ length: 45 }, (_, i) => i !== 7) })).toEqual(none);
  expect(
    selectiveThreshold({
      alpha: 0.05,
      delta: 0.1,
      confidences: falling(44),
      correct: new Array<boolean>(44).fill(true),
    }),
  ).toEqual(none);
  expect(selectiveThreshold({ alpha: 0.05, delta: 0.1, confidences: [], correct: [] })).toEqual(none);
});

test("labels below the confidence where errors begin are left to people", () => {
  const confidences = falling(2000);
  const correct = Array.from({ length: 2000 }, (_, i) => i < 1000 || i % 2 === 0);
  const found = selectiveThreshold({ confidences, correct, alpha: 0.05, delta: 0.1 });
  expect(found.confidence).not.toBeNull();
  // Half of what lies below .5 is wrong: at a coverage c the risk is (c - .5) / 2c, .05 at c = .556.
  expect(found.coverage).toBeGreaterThan(0.5);
  expect(found.coverage).toBeLessThan(0.556);
  expect(found.bound).toBeLessThanOrEqual(0.05);
  expect(confidences.filter((confidence) => confidence >= found.confidence!)).toHaveLength(found.coverage * 2000);
});

test("labels of one confidence are accepted together or not at all", () => {
  const confidences = Array.from({ length: 400 }, (_, i): number => (i < 300 ? 0.9 : 0.6));
  const correct = confidences.map((confidence, i) => (confidence === 0.9 ? i % 30 !== 0 : i % 2 === 0));
  expect(selectiveThreshold({ confidences, correct, alpha: 0.1, delta: 0.1 })).toMatchObject({
    ...{ confidence: 0.9, coverage: 0.75, risk: 10 / 300 },
  });
  expect(
    selectiveThreshold({ confidences: confidences.fill(0.5), correct, alpha: 0.1, delta: 0.1 }).confidence,
  ).toBeNull();
});

test("the order of labels says nothing", () => {
  const random = seededRandom(3);
  const labels = Array.from({ length: 500 }, () => ({ confidence: Math.round(20 * random()) / 20, at: random() }));
  const choose = (ordered: typeof labels) =>
    selectiveThreshold({
      ...{ alpha: 0.2, delta: 0.1, confidences: ordered.map(({ confidence }) => confidence) },
      correct: ordered.map(({ confidence, at }) => at > 0.4 * (1 - confidence)),
    });
  expect(choose(labels).confidence).not.toBeNull();
  expect(choose(labels.toSorted((a, b) => a.at - b.at))).toEqual(choose(labels));
});

test("the promise is broken in at most a share delta of 1,000 repetitions", () => {
  const judges = {
    "errs where it is unsure": (confidence: number) => 0.01 + 0.3 * (1 - confidence) ** 1.5,
    "errs at just more than alpha wherever it is": () => 0.101,
    "is surest where it errs most": (confidence: number) => 0.3 * confidence,
  };
  const trial = (errorAt: (confidence: number) => number) =>
    trySelectiveRisk({
      repetitions: 1000,
      labels: 400,
      alpha: 0.1,
      delta: 0.1,
      errorAt,
      random: seededRandom(20261126),
    });
  for (const errorAt of Object.values(judges)) expect(trial(errorAt).violations).toBeLessThanOrEqual(0.1);
  const able = trial(judges["errs where it is unsure"]);
  expect(able.coverage).toBeGreaterThan(0.45);
  expect(able.abstention).toBeLessThan(0.08);
  expect(able.risk).toBeLessThan(0.1);
  expect(trial(judges["is surest where it errs most"]).abstention).toBe(1);
});

test("a curve has the risk of each part with its bound, the whole last", () => {
  const curve = riskCurve({ confidences: [0.9, 0.8, 0.8, 0.4], correct: [true, false, true, false], delta: 0.1 });
  expect(curve.map(({ confidence, coverage, risk }) => [confidence, coverage, risk])).toEqual([
    [0.9, 0.25, 0],
    [0.8, 0.75, 1 / 3],
    [0.4, 1, 0.5],
  ]);
  expect(curve[0]!.bound).toBeCloseTo(0.9, 12);
  expect(
    riskCurve({ confidences: falling(1000), correct: new Array<boolean>(1000).fill(true), delta: 0.1 }),
  ).toHaveLength(50);
  expect(riskCurve({ confidences: [], correct: [], delta: 0.1 })).toEqual([]);
});

test("the area is the mean risk over coverages, and equal confidences share their errors", () => {
  // (0 + 1/2 + 1/3 + 2/4) / 4
  expect(areaUnderRiskCurve({ confidences: [4, 3, 2, 1], correct: [true, false, true, false] })).toBeCloseTo(
    4 / 12,
    12,
  );
  const same = { confidences: [1, 1, 1, 1] };
  expect(areaUnderRiskCurve({ ...same, correct: [false, true, true, true] })).toBe(0.25);
  expect(areaUnderRiskCurve({ ...same, correct: [true, true, true, false] })).toBe(0.25);
  expect(areaUnderRiskCurve({ confidences: [], correct: [] })).toBeNull();
});
