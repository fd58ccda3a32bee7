import { expect, test } from "vitest";
import { upperBound } from "@/lib/stats/clopper-pearson";
import { measuredOf, measureFit, type FitSource } from "./measure-fit";

const units = 240;

/**
 * Two pairs of each prompt. The judge is right on five of six prompts of those that stand for all, and never on the others,
 * which it was passed on for, half as many.
 */
function aSource(): FitSource {
  const groups = Int32Array.from({ length: units }, (_, unit) => Math.floor(unit / 2));
  const isRepresentative = Uint8Array.from(groups, (group) => Number(group % 3 > 0));
  const human = new Float64Array(units).fill(1);
  const label = Float64Array.from(groups, (group, unit) => Number(isRepresentative[unit] === 1 && group % 18 > 2));
  const confidence = new Float64Array(units).fill(0.9);
  const costMicros = new Float64Array(units).fill(NaN);
  return {
    backtest: {
      ...{ people: Array.from(human, () => Float64Array.of(1, 1)), human, groups },
      ...{ lm: { label, confidence, costMicros: null }, cascade: null, humanMicros: null },
    },
    ...{ learning: null, isRepresentative },
    judges: [
      { judge: "judge:a@1", name: "A", units: Int32Array.from(groups.keys()), labels: label, confidence, costMicros },
    ],
  };
}

test("only what stands for all is measured, and bounds are of one label a prompt", async () => {
  const source = aSource();
  const { backtest, judgeAccuracy, risks } = await measureFit(
    source,
    { mixes: 50, hidden: 0, seed: 1 },
    () => undefined,
  );
  const standing = source.backtest.lm.label.filter((_, unit) => source.isRepresentative[unit] === 1);
  const accuracy = standing.reduce((sum, right) => sum + right, 0) / standing.length;
  expect(standing).toHaveLength(160);
  expect(judgeAccuracy.value).toBeCloseTo(accuracy, 6);
  const random = backtest.curves.find(({ policy }) => policy === "random")!;
  expect(Math.abs(random.points[0]!.labelAccuracy.value - accuracy)).toBeLessThan(0.05);
  const [{ labels, curve }] = risks as [(typeof risks)[number]];
  expect(labels).toBe(160);
  const errors = Math.round((1 - accuracy) * 80);
  expect(curve).toEqual([
    {
      confidence: 0.9,
      coverage: 1,
      risk: errors / 80,
      bound: expect.closeTo(upperBound(errors, 80, 0.1), 9) as number,
    },
  ]);
});

test("where too few stand for all, all are measured", () => {
  const { groups } = aSource().backtest;
  const fifty = Uint8Array.from(groups, (_, unit) => Number(unit < 50));
  expect(measuredOf(fifty, groups)).toEqual(fifty);
  const all = new Uint8Array(units).fill(1);
  expect(measuredOf(fifty.with(0, 0), groups)).toEqual(all);
  const fewPrompts = Int32Array.from(groups, (group) => group % 4);
  expect(measuredOf(fifty, fewPrompts)).toEqual(all);
});
