import { expect, test } from "vitest";
import type { AnswerOf, Answers, AssignmentView } from "@/lib/assignments/schema";
import type { Question, QuestionOf } from "@/lib/projects/schema";
import { quotable, toggleQuote, withAnswer, withoutAnswer } from "./quotes";
import { change, mark, type On, remove, type SpansAnswer } from "./spans";

const asked = { name: "", definition: "" };
const errors: Question = { ...asked, id: "errors", type: "spans", categories: [], severities: [], onPrompt: true };
const critique: QuestionOf<"critique"> = {
  ...{ ...asked, id: "critique", type: "critique", isRequired: false, rewrite: "off", quotes: "errors" },
};
const assignment = { completions: [{}, {}] } as unknown as AssignmentView;

const span = (on: On, start: number) => ({ on, start, end: start + 2, category: "wrong" });
const marked: SpansAnswer = { covered: [0, 1], spans: [span("prompt", 4), span(0, 4), span(0, 9), span(1, 4)] };
const quoting = (...quotes: string[][]) => ({
  completions: quotes.map((ids) => ({ text: "Not so.", rewrite: null, ...(ids.length > 0 && { quotes: ids }) })),
});

/** What the critique quotes of each completion when the spans become others. */
function quotesAfter(spans: SpansAnswer, questions: Question[] = [errors, critique]): (string[] | undefined)[] {
  const before: Answers = { errors: marked, critique: quoting(["4-6:wrong"], ["4-6:wrong"]) };
  const after = withAnswer(questions, before, "errors", spans);
  expect(after.errors).toBe(spans);
  return (after.critique as AnswerOf<"critique">).completions.map(({ quotes }) => quotes);
}

test("the spans of a completion and of what it answers can be quoted, where the question says so", () => {
  expect(quotable(critique, { errors: marked }, 0)).toEqual([span("prompt", 4), span(0, 4), span(0, 9)]);
  const chat = { covered: [], spans: [span("message-1", 0), span(0, 4)] };
  expect(quotable(critique, { errors: chat }, 1)).toEqual([span("message-1", 0)]);
  expect(quotable(critique, {}, 0)).toEqual([]);
  const { quotes: _, ...silent } = critique;
  expect(quotable(silent, { errors: marked }, 0)).toEqual([]);
});

test("a span is quoted and no longer quoted, for its completion alone", () => {
  const first = toggleQuote(undefined, assignment, 0, "9-11:wrong");
  const none = { text: "", rewrite: null };
  expect(first).toEqual({ completions: [{ ...none, quotes: ["9-11:wrong"] }, none] });
  const second = toggleQuote(first, assignment, 0, "4-6:wrong");
  expect(second.completions[0]!.quotes).toEqual(["4-6:wrong", "9-11:wrong"]);
  const back = toggleQuote(toggleQuote(second, assignment, 0, "9-11:wrong"), assignment, 0, "4-6:wrong");
  // Without a trace: the answer is what it was before.
  expect(Object.keys(back.completions[0]!)).toEqual(["text", "rewrite"]);
});

test("quotes go where their spans go, and with them, on their own completion", () => {
  const key = "0 4 6 wrong";
  expect(quotesAfter(marked)).toEqual([["4-6:wrong"], ["4-6:wrong"]]);
  expect(quotesAfter(change(marked, key, { end: 8 }))).toEqual([["4-8:wrong"], ["4-6:wrong"]]);
  expect(quotesAfter(change(marked, key, { severity: "minor" }))).toEqual([["4-6:wrong"], ["4-6:wrong"]]);
  expect(quotesAfter(remove(marked, key))).toEqual([undefined, ["4-6:wrong"]]);
  expect(quotesAfter(mark(marked, span(0, 30)))).toEqual([["4-6:wrong"], ["4-6:wrong"]]);
  expect(quotesAfter(change(marked, "prompt 4 6 wrong", { end: 7 }))).toEqual([["4-6:wrong"], ["4-6:wrong"]]);
});

test("a quote of a message follows its span, for every completion that is critiqued", () => {
  const chat: SpansAnswer = { covered: [0, 1], spans: [span("message-1", 4), span(0, 4)] };
  const id = "message-1:4-6:wrong";
  const before: Answers = { errors: chat, critique: quoting([id, "4-6:wrong"], [id]) };
  const after = withAnswer([errors, critique], before, "errors", change(chat, "message-1 4 6 wrong", { end: 9 }));
  expect(after.critique).toEqual(quoting(["message-1:4-9:wrong", "4-6:wrong"], ["message-1:4-9:wrong"]));
});

test("answers to other questions, and where nothing is quoted, stay what they are", () => {
  const { quotes: _, ...silent } = critique;
  expect(quotesAfter(remove(marked, "0 4 6 wrong"), [errors, silent])).toEqual([["4-6:wrong"], ["4-6:wrong"]]);
  expect(withAnswer([errors, critique], {}, "errors", marked)).toEqual({ errors: marked });
  const before = { errors: marked, critique: quoting([], []) };
  expect(withAnswer([errors, critique], before, "order", { ranks: [1, 2] })).toEqual({
    ...before,
    order: { ranks: [1, 2] },
  });
});

test("spans that are taken back take their quotes along, and other answers leave without a trace", () => {
  const before: Answers = { errors: marked, critique: quoting(["4-6:wrong"], []) };
  expect(withoutAnswer([errors, critique], before, "errors")).toEqual({ critique: quoting([], []) });
  expect(withoutAnswer([errors, critique], before, "critique")).toEqual({ errors: marked });
});

test("a critique never quotes what is not marked", () => {
  const after = withAnswer([critique], { errors: marked }, "critique", quoting(["1-2:wrong"], []));
  expect(after.critique).toEqual(quoting([], []));
});
