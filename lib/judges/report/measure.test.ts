import { expect, test } from "vitest";
import { seededRandom } from "@/lib/stats/random";
import { measureBias, measureModels } from "./bias";
import { compareLatest, judgeDrift, latestOf } from "./drift";
import { measureCategories } from "./measure-categories";
import { measureConfidence } from "./measure-confidence";
import { measurePosition, measureSelfAgreement } from "./position";
import { measureSlices } from "./slices";
import { firstShown, goldOf, joinAnswers, statementsOf, type Observation, type Single } from "./unit";

type Made = {
  group: number;
  people?: string[];
  right?: string | null;
  value: string;
  singles?: Single[];
  confidence?: number;
  lengths?: [number, number];
  models?: [string, string];
};

function observed({ group, people = [], right = null, value, ...rest }: Made): Observation {
  const styles = (rest.lengths ?? [5, 5]).map((length) => [length, 0, 0, 0, 0]);
  const subject = { group, styles, models: rest.models ?? ["a", "b"], meta: {} };
  return {
    unit: { subject, target: "0-1", people, reference: right, by: right === null ? null : "people" },
    ...{ value, singles: rest.singles ?? [{ value, first: null }], confidence: rest.confidence ?? null },
    ...{ outcome: null, at: String(group) },
  };
}

test("the kappas of the handbook come out of observations", () => {
  const [said, right] = ["0122102", "0221102"].map((codes) =>
    [...codes].map((code) => ["0", "tie", "1"][Number(code)]!),
  );
  const observations = said!.map((value, group) => observed({ group, value, right: right![group]! }));
  const { figures } = measureCategories(observations, { type: "comparison", part: "answer" });
  expect(figures.kappa!.value).toBeCloseTo(0.5625, 10);
  expect(figures.quadraticKappa!.value).toBeCloseTo(0.7941, 4);
  expect(figures.accuracy!.value).toBeCloseTo(5 / 7, 10);
  expect(figures.alphaPeople).toBeUndefined();
});

test("a judge that always takes the first shown has no consistency and a large bias", () => {
  const singles: Single[] = [
    { value: "0", first: 0 },
    { value: "1", first: 1 },
  ];
  const observations = Array.from({ length: 40 }, (_, group) =>
    observed({ group, value: "tie", right: group % 2 === 0 ? "0" : "1", singles }),
  );
  const position = measurePosition(observations)!;
  expect(position).toMatchObject({ pairs: 40, contradictions: 40, flips: { value: 1 }, first: { value: 1 } });
  expect(position.firstAmongContradictions!.value).toBe(1);
  expect(position.bias!.value).toBeGreaterThan(3);
  expect(measurePosition([observed({ group: 0, value: "0" })])).toBeNull();
});

test("samples in one order agree with each other as often as their pairs do", () => {
  const singles = (["0", "0", "1"] as const).map((value): Single => ({ value, first: 0 }));
  expect(measureSelfAgreement([observed({ group: 0, value: "0", singles })])!.value).toBeCloseTo(1 / 3, 10);
  expect(measureSelfAgreement([observed({ group: 0, value: "0" })])).toBeNull();
});

test("a judge that likes length is caught at it, and one that goes by the consensus alone is not", () => {
  const random = seededRandom(7);
  const world = (pull: number) =>
    Array.from({ length: 2000 }, (_, group) => {
      const right = random() < 0.5 ? 1 : -1;
      const difference = 2 * random() - 1;
      const p = 1 / (1 + Math.exp(-(1.2 * right + pull * difference)));
      const value = random() < p ? "0" : "1";
      return observed({ group, value, right: right > 0 ? "0" : "1", lengths: [5 + difference, 5] });
    });
  const lengthOf = (observations: Observation[]) =>
    measureBias(observations)!.coefficients.find(({ feature }) => feature === "length")!;
  const { value, interval, deviation } = lengthOf(world(1.5));
  // Per unit of the difference, the root mean square of which is 1 / sqrt 3.
  expect(deviation).toBeCloseTo(1 / Math.sqrt(3), 1);
  expect(value / deviation).toBeCloseTo(1.5, 0);
  expect(interval![0]).toBeGreaterThan(0);
  const fair = lengthOf(world(0)).interval!;
  expect(fair[0]).toBeLessThan(0);
  expect(fair[1]).toBeGreaterThan(0);
});

