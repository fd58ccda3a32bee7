import { expect, test } from "vitest";
import { labelPayloads } from "@/lib/labels/schema";
import type { Question, TaskSchema } from "@/lib/projects/schema";
import type { Answers } from "../schema";
import type { Shown } from "./answer-type";
import { checkAnswer, checkAnswers } from "./check-answers";
import { keepShaped, readAnswers, readHistory, type AnswerLabel } from "./read-answers";
import { toLabels } from "./to-labels";

const spans: Question = {
  ...{ id: "errors", type: "spans", name: "Errors", definition: "", severities: [], onPrompt: true },
  categories: [{ id: "wrong", name: "Wrong", definition: "" }],
};
const critique: Extract<Question, { type: "critique" }> = {
  ...{ id: "critique", type: "critique", name: "Critique", definition: "" },
  ...{ isRequired: false, rewrite: "optional", quotes: "errors" },
};
const schema: TaskSchema = { questions: [critique, spans], reason: "off" };
const order = [1, 0];
const shown: Shown = {
  order,
  prompt: null,
  messages: ["Why?", "Who?"],
  completions: Array(2).fill({ text: "abcdefghijklmn", steps: [] }),
};

const marked = [
  { on: "message-0" as const, start: 0, end: 3, category: "wrong" },
  { on: "message-1" as const, start: 1, end: 4, category: "wrong" },
  { on: 0, start: 2, end: 4, category: "wrong" },
  { on: 0, start: 10, end: 12, category: "wrong" },
  { on: 1, start: 0, end: 1, category: "wrong" },
];
const quoting = (quotes?: string[], text = "Not so.", rewrite: string | null = null): Answers => ({
  errors: { covered: [0, 1], spans: marked },
  critique: {
    completions: [
      { text, rewrite, ...(quotes && { quotes }) },
      { text: "", rewrite: null },
    ],
  },
});

/** What is wrong with answers, "path: message". */
function faults(answers: Answers, asked = schema): string[] {
  try {
    checkAnswers(asked, answers, "", shown);
    return [];
  } catch (error) {
    return (error as { faults: { path: string; message: string }[] }).faults.map(
      ({ path, message }) => `${path}: ${message}`,
    );
  }
}

const labelsOf = (answers: Answers) => toLabels(schema, answers, order).labels as AnswerLabel[];
const at = "answers.critique.completions.0";

test("a critique quotes spans that are marked on its completion and on what that answers", () => {
  expect(faults(quoting(["2-4:wrong", "10-12:wrong"]))).toEqual([]);
  expect(faults(quoting(["message-0:0-3:wrong", "message-1:1-4:wrong", "2-4:wrong"]))).toEqual([]);
  expect(faults(quoting(["message-1:0-3:wrong"]))).toEqual([
    `${at}.quotes: message-1:0-3:wrong is quoted, but not a span that is marked on A`,
  ]);
  expect(faults(quoting())).toEqual([]);
  expect(faults(quoting(["0-3:wrong", "0-1:wrong", "s1"]))).toEqual(
    ["0-3:wrong", "0-1:wrong", "s1"].map((id) => `${at}.quotes: ${id} is quoted, but not a span that is marked on A`),
  );
  expect(faults(quoting(["2-4:wrong", "2-4:wrong"]))).toEqual([`${at}.quotes: quotes a span twice`]);
});

test("what quotes says something, also where a critique may be left out", () => {
  const message = `${at}.text: Critique is not written for completion A`;
  expect(faults(quoting(["2-4:wrong"], " "))).toEqual([message]);
  expect(faults(quoting(["2-4:wrong"], "", "Better"))).toEqual([message]);
});

test("where the project does not ask for quotes, there are none, also in an answer that is final", () => {
  const { quotes: _, ...silent } = critique;
  const message = `${at}.quotes: this project does not ask to quote spans`;
  const answers = quoting(["2-4:wrong"]);
  expect(faults(answers, { ...schema, questions: [silent, spans] })).toEqual([message]);
  expect(() => checkAnswer(silent, answers.critique!, shown)).toThrow("does not ask to quote spans");
});

test("labels keep the quotes in the order of the text, and give them back", () => {
  const labels = labelsOf(quoting(["10-12:wrong", "2-4:wrong"]));
  const payload = { completion: 1, text: "Not so.", quotes: ["2-4:wrong", "10-12:wrong"], rewrite: null };
  expect(labels[0]!.payload).toEqual(payload);
  expect(Object.keys(labels[0]!.payload)).toEqual(Object.keys(labelPayloads.critique.shape));
  const back = readAnswers(schema, labels, shown);
  expect(back.critique).toEqual(quoting(["2-4:wrong", "10-12:wrong"]).critique);
  expect(toLabels(schema, back, order).labels).toEqual(labels);
  expect(readHistory(labels, order)[0]).toMatchObject({ type: "critique", answer: back.critique });
});

test("a critique is read without the quotes whose spans are not there any more, and keeps its text", () => {
  const labels = labelsOf(quoting(["2-4:wrong", "10-12:wrong"]));
  const [first, ...others] = labels;
  const fewer = labelsOf({ ...quoting(), errors: { covered: [0, 1], spans: marked.slice(3) } }).slice(1);
  expect(readAnswers(schema, [first!, ...fewer], shown).critique).toEqual(quoting(["10-12:wrong"]).critique);
  const { quotes: _, ...silent } = critique;
  const without = { ...schema, questions: [silent, spans] };
  expect(readAnswers(without, [first!, ...others], shown).critique).toEqual(quoting().critique);
});

test("a draft is read without them, too", () => {
  const { errors: _, ...unmarked } = quoting(["2-4:wrong"]);
  expect(keepShaped(schema, unmarked)).toEqual({ critique: quoting().critique });
  expect(keepShaped(schema, quoting(["2-4:wrong"]))).toEqual(quoting(["2-4:wrong"]));
});
