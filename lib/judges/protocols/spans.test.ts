import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { aJudgeQuestion } from "@/lib/testing/judge-questions";
import { spans, type SpansSaid } from "./spans";

const question = aJudgeQuestion("spans", { completions: ["🌱 The sky is green. The sky is high."] });
const parse = (text: string) => spans.parse({ text }, question);

describe("an answer", () => {
  test("marks what it quotes, in code points, and keeps what is not there", () => {
    const said = [
      { quote: "sky is green", category: "wrong", severity: "major", note: "It is blue." },
      { quote: "the sky", category: "vague", severity: "minor", occurrence: 2 },
      { quote: "The sea is deep and cold.", category: "wrong", severity: "minor", note: null },
    ];
    expect(parse(JSON.stringify({ reasoning: "why", spans: said }))).toEqual({
      kind: "spans",
      spans: [
        { start: 6, end: 18, category: "wrong", severity: "major", note: "It is blue." },
        { start: 20, end: 27, category: "vague", severity: "minor" },
      ],
      unaligned: [{ quote: "The sea is deep and cold.", category: "wrong", severity: "minor" }],
      reasoning: "why",
    });
  });

  test("marks whole units of categories that have some", () => {
    const [first, ...others] = question.categories;
    const units = { ...question, categories: [{ ...first!, unit: "sentence" as const }, ...others] };
    const said = [
      { quote: "green", category: "wrong", severity: "minor" },
      { quote: "high", category: "vague", severity: "minor" },
    ];
    expect(spans.parse({ text: JSON.stringify({ spans: said }) }, units)).toMatchObject({
      spans: [
        { start: 0, end: 19 },
        { start: 31, end: 35 },
      ],
    });
  });

  test("may find nothing", () => {
    expect(parse('{"spans": []}')).toEqual({ kind: "spans", spans: [], unaligned: [], reasoning: null });
  });

  test.each([
    ["{}", '"spans" is not a list of objects'],
    ['{"spans": {}}', '"spans" is not a list of objects'],
    [
      '{"spans": [{"quote": "sky", "severity": "minor"}]}',
      '"spans 1 category" is missing, which is not "wrong" or "vague"',
    ],
    [
      '{"spans": [{"quote": "sky", "category": "Wrong", "severity": "minor"}]}',
      '"spans 1 category" is "Wrong", which is not "wrong" or "vague"',
    ],
    [
      '{"spans": [{"quote": "sky", "category": "wrong"}]}',
      '"spans 1 severity" is missing, which is not "minor" or "major"',
    ],
    ['{"spans": [{"quote": " ", "category": "wrong", "severity": "minor"}]}', '"spans 1 quote" is empty'],
    [
      '{"spans": [{"quote": "sky", "category": "wrong", "severity": "minor", "occurrence": "2"}]}',
      '"spans 1 occurrence" is "2", which is not a whole number from 1 to 10000',
    ],
  ])("%s is invalid: %s", (text, problem) => {
    expect(parse(text)).toEqual({ kind: "invalid", problem });
  });

  test("without severities none is asked for, and none is kept", () => {
    const plain = aJudgeQuestion("spans", { severities: [] });
    expect(spans.describeAnswer(plain)).not.toContain("severity");
    const text = '{"spans": [{"quote": "fruit", "category": "wrong", "severity": "minor"}]}';
    expect(spans.parse({ text }, plain)).toMatchObject({ spans: [{ start: 16, end: 21, category: "wrong" }] });
    expect((spans.parse({ text }, plain) as SpansSaid).spans[0]).not.toHaveProperty("severity");
  });
});

test("what is written is read back, which of several places included", () => {
  const words = ["🌱", "is", "green", "is", "é", "green", "is"];
  const raw = words.join(" ");
  const borders = [...raw.matchAll(/\S+/gu)].map(({ 0: word, index }) => {
    const start = [...raw.slice(0, index)].length;
    return { start, end: start + [...word].length };
  });
  fc.assert(
    fc.property(fc.subarray(borders), (places) => {
      const said: SpansSaid = {
        kind: "spans",
        spans: places.map((place) => ({ ...place, category: "wrong", severity: "minor" })),
        ...{ unaligned: [], reasoning: null },
      };
      const asked = aJudgeQuestion("spans", { completions: [raw] });
      expect(spans.parse({ text: JSON.stringify(spans.write(said, asked)) }, asked)).toEqual(said);
    }),
  );
});