test("wins are counted by the judge and by people, and its own model is known by its name", () => {
  const observations = Array.from({ length: 20 }, (_, group) =>
    observed({ group, value: "0", right: group < 10 ? "0" : "tie", models: ["org/GPT-4", "llama"] }),
  );
  const [own, other] = measureModels(observations, "gpt-4-0613");
  expect(own).toMatchObject({ model: "llama", ai: 0, consensus: 0.25, difference: { value: -0.25 }, kin: null });
  expect(other).toMatchObject({ model: "org/GPT-4", ai: 1, consensus: 0.75, kin: "same", pairs: 20 });
  expect(measureModels(observations, "gpt-3.5")[1]!.kin).toBe("family");
  expect(measureModels(observations, "judge of the </g> team")[1]!.kin).toBeNull();
  expect(measureModels(observations, "a/g")[1]!.kin).toBeNull();
});

test("confidence is set beside how often it was right, and tempered on the other half of the prompts", () => {
  const observations = Array.from({ length: 200 }, (_, group) =>
    observed({ group, value: "0", right: group % 4 < 3 && group % 8 !== 0 ? "0" : "1", confidence: 0.95 }),
  );
  const report = measureConfidence(observations)!;
  expect(report.answers).toBe(200);
  expect(report.calibrationError).toBeGreaterThan(0.2);
  expect(report.tempered!.after).toBeLessThan(report.tempered!.before);
  expect(measureConfidence([observed({ group: 0, value: "0", right: "0" })])).toBeNull();
});

test("slices tell hard instances from easy ones", () => {
  const observations = Array.from({ length: 40 }, (_, group) =>
    group < 20
      ? observed({ group, value: "0", right: "0", people: ["0", "0", "0"], lengths: [3, 3] })
      : observed({ group, value: "1", right: "0", people: ["0", "0", "1"], lengths: [6, 6] }),
  );
  const slices = measureSlices(observations);
  const of = (by: string) =>
    slices.filter((slice) => slice.by === by).map(({ value, accuracy }) => [value, accuracy.value]);
  expect(of("difficulty")).toEqual([
    ["majority", 0],
    ["unanimous", 1],
  ]);
  expect(of("length").map(([, accuracy]) => accuracy)).toEqual([1, 0]);
  expect(of("domain")).toEqual([]);
});

test("drift is told from chance, and not looked for before there is enough", () => {
  expect(latestOf(149)).toBe(0);
  expect([150, 1000, 10_000].map(latestOf)).toEqual([50, 200, 500]);
  const flags = Array.from({ length: 200 }, (_, i) => i < 150 || i % 2 === 0);
  expect(compareLatest("accuracy", flags)).toMatchObject([
    { latest: { hits: 25, of: 50 }, earlier: { hits: 150, of: 150 }, isDrift: true },
  ]);
  expect(compareLatest("accuracy", flags.slice(0, 120))).toEqual([]);
  expect(judgeDrift("invalid", { hits: 1, of: 50 }, { hits: 0, of: 100 }).isDrift).toBe(false);
});

test("where nothing changes, false alarms keep to the stated rate", () => {
  const random = seededRandom(3);
  let alarms = 0;
  for (let look = 0; look < 3000; look++) {
    const flags = Array.from({ length: 250 }, () => random() < 0.7);
    alarms += Number(compareLatest("accuracy", flags)[0]!.isDrift);
  }
  // At one in a thousand three are expected, and more than ten come once in a thousand times.
  expect(alarms).toBeLessThanOrEqual(10);
});

test("labels are read unit by unit", () => {
  expect(
    statementsOf({ type: "ranking", payload: { ranks: [1, 2, 1] } }).map(({ target, value }) => [target, value]),
  ).toEqual([
    ["0-1", "0"],
    ["0-2", "tie"],
    ["1-2", "1"],
  ]);
  expect(joinAnswers(["0", "1"], "comparison")).toBe("tie");
  expect(joinAnswers(["yes", "no"], "binary")).toBeNull();
  expect(joinAnswers([1, 2], "rating")).toBe(1.5);
  expect([firstShown("0-2", [2, 0]), firstShown("0-2", [0, 1]), firstShown("0-1", [])]).toEqual([1, null, null]);
});

test("gold is read where it is about the same", () => {
  const key = { question: "q", aspect: "overall", part: "answer" } as const;
  expect(goldOf({ type: "comparison", preferred: 1 }, { ...key, type: "comparison" }, "0-1")).toBe("1");
  expect(goldOf({ type: "comparison", preferred: 1 }, { ...key, type: "comparison" }, "0-2")).toBeNull();
  expect(goldOf({ type: "correctness", correct: [true, null] }, { ...key, type: "binary" }, "0")).toBe("yes");
  expect(goldOf({ type: "correctness", correct: [true, null] }, { ...key, type: "binary" }, "1")).toBeNull();
  expect(goldOf(null, { ...key, type: "comparison" }, "0-1")).toBeNull();
});
