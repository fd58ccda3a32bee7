import { mkdtempSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { judgeOf, readUnits } from "./read-units";

const label = (annotator: string, kind: string, preferred: unknown, pair?: [number, number]) => ({
  ...{ annotator, kind, type: "comparison", preferred },
  ...(pair && { pair }),
});

const lines = [
  {
    ...{ id: "1", prompt: "Why?", completions: [{ text: "a" }, { text: "b" }, { text: "c" }] },
    labels: [
      label("p", "human", 0),
      label("q", "human", 0, [0, 1]),
      label("r", "human", "tie"),
      label("gpt-3.5", "lm", 1),
      label("gpt-4", "lm", 0),
      label("p", "human", 1, [1, 2]),
    ],
  },
  {
    ...{ id: "2", prompt: "", completions: [{ text: null }, { text: null }] },
    labels: [label("p", "human", 0), label("q", "human", 1), label("gpt-3.5", "lm", "tie")],
  },
  { id: "3", prompt: "Why?", completions: [{ text: "a" }, { text: "d" }], labels: [label("p", "human", 0)] },
];

function written(): string {
  const file = path.join(mkdtempSync(path.join(os.tmpdir(), "tandem-units-")), "data.jsonl.gz");
  writeFileSync(file, gzipSync(lines.map((line) => JSON.stringify(line)).join("\n")));
  return file;
}

test("pairs that people and an LM compared are read, those without a prompt as groups of their own", () => {
  const units = readUnits(written());
  expect(units).toEqual([
    {
      ...{ group: 0, prompt: "Why?", texts: ["a", "b"], people: Float64Array.of(1, 1, 0.5), human: 1 },
      lms: new Map([
        ["gpt-3.5", 0],
        ["gpt-4", 1],
      ]),
    },
    {
      ...{ group: 1, prompt: "", texts: null, people: Float64Array.of(1, 0), human: NaN },
      lms: new Map([["gpt-3.5", 0.5]]),
    },
  ]);
});

test("the judge is the one that is named, else the first gpt-4, else the first", () => {
  const units = readUnits(written());
  expect(judgeOf(units, undefined)).toBe("gpt-4");
  expect(judgeOf(units, "gpt-3.5")).toBe("gpt-3.5");
  expect(judgeOf(units.slice(1), undefined)).toBe("gpt-3.5");
  expect(() => judgeOf(units, "claude")).toThrow("Name an LM of the file with --judge: gpt-3.5, gpt-4.");
  expect(() => judgeOf([], undefined)).toThrow(/No LM compares/);
});
