import { expect, test } from "vitest";
import { compare, cpuPerCall, quantile, unstored } from "./figures";
import { processFigures } from "./process-figures";
import { betterOf, completionsOf, promptOf, readPrompt } from "./questions";

test("CPU a call is that of each window, without those in which hardly anything was asked", () => {
  const samples = [
    { cpuSeconds: 1, requests: 0 },
    { cpuSeconds: 1.5, requests: 100 },
    { cpuSeconds: 1.9, requests: 105 },
    { cpuSeconds: 2.1, requests: 205 },
  ];
  expect(cpuPerCall(samples).map((ms) => Math.round(ms * 10) / 10)).toEqual([5, 2]);
  expect(cpuPerCall([])).toEqual([]);
});

test("the middle of three is the median, and nothing has none", () => {
  expect(quantile([3, 1, 2], 0.5)).toBe(2);
  expect(quantile([], 0.5)).toBeNull();
});

test("what is missing is lost; what is there twice, or unasked, is doubled", () => {
  expect(compare(["a", "b", "c"], ["a", "a", "b", "x"])).toEqual({ lost: 1, doubled: 2 });
  expect(compare(["a"], ["a"])).toEqual({ lost: 0, doubled: 0 });
});

test("an answer that came twice and is stored once was paid in vain once", () => {
  const answered = [
    ["a", 2],
    ["b", 1],
    ["c", 1],
  ] as const;
  expect(unstored(answered, ["a", "b"])).toEqual({ unstored: 2, invented: 0 });
  expect(unstored(answered, ["a", "b", "c", "d"])).toEqual({ unstored: 1, invented: 1 });
});

test("a prompt tells its instance, and the longer completion is the better one", () => {
  expect(readPrompt(promptOf("killed-2", 17))).toEqual({ slug: "killed-2", n: 17 });
  for (const n of [4, 5]) {
    const lengths = completionsOf(n).map(({ length }) => length);
    expect(lengths.indexOf(Math.max(...lengths))).toBe(betterOf(n));
  }
  expect(() => readPrompt("Who are you?")).toThrow("no question of the measurement");
});

test("a process says what it took of processor and memory", () => {
  const { cpuSeconds, peakMb } = processFigures(process.pid);
  expect(cpuSeconds).toBeGreaterThan(0);
  expect(peakMb).toBeGreaterThan(20);
});
