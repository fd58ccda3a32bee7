import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { aJudgeQuestion, answerTokens } from "@/lib/testing/judge-questions";
import { comparison, comparisonVerdict, type ComparisonSaid } from "./comparison";

type Scale = { maxStrength: number; allowsTie: boolean };
const parse = (text: string, scale: Partial<Scale> = {}) =>
  comparison.parse({ text }, aJudgeQuestion("comparison", scale));

describe("an answer", () => {
  test.each<[string, ComparisonSaid]>([
    ['{"preferred": "A", "strength": 2}', { kind: "preferred", choice: "A", strength: 2, reasoning: null }],
    [
      'B is right.\n```json\n{"reasoning": "true", "preferred": "B", "strength": 1}\n```',
      { kind: "preferred", choice: "B", strength: 1, reasoning: "true" },
    ],
    ['First {"preferred": "A", "strength": 1}, then again {"preferred": "tie"}', { kind: "tie", reasoning: null }],
    ['{"preferred": "tie", "strength": 0, "reasoning": "same"}', { kind: "tie", reasoning: "same" }],
    ['<think>\n{"preferred": "A", "strength": 2}\n</think>\n{"preferred": "tie"}', { kind: "tie", reasoning: null }],
  ])("%s", (text, expected) => {
    expect(parse(text)).toEqual(expected);
  });

  test.each([
    ["A is better.", "it contains no JSON object"],
    ["", "it contains no JSON object"],
    ["A", "it contains no JSON object"],
    ['{"preferred": "a", "strength": 1}', '"preferred" is "a", which is not "A", "B" or "tie"'],
    ['{"preferred": "Completion A"}', '"preferred" is "Completion A", which is not "A", "B" or "tie"'],
    ['{"preferred": "A"}', '"strength" is missing, which is not a whole number from 1 to 2'],
    ['{"preferred": "A", "strength": 0}', '"strength" is 0, which is not a whole number from 1 to 2'],
    ['{"preferred": "A", "strength": 3}', '"strength" is 3, which is not a whole number from 1 to 2'],
    ['{"preferred": "A", "strength": 1.5}', '"strength" is 1.5, which is not a whole number from 1 to 2'],
    ['{"preferred": "A", "strength": "2"}', '"strength" is "2", which is not a whole number from 1 to 2'],
    ['{"strength": 2}', '"preferred" is missing, which is not "A", "B" or "tie"'],
    ['{"preferred": "A", "strength": 2} or {"winner": "A"}', '"preferred" is missing, which is not "A", "B" or "tie"'],
    ['{"verdict": {"preferred": "A", "strength": 2}}', '"preferred" is missing, which is not "A", "B" or "tie"'],
  ])("%s is invalid: %s", (text, problem) => {
    expect(parse(text)).toEqual({ kind: "invalid", problem });
  });

  test("a scale without a tie takes none, and one of a single point needs no number", () => {
    expect(parse('{"preferred": "tie"}', { maxStrength: 1, allowsTie: false })).toEqual({
      ...{ kind: "invalid", problem: '"preferred" is "tie", which is not "A" or "B"' },
    });
    expect(parse('{"preferred": "B"}', { maxStrength: 1, allowsTie: false })).toMatchObject({
      choice: "B",
      strength: 1,
    });
  });
});

test("the format is what the scale can hold", () => {
  const describeAnswer = (scale: Scale) => comparison.describeAnswer(aJudgeQuestion("comparison", scale));
  expect(describeAnswer({ maxStrength: 4, allowsTie: true })).toContain(
    "from 1 (slightly better) to 4 (much better); for a tie leave it out",
  );
  expect(describeAnswer({ maxStrength: 1, allowsTie: false })).toContain('"preferred" is "A" or "B". "strength" is 1.');
});

test("letters in brackets do where the scale has no strengths, C being the tie", () => {
  const points = { maxStrength: 1, allowsTie: true };
  expect(parse("Both are fine, but [[B]]", points)).toEqual({
    ...{ kind: "preferred", choice: "B", strength: 1, reasoning: null },
  });
  expect(parse("[[C]]", points)).toEqual({ kind: "tie", reasoning: null });
  expect(parse("[[C]]", { maxStrength: 1, allowsTie: false }).kind).toBe("invalid");
  expect(parse("[[D]]", points).kind).toBe("invalid");
  expect(parse("[[B]]")).toEqual({ kind: "invalid", problem: "it contains no JSON object" });
});

test("what is written is read back", () => {
  const reasoning = fc.option(fc.string());
  const said: fc.Arbitrary<ComparisonSaid> = fc.oneof(
    fc.record({
      ...{ kind: fc.constant("preferred" as const), choice: fc.constantFrom("A" as const, "B" as const), reasoning },
      strength: fc.integer({ min: 1, max: 4 }),
    }),
    fc.record({ kind: fc.constant("tie" as const), reasoning }),
  );
  const question = aJudgeQuestion("comparison", { maxStrength: 4 });
  fc.assert(
    fc.property(said, (one) => {
      fc.pre(!one.reasoning?.includes("\0"));
      expect(comparison.parse({ text: JSON.stringify(comparison.write(one, question)) }, question)).toEqual(one);
    }),
  );
});

describe("probabilities of tokens", () => {
  const answer = (choices: Record<string, number>) => {
    const tokens = answerTokens('{"preferred": "', choices, '", "strength": 1}');
    return comparison.parse({ text: tokens.map(({ text }) => text).join(""), tokens }, aJudgeQuestion("comparison"));
  };

  test("are that A is better, with half of a tie's", () => {
    expect(answer({ A: 0.7, B: 0.1, tie: 0.2 })).toMatchObject({ kind: "preferred", choice: "A" });
    expect((answer({ A: 0.7, B: 0.1, tie: 0.2 }) as ComparisonSaid).probability).toBeCloseTo(0.8);
    expect(answer({ B: 0.6, A: 0.2, tie: 0.2 })).toMatchObject({ choice: "B" });
    expect(answer({ tie: 0.8, A: 0.15, B: 0.05 })).toMatchObject({ kind: "tie" });
    expect((answer({ tie: 0.8, A: 0.15, B: 0.05 }) as ComparisonSaid).probability).toBeCloseTo(0.55);
  });

  test("are null where the choices do not have them, and left out where nobody asked", () => {
    expect(answer({ A: 0.5, x: 0.5 })).toMatchObject({ choice: "A", probability: null });
    expect(parse('{"preferred": "A", "strength": 1}')).not.toHaveProperty("probability");
  });

  test("are turned with the order", () => {
    const said: ComparisonSaid = { kind: "preferred", choice: "A", strength: 1, reasoning: null, probability: 0.75 };
    expect(comparisonVerdict(said, false)).toMatchObject({ preferred: 0, probability: 0.75 });
    expect(comparisonVerdict(said, true)).toMatchObject({ preferred: 1, probability: 0.25 });
    expect(comparisonVerdict({ ...said, probability: null }, true)).toMatchObject({ probability: null });
    expect(comparisonVerdict({ kind: "tie", reasoning: "same" }, true)).toEqual({ kind: "tie", reasoning: "same" });
  });
});
