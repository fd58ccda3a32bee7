import { expect, test } from "vitest";
import type { Question, TaskSchema } from "@/lib/projects/schema";
import type { Shown } from "./answer-type";
import { readAnswers } from "./read-answers";
import { toLabels } from "./to-labels";

const text = "It is high. It has a light.";
const shown: Shown = { order: [0], completions: [{ text, steps: [text] }], prompt: "Why?", messages: null };
const errors = (unit?: "sentence"): Question => ({
  ...{ id: "errors", type: "spans", name: "Errors", definition: "", severities: [], onPrompt: false },
  categories: [
    { id: "wrong", name: "Wrong", definition: "", ...(unit && { unit }) },
    { id: "odd", name: "Odd", definition: "" },
  ],
});

test("marks from before their category had a unit are read as the whole units that they touch, each once", () => {
  const mark = (category: string, start: number, end: number) => ({ on: 0, start, end, category });
  const said = [mark("odd", 0, 2), mark("odd", 1, 4), mark("wrong", 0, 2), mark("wrong", 6, 10), mark("wrong", 12, 14)];
  const schema = (question: Question): TaskSchema => ({ questions: [question], reason: "off" });
  const answers = { errors: { covered: [0], spans: said } };
  const { labels } = toLabels(schema(errors()), answers, [0]);
  const before = readAnswers(schema(errors()), labels, shown).errors as typeof answers.errors;
  expect(before.spans).toHaveLength(said.length);
  expect(readAnswers(schema(errors("sentence")), labels, shown)).toEqual({
    errors: {
      covered: [0],
      spans: [mark("odd", 0, 2), mark("wrong", 0, 11), mark("odd", 1, 4), mark("wrong", 12, 27)],
    },
  });
});
