import { expect, test } from "vitest";
import { seededRandom } from "@/lib/stats/random";
import { cascadeCuts, confidenceCuts, escalatedShare } from "./cuts";

type Entry = [number, boolean, number, number];
const promise = { alpha: 0.1, delta: 0.1 };

/** Labels of pairs 0, 1 ..., each of a prompt of its own. */
const entries = (count: number, of: (pair: number) => [number, boolean]): Entry[] =>
  Array.from({ length: count }, (_, pair) => [...of(pair), pair, pair]);

test("a judge that is right where it is sure gets a cut there, and one that never is gets none", () => {
  const confidences = {
    sure: entries(400, (pair) => [pair < 300 ? 0.9 : 0.5, pair < 300 ? pair % 50 > 0 : pair % 2 === 0]),
    unsure: entries(400, (pair) => [0.9, pair % 2 === 0]),
  };
  expect(confidenceCuts(confidences, ["sure", "unsure", "unknown"], promise)).toEqual([
    { judge: "sure", confidence: 0.9 },
    { judge: "unsure", confidence: null },
    { judge: "unknown", confidence: null },
  ]);
});

test("pairs of one prompt count once", () => {
  const one = entries(400, () => [0.9, true]).map(([sure, agrees, , pair]): Entry => [sure, agrees, 0, pair]);
  expect(confidenceCuts({ one }, ["one"], promise)).toEqual([{ judge: "one", confidence: null }]);
});

test("with more judges each has a smaller part of what may go wrong", () => {
  // 22 labels without an error pass at delta .1, and not at .05.
  const confidences = { a: entries(22, () => [0.9, true]), b: entries(22, () => [0.9, true]) };
  expect(confidenceCuts(confidences, ["a"], promise)[0]!.confidence).toBe(0.9);
  expect(confidenceCuts(confidences, ["a", "b"], promise)[0]!.confidence).toBeNull();
});

test("the second judge of a cascade is calibrated on what the first passes on", () => {
  // The second is always right on the first 300, which the first keeps, and never on the rest.
  const confidences = {
    first: entries(500, (pair) => [pair < 300 ? 0.9 : 0.4, pair < 300]),
    second: entries(500, (pair) => [0.8, pair < 300]),
    able: entries(500, (pair) => [pair < 450 ? 0.8 : 0.3, pair < 450]),
  };
  expect(cascadeCuts(confidences, ["first", "second"], promise)).toEqual([
    { judge: "first", confidence: 0.9 },
    { judge: "second", confidence: null },
  ]);
  const cuts = cascadeCuts(confidences, ["first", "able"], promise);
  expect(cuts[1]).toEqual({ judge: "able", confidence: 0.8 });
  expect(escalatedShare(confidences, cuts, true)).toBeCloseTo(50 / 500, 12);
  expect(escalatedShare(confidences, cuts, false)).toBeCloseTo(200 / 500, 12);
});

test("what no judge labelled is expected to go to people", () => {
  expect(escalatedShare({}, [{ judge: "a", confidence: 0.5 }], false)).toBe(1);
});

test("the part that a cascade leaves to AI keeps the promise at least as often as it says", () => {
  const random = seededRandom(5);
  let broken = 0;
  let kept = 0;
  for (let repetition = 0; repetition < 300; repetition++) {
    // Right as often as they are sure, which is known here.
    const draw = () => entries(400, () => judged(random()));
    const judged = (sure: number): [number, boolean] => [sure, random() < 0.5 + sure / 2];
    const cuts = cascadeCuts({ first: draw(), second: draw() }, ["first", "second"], { alpha: 0.15, delta: 0.1 });
    // Above a cut t the sureness is uniform: errors are (1 - t) / 4 of what stands.
    const [first, second] = cuts.map(({ confidence }) => confidence ?? 1);
    const stays = { first: 1 - first!, second: first! * (1 - second!) };
    const errors = (stays.first * (1 - first!)) / 4 + (stays.second * (1 - second!)) / 4;
    const share = stays.first + stays.second;
    kept += share;
    if (share > 0 && errors / share > 0.15) broken++;
  }
  expect(broken / 300).toBeLessThanOrEqual(0.1);
  expect(kept / 300).toBeGreaterThan(0.3);
});
