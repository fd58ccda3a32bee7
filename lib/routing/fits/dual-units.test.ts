import { describe, expect, test } from "vitest";
import { dualUnits, joinAi, type DualLabel } from "./dual-units";

const base = { question: "q", aspect: "overall", outcome: null, confidence: null, costMicros: null };

const comparing = (preferred: 0 | 1 | "tie", fields: Partial<DualLabel> = {}): DualLabel => ({
  ...{ ...base, type: "comparison", source: "human", annotator: "user:a" },
  payload: { pair: [0, 1], preferred, bothBad: false, strength: preferred === "tie" ? 0 : 1, scale: 5 },
  ...fields,
});
const judging = (preferred: 0 | 1 | "tie", fields: Partial<DualLabel> = {}): DualLabel =>
  comparing(preferred, { source: "lm", annotator: "judge:j@1", confidence: 0.9, costMicros: 5, ...fields });

describe("labels as numbers", () => {
  test("of a pair 1 is the first, 0 the second and a half a tie", () => {
    const labels = [comparing(0), comparing(1, { annotator: "user:b" }), comparing("tie", { annotator: "user:c" })];
    expect(dualUnits([...labels, judging(0)], new Map())).toEqual([
      {
        target: "0-1",
        people: [1, 0, 0.5],
        ai: [{ annotator: "judge:j@1", label: 1, confidence: 0.9, costMicros: 5 }],
      },
    ]);
  });

  test("what only people or only AI labelled is no unit", () => {
    expect(dualUnits([comparing(0)], new Map())).toEqual([]);
    expect(dualUnits([judging(0)], new Map())).toEqual([]);
  });

  test("samples of one annotator are one label, and the newest version of a judge has its say", () => {
    const samples = [judging(0), judging(0), judging(1)];
    const [unit] = dualUnits([comparing(1), ...samples, judging(1, { annotator: "judge:j@2" })], new Map());
    expect(unit!.ai).toEqual([{ annotator: "judge:j@2", label: 0, confidence: 0.9, costMicros: 5 }]);
    const [own] = dualUnits([comparing(1), ...samples], new Map());
    expect(own!.ai).toEqual([
      { annotator: "judge:j@1", label: 1, confidence: expect.closeTo(0.9) as number, costMicros: 15 },
    ]);
  });

  test("a judge that contradicts itself is sure of nothing", () => {
    const [unit] = dualUnits([comparing(1), judging("tie", { outcome: "inconsistent", confidence: 0.5 })], new Map());
    expect(unit!.ai[0]).toMatchObject({ label: 0.5, confidence: 0 });
  });

  test("a ranking is about each of its pairs, and words of a rating are told apart", () => {
    const ranking = (ranks: number[], fields: Partial<DualLabel>): DualLabel =>
      ({ ...base, type: "ranking", source: "human", annotator: "user:a", payload: { ranks }, ...fields }) as DualLabel;
    const ranked = dualUnits(
      [ranking([1, 2, 2], {}), ranking([2, 1, 3], { source: "lm", annotator: "import:gpt" })],
      new Map(),
    );
    expect(ranked.map(({ target, people, ai }) => [target, people[0], ai[0]!.label])).toEqual([
      ["0-1", 1, 0],
      ["0-2", 1, 1],
      ["1-2", 0.5, 1],
    ]);
    const rating = (value: string, fields: Partial<DualLabel>): DualLabel =>
      ({
        ...base,
        type: "rating",
        source: "human",
        annotator: "user:a",
        payload: { completion: 0, aspect: "overall", value },
        ...fields,
      }) as DualLabel;
    const codes = new Map<string, number>();
    const [rated] = dualUnits([rating("good", {}), rating("poor", { source: "lm", annotator: "import:gpt" })], codes);
    expect([rated!.people, rated!.ai[0]!.label]).toEqual([[0], 1]);
  });
});

test("several AI are as sure as they are on average, the outvoted ones of the opposite", () => {
  const said = (label: number, confidence: number | null) => ({ annotator: "a", label, confidence, costMicros: 2 });
  expect(joinAi([said(1, 0.9), said(1, 0.8), said(0, 0.7)], true)).toEqual({
    ...{ label: 1, confidence: expect.closeTo((0.9 + 0.8 + 0.3) / 3) as number, costMicros: 6 },
  });
  expect(joinAi([said(1, null), said(0, null)], true)).toMatchObject({ label: 0.5, confidence: null });
  expect(joinAi([said(3, null), said(4, null)], false)).toMatchObject({ label: 3 });
});
