import { expect, test } from "vitest";
import type { AssignmentView } from "@/lib/assignments/schema";
import type { QuestionOf } from "@/lib/projects/schema";
import { binary } from "./binary";
import { ranking, tieWithAbove } from "./ranking";
import { optionsOf, rating } from "./rating";

const assignment = { completions: ["A", "B", "C"].map((label) => ({ label })) } as AssignmentView;
const asked = { id: "q", name: "Question", definition: "" };
const aspects = ["helpful", "truthful"].map((id) => ({ id, name: id, definition: "" }));
const points: QuestionOf<"rating"> = { id: "q", type: "rating", aspects, scale: { kind: "points", points: 10 } };

test("a rating asks for each completion, aspect by aspect, and a digit rates one of them", () => {
  const parts = rating.parts(points, assignment).map(({ name, completion }) => `${name} ${completion}`);
  expect(parts).toEqual(["helpful 0", "helpful 1", "helpful 2", "truthful 0", "truthful 1", "truthful 2"]);
  const given = { question: points, answer: { helpful: [3, null, null] }, assignment };
  expect(rating.onKey("7", given, 4)).toEqual({ answer: { helpful: [3, null, null], truthful: [null, 7, null] } });
  expect(rating.onKey("0", given, 0)).toEqual({ answer: { helpful: [10, null, null] } });
  expect([0, 1, 4].map((part) => rating.isAnswered(given, part))).toEqual([true, false, false]);
});

test("categories are chosen by digit in their order, and what a scale does not have is left to the page", () => {
  const categories = ["no", "unsure", "yes"].map((value) => ({ value, name: value }));
  const question: QuestionOf<"rating"> = { ...points, scale: { kind: "categories", categories } };
  const given = { question, answer: undefined, assignment };
  expect(rating.onKey("3", given, 1)).toEqual({ answer: { helpful: [null, "yes", null] } });
  for (const key of ["4", "0", "b", "="]) expect(rating.onKey(key, given, 0)).toBeNull();
  const low = { kind: "points", points: 3, low: "bad", high: "good" } as const;
  expect(optionsOf(low).map(({ words }) => words)).toEqual(["1, bad", "2", "3, good"]);
});

test("numbers of a range are typed, and one outside of it or between its steps is no answer", () => {
  const question: QuestionOf<"rating"> = { ...points, scale: { kind: "range", min: 0, max: 1, step: 0.1 } };
  const isAnswered = (value: number | null) =>
    rating.isAnswered({ question, answer: { helpful: [value, null, null] }, assignment }, 0);
  expect(rating.onKey("1", { question, answer: undefined, assignment }, 0)).toBeNull();
  expect([0, 0.3, 1].map(isAnswered)).toEqual([true, true, true]);
  expect([null, -0.1, 0.35, 1.1].map(isAnswered)).toEqual([false, false, false, false]);
});

test("1 is yes and 2 is no, for one completion at a time", () => {
  const question: QuestionOf<"binary"> = { ...asked, type: "binary", kind: "correct" };
  const given = { question, answer: { values: [true, null, null] }, assignment };
  expect(binary.onKey("2", given, 1)).toEqual({ answer: { values: [true, false, null] } });
  expect(binary.onKey("1", { ...given, answer: undefined }, 2)).toEqual({ answer: { values: [null, null, true] } });
  expect(binary.onKey("3", given, 0)).toBeNull();
});

test("a digit places the completion in focus, arrows go to the others and stop at the ends", () => {
  const question: QuestionOf<"ranking"> = { ...asked, type: "ranking" };
  const given = { question, answer: { ranks: [2, null, 1] }, assignment };
  expect(ranking.onKey("3", given, 1)).toEqual({ answer: { ranks: [2, 3, 1] } });
  expect(ranking.onKey("4", given, 1)).toBeNull();
  expect(["ArrowRight", "ArrowDown", "ArrowLeft", "ArrowUp"].map((key) => ranking.onKey(key, given, 1))).toEqual([
    ...[{ part: 2 }, { part: 2 }, { part: 0 }, { part: 0 }],
  ]);
  expect([ranking.onKey("ArrowRight", given, 2), ranking.onKey("ArrowLeft", given, 0)]).toEqual([
    { part: 2 },
    { part: 0 },
  ]);
});

test("= ties with the one just above, with the worst so far where nothing is placed yet, else nothing", () => {
  expect(tieWithAbove([2, 3, 1], 1)).toEqual([2, 2, 1]);
  expect(tieWithAbove([2, null, 1], 1)).toEqual([2, 2, 1]);
  expect(tieWithAbove([1, 2, 3], 0)).toBeNull();
  expect(tieWithAbove([null, null, null], 0)).toBeNull();
});
