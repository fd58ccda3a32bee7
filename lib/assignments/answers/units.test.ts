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

test("marks that become one whole unit keep the severity of most of them, all notes and the quotes of critiques", () => {
  const critique: Question = {
    ...{ id: "critique", type: "critique", name: "Critique", definition: "" },
    ...{ isRequired: false, rewrite: "off", quotes: "errors" },
  };
  const asked = (unit?: "sentence") => ({ ...errors(unit), severities: ["minor", "major"] }) as Question;
  const schema = (unit?: "sentence"): TaskSchema => ({ questions: [critique, asked(unit)], reason: "off" });
  const two: Shown = { ...shown, order: [0, 1], completions: [...shown.completions, ...shown.completions] };
  const mark = (on: number, start: number, end: number, severity: string, note?: string) => ({
    ...{ on, start, end, category: "wrong", severity },
    ...(note !== undefined && { note }),
  });
  const marked = [
    mark(0, 0, 2, "minor", "first"),
    mark(0, 6, 10, "major", "second"),
    mark(0, 12, 14, "minor", "again"),
    mark(0, 17, 18, "major"),
    mark(0, 21, 22, "major", "again"),
    mark(1, 6, 8, "minor", "x".repeat(1999)),
    mark(1, 8, 10, "major", "y"),
    mark(1, 12, 14, "minor"),
  ];
  const written = (...quotes: string[][]) => ({
    completions: quotes.map((ids) => ({ text: "No.", rewrite: null, quotes: ids })),
  });
  const answers = {
    errors: { covered: [0, 1], spans: marked },
    critique: written(["0-2:wrong", "6-10:wrong"], ["6-8:wrong", "12-14:wrong"]),
  };
  const { labels } = toLabels(schema(), answers, [0, 1]);
  expect(readAnswers(schema(), labels, two)).toEqual(answers);
  expect(readAnswers(schema("sentence"), labels, two)).toEqual({
    errors: {
      covered: [0, 1],
      spans: [
        mark(0, 0, 11, "major", "first; second"),
        mark(0, 12, 27, "minor", "again"),
        mark(1, 0, 11, "minor", `${"x".repeat(1999)};`),
        mark(1, 12, 27, "minor"),
      ],
    },
    critique: written(["0-11:wrong"], ["0-11:wrong", "12-27:wrong"]),
  });
});
