import { expect, test } from "vitest";
import type { Answers, AssignmentView } from "@/lib/assignments/schema";
import { placeAfter } from "./advance";

const aspects = ["helpful", "true"].map((id) => ({ id, name: id, definition: "" }));
const named = (id: string) => ({ id, name: id, definition: "" });

/** Two aspects compared (places 0, 1), a text each (2, 3), yes or no each (4, 5), a number of a range each (6, 7). */
const assignment = {
  completions: [{ text: "a" }, { text: "b" }],
  schema: {
    questions: [
      { id: "comparison", type: "comparison", scale: 5, bothBad: true, aspects },
      { ...named("critique"), type: "critique", isRequired: true, rewrite: "off" },
      { ...named("safe"), type: "binary", kind: "thumb" },
      { id: "rating", type: "rating", scale: { kind: "range", min: 0, max: 100, step: 1 }, aspects: aspects.slice(1) },
    ],
    reason: "off",
  },
} as unknown as AssignmentView;
const after = (answers: Answers, place: number) => placeAfter({ assignment, answers }, place);

test("a key that answers goes on to the next place that one key answers, over those that take more", () => {
  expect(after({ comparison: { helpful: 1 } }, 0)).toBe(1);
  expect(after({ comparison: { helpful: 1, true: 2 } }, 1)).toBe(4);
  expect(after({ comparison: { helpful: 1, true: 2 }, safe: { values: [true, null] } }, 4)).toBe(5);
});

test("after the last place it goes back to one that was left open, and stays when none is", () => {
  expect(after({ comparison: { true: 2 }, safe: { values: [true, false] } }, 5)).toBe(0);
  expect(after({ comparison: { helpful: 1, true: 2 }, safe: { values: [true, false] } }, 5)).toBeNull();
});

test("from a place that takes more than one key it never goes on", () => {
  for (const place of [2, 3, 6, 7]) expect(after({}, place)).toBeNull();
});
