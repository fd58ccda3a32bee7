import { expect, test } from "vitest";
import type { Question } from "@/lib/projects/schema";
import { askedAnswers, isAsked } from "./schema";

const named = (id: string) => ({ id, name: id, definition: "" });
const ok: Question = { ...named("ok"), type: "binary", kind: "correct" };
const rating: Question = {
  ...{ id: "stars", type: "rating", scale: { kind: "points", points: 5 } },
  aspects: [named("clear"), named("short")],
  when: { question: "ok", is: [true] },
};
const why: Question = {
  ...{ ...named("why"), type: "critique", isRequired: true, rewrite: "off" },
  when: { question: "stars", aspect: "clear", is: [1, 2] },
};
const questions = [ok, rating, why];

test("a question without a condition is asked, others once any completion has an answer that is named", () => {
  expect(questions.map((one) => isAsked(one, questions, {}))).toEqual([true, false, false]);
  const answers = { ok: { values: [false, true] }, stars: { clear: [5, null], short: [1, 1] } };
  expect(questions.map((one) => isAsked(one, questions, answers))).toEqual([true, true, false]);
  const low = { ...answers, stars: { clear: [5, 2] } };
  expect(questions.map((one) => isAsked(one, questions, low))).toEqual([true, true, true]);
});

test("what hangs on a question that is not asked is not asked either, and answers to it say nothing", () => {
  const critique = { completions: [{ text: "Poor.", rewrite: null }] };
  const answers = { ok: { values: [false] }, stars: { clear: [1] }, why: critique };
  expect(isAsked(why, questions, answers)).toBe(false);
  expect(askedAnswers(questions, answers)).toEqual({ ok: answers.ok });
  const yes = { ...answers, ok: { values: [true] } };
  expect(askedAnswers(questions, yes)).toEqual(yes);
});
