import { expect, test } from "vitest";
import type { AssignmentView } from "@/lib/assignments/schema";
import type { ComparisonQuestion } from "@/lib/projects/schema";
import { comparison } from "./comparison";

const aspects = ["helpful", "truthful"].map((id) => ({ id, name: id, definition: "" }));
const question: ComparisonQuestion = { id: "comparison", type: "comparison", scale: 5, aspects, bothBad: true };
const given = { question, answer: { helpful: 1 }, assignment: {} as AssignmentView };

test("digits of the scale and B choose on the current aspect, the other stays", () => {
  expect(comparison.onKey("5", given, 1)).toEqual({ answer: { helpful: 1, truthful: 5 } });
  expect(comparison.onKey("b", given, 0)).toEqual({ answer: { helpful: "both-bad" } });
});

test("a key keeps the reasons of the completion that stays preferred", () => {
  const offering = { ...question, aspects: aspects.map((one) => ({ ...one, reasons: ["right", "clear"] })) };
  const ticked = { ...given, question: offering, answer: { helpful: { choice: 1, reasons: ["clear"] } } };
  expect(comparison.onKey("2", ticked, 0)).toEqual({ answer: { helpful: { choice: 2, reasons: ["clear"] } } });
  expect(comparison.onKey("4", ticked, 0)).toEqual({ answer: { helpful: 4 } });
});

test("what the question does not offer is left to the page", () => {
  for (const key of ["0", "6", "s", "ArrowUp", "="]) expect(comparison.onKey(key, given, 0), key).toBeNull();
  expect(comparison.onKey("b", { ...given, question: { ...question, bothBad: false } }, 0)).toBeNull();
});

test("each aspect is a part, answered by itself", () => {
  expect(comparison.parts(question, given.assignment).map(({ name }) => name)).toEqual(["helpful", "truthful"]);
  expect([0, 1].map((part) => comparison.isAnswered(given, part))).toEqual([true, false]);
});
