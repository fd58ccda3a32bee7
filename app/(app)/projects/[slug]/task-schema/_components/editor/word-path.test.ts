import { expect, test } from "vitest";
import { translatorOf } from "@/lib/testing/translator";
import { wordPath } from "./word-path";

test.each([
  ["questions.0.aspects.1.name", "Question 1, aspect 2, name"],
  ["questions", "Questions"],
  ["questions.3.scale.names", "Question 4, scale, names"],
  ["reveal.0.after", "What is shown 1, after"],
  ["questions.0.when.is.1", "Question 1, when, is 2"],
])("%s is %s", (path, words) => {
  expect(wordPath(path, translatorOf("taskSchema.faults"))).toBe(words);
});
