import { expect, test } from "vitest";
import { drawSplits } from "./draw-splits";

test("prompts are whole on one side, halves are halves, and a seed draws the same again", () => {
  const groups = Int32Array.from({ length: 1000 }, (_, unit) => Math.floor(unit / 3));
  const splits = drawSplits({ groups, seeds: 5, seed: 1 });
  for (const { fit, pool, test: measured } of splits) {
    const parts = [fit, pool, measured].map((part) => new Set(part.map((unit) => groups[unit]!)));
    expect(parts[0]!.size + parts[1]!.size + parts[2]!.size).toBe(new Set(groups).size);
    expect([...fit, ...pool, ...measured].toSorted((a, b) => a - b)).toEqual([...groups.keys()]);
    expect([fit.length, pool.length, measured.length].map((size) => Math.round(size / 10))).toEqual([50, 30, 20]);
  }
  expect(drawSplits({ groups, seeds: 5, seed: 1 })).toEqual(splits);
  expect(splits[0]).not.toEqual(splits[1]);
});

test("of eight prompts of one size four are fitted on", () => {
  const groups = Int32Array.from({ length: 80 }, (_, unit) => unit % 8);
  for (const { fit, pool, test: measured } of drawSplits({ groups, seeds: 3, seed: 2 }))
    expect([fit.length, pool.length, measured.length]).toEqual([40, 20, 20]);
});

test("what may not be measured is fitted on where its prompt is, and halves are of the rest", () => {
  const groups = Int32Array.from({ length: 400 }, (_, unit) => Math.floor(unit / 4));
  // Of a quarter of the prompts nothing may be measured, of the others every second unit.
  const isMeasured = Uint8Array.from(groups, (group, unit) => Number(group % 4 > 0 && unit % 2 === 0));
  for (const { fit, pool, test: measured } of drawSplits({ groups, isMeasured, seeds: 3, seed: 1 })) {
    expect([pool.length, measured.length]).toEqual([44, 30]);
    expect([...pool, ...measured].every((unit) => isMeasured[unit] === 1)).toBe(true);
    const others = new Set([...pool, ...measured].map((unit) => groups[unit]!));
    expect([...fit]).toEqual([...groups.keys()].filter((unit) => !others.has(groups[unit]!)));
  }
});
