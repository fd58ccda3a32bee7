import { expect, test } from "vitest";
import { comparisonPayload, comparisonScales, signedStrength } from "@/lib/labels/schema";
import { defaultTaskSchema, type ComparisonQuestion } from "@/lib/projects/schema";
import { answerOf, checkAnswers, payloadOf } from "./answers";

test.each([
  [2, [0, 1], [1, -1]],
  [2, [1, 0], [-1, 1]],
  [3, [0, 1], [1, 0, -1]],
  [5, [0, 1], [1, 0.5, 0, -0.5, -1]],
  [5, [1, 0], [-1, -0.5, 0, 0.5, 1]],
  [7, [0, 1], [1, 2 / 3, 1 / 3, 0, -1 / 3, -2 / 3, -1]],
  [9, [4, 2], [-1, -0.75, -0.5, -0.25, 0, 0.25, 0.5, 0.75, 1]],
] as const)(
  "a scale of %i shown as %j means these signed strengths of the canonical pair",
  (scale, shown, strengths) => {
    const payloads = strengths.map((_, index) => payloadOf(index + 1, scale, shown));
    expect(payloads.map(signedStrength)).toEqual(strengths);
  },
);

test("every answer makes a valid payload and comes back from it, whatever the order shown", () => {
  for (const scale of comparisonScales) {
    for (const shown of [
      [0, 1],
      [1, 0],
      [3, 1],
    ] as const) {
      for (const answer of [...Array.from({ length: scale }, (_, i) => i + 1), "both-bad" as const]) {
        const payload = payloadOf(answer, scale, shown);
        expect(comparisonPayload.parse(payload)).toEqual(payload);
        expect(answerOf(payload, shown)).toBe(answer);
      }
    }
  }
});

test("a payload about another pair is no answer here", () => {
  expect(answerOf(payloadOf(1, 5, [0, 1]), [0, 2])).toBeNull();
});

const question: ComparisonQuestion = {
  ...defaultTaskSchema.questions[0],
  aspects: [
    { id: "a", name: "Apt", definition: "" },
    { id: "b", name: "Brief", definition: "" },
  ],
};

test("all faults of a submission are named at once", () => {
  const faults = (...args: Parameters<typeof checkAnswers>) => {
    try {
      checkAnswers(...args);
      return [];
    } catch (error) {
      return (error as { faults: { path: string }[] }).faults.map(({ path }) => path);
    }
  };
  expect(faults(question, { a: 5, b: "both-bad" }, "")).toEqual([]);
  expect(faults(question, { a: 6, c: 1 }, "")).toEqual(["answers.a", "answers.b", "answers.c"]);
  expect(faults({ ...question, bothBad: false, reason: "required" }, { a: "both-bad", b: 3 }, "  ")).toEqual([
    "answers.a",
    "reason",
  ]);
  expect(faults({ ...question, reason: "off" }, { a: 1, b: 3 }, "why")).toEqual(["reason"]);
});
