import { expect, test } from "vitest";
import type { AssignmentView } from "@/lib/assignments/schema";
import type { QuestionOf } from "@/lib/projects/schema";
import {
  change,
  cover,
  keyOfSpan,
  mark,
  type MarkedSpan,
  remove,
  spans,
  rawText,
  spansOn,
  textOfSpan,
  textsByPart,
  trimSpan,
} from "./spans";

const question: QuestionOf<"spans"> = {
  ...{ id: "spans", type: "spans", name: "Errors", definition: "" },
  ...{ categories: [{ id: "false", name: "False", definition: "" }], severities: [], onPrompt: false },
};
const assignment = { prompt: { text: "Why?" }, completions: [{ text: "One" }, { text: "Two" }] } as AssignmentView;
const span = (on: MarkedSpan["on"], start: number, end: number, category = "false"): MarkedSpan => ({
  ...{ on, start, end, category },
});

const chat = {
  ...{ ...assignment, prompt: null },
  messages: ["Why?", "", "So."].map((text) => ({ text })),
} as AssignmentView;

test("there is a part for each completion, and one for a prompt or a whole conversation that can be marked", () => {
  expect(spans.parts(question, assignment).map(({ completion }) => completion)).toEqual([0, 1]);
  const onPrompt = { ...question, onPrompt: true };
  expect(textsByPart(onPrompt, assignment)).toEqual([["prompt"], [0], [1]]);
  expect(textsByPart(onPrompt, { ...assignment, prompt: null, messages: null })).toEqual([[0], [1]]);
  // A message without a text has nothing to mark.
  expect(textsByPart(onPrompt, chat)).toEqual([["message-0", "message-2"], [0], [1]]);
  expect(spans.parts(onPrompt, chat).map(({ completion }) => completion)).toEqual([null, 0, 1]);
  expect(rawText(chat, "message-2")).toBe("So.");
});

test("a conversation is answered without a mark, and with marks once all of them are rated", () => {
  const rated = { ...question, onPrompt: true, severities: ["minor"] };
  const marked = mark(undefined, span("message-2", 0, 1));
  expect(marked.covered).toEqual([]);
  const isAnswered = (answer: ReturnType<typeof mark> | undefined) =>
    spans.isAnswered({ question: rated, answer, assignment: chat }, 0);
  expect([isAnswered(undefined), isAnswered(marked)]).toEqual([true, false]);
  expect(isAnswered(change(marked, keyOfSpan(span("message-2", 0, 1)), { severity: "minor" }))).toBe(true);
});

test("a completion is answered once it was looked through and its spans have the severities that are asked", () => {
  const isAnswered = (answer: Parameters<typeof spans.isAnswered>[0]["answer"], severities: string[] = []) =>
    [0, 1].map((part) => spans.isAnswered({ question: { ...question, severities }, answer, assignment }, part));
  expect(isAnswered(undefined)).toEqual([false, false]);
  expect(isAnswered({ covered: [1], spans: [] })).toEqual([false, true]);
  const marked = mark(undefined, span(0, 0, 2));
  expect(isAnswered(marked)).toEqual([true, false]);
  expect(isAnswered(marked, ["minor"])).toEqual([false, false]);
  expect(isAnswered(change(marked, keyOfSpan(span(0, 0, 2)), { severity: "minor" }), ["minor"])).toEqual([true, false]);
  const rated = { question: { ...question, severities: ["minor"] }, answer: marked, assignment };
  expect([0, 1].map((part) => spans.lacking!(rated, part))).toEqual(["severity", null]);
});

test("0 is done with a completion and goes to the first that is not; other keys are the page's", () => {
  const given = { question, answer: undefined, assignment };
  expect(spans.onKey("0", given, 0)).toEqual({ answer: { covered: [0], spans: [] }, part: 1 });
  const last = { covered: [0], spans: [] };
  expect(spans.onKey("0", { ...given, answer: last }, 1)).toEqual({ answer: { covered: [0, 1], spans: [] }, part: 1 });
  expect(spans.onKey("0", { ...given, question: { ...question, onPrompt: true } }, 0)).toBeNull();
  expect(spans.onKey("1", given, 0)).toBeNull();
});

test("spans stand in reading order, the longer first, and one is not marked twice", () => {
  const turns = [span("message-10", 0, 1), span("message-9", 5, 6)];
  const all = [span(1, 0, 2), span(0, 4, 6), span(0, 4, 9), ...turns, span(0, 4, 6)];
  const answer = all.reduce<ReturnType<typeof mark> | undefined>(mark, undefined)!;
  expect(answer.spans).toEqual([...turns.toReversed(), span(0, 4, 9), span(0, 4, 6), span(1, 0, 2)]);
  expect(spansOn(answer, "message-9", "message-10")).toEqual(turns.toReversed());
  expect(mark(mark(undefined, span(0, 0, 1)), span("prompt", 3, 4)).spans[0]).toEqual(span("prompt", 3, 4));
  expect(answer.covered).toEqual([0, 1]);
});

test("a span is changed and removed by its key, and its completion stays looked through", () => {
  const answer = mark(mark(undefined, span(0, 0, 2)), span(0, 4, 6));
  const key = keyOfSpan(span(0, 4, 6));
  expect(change(answer, key, { end: 8, note: "Why" }).spans).toEqual([
    span(0, 0, 2),
    { ...span(0, 4, 8), note: "Why" },
  ]);
  // On another of its category it becomes that one.
  expect(change(answer, key, { start: 0, end: 2 }).spans).toEqual([span(0, 0, 2)]);
  expect(change(answer, "none", { end: 8 })).toBe(answer);
  expect(remove(answer, key)).toEqual({ covered: [0], spans: [span(0, 0, 2)] });
  expect(cover(answer, 0, false).covered).toEqual([]);
});

test("white space at the ends is not marked, and offsets count code points", () => {
  const raw = "👩‍🚀 \r\n née e\u0301 x";
  expect(textOfSpan(raw, trimSpan(raw, { start: 3, end: 10 }))).toBe("née");
  expect(trimSpan(raw, { start: 3, end: 10 })).toEqual({ start: 7, end: 10 });
  expect(trimSpan(raw, { start: 0, end: 4 })).toEqual({ start: 0, end: 3 });
  expect(trimSpan(raw, { start: 3, end: 6 })).toEqual({ start: 3, end: 6 });
});
