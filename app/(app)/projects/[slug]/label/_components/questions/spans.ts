import type { AnswerOf, AssignmentView } from "@/lib/assignments/schema";
import type { QuestionOf } from "@/lib/projects/schema";
import { toCodePoint, toUtf16 } from "@/lib/text/code-points";
import type { Span } from "@/lib/text/offset-map";
import type { QuestionType } from "./question-type";

export type SpansAnswer = AnswerOf<"spans">;
export type MarkedSpan = SpansAnswer["spans"][number];
/** The text that a span is on: the position of a completion, or the prompt. */
export type On = MarkedSpan["on"];

const nothing: SpansAnswer = { covered: [], spans: [] };

/** Stretches of the completions, and of the prompt; every completion has to be looked through. */
export const spans: QuestionType<"spans"> = {
  parts: (question, assignment) =>
    textsOf(question, assignment).map((on) => ({
      ...{ name: question.name, definition: question.definition },
      completion: on === "prompt" ? null : on,
    })),
  isAnswered({ question, answer = nothing, assignment }, part) {
    const on = textsOf(question, assignment)[part]!;
    const own = spansOn(answer, on);
    const isRated = question.severities.length === 0 || own.every(({ severity }) => severity !== undefined);
    return isRated && (on === "prompt" || answer.covered.includes(on));
  },
  onKey(key, { question, answer = nothing, assignment }, part) {
    const texts = textsOf(question, assignment);
    const on = texts[part]!;
    if (key !== "0" || on === "prompt") return null;
    const after = cover(answer, on, true);
    const open = texts.findIndex((_, other) => !spans.isAnswered({ question, answer: after, assignment }, other));
    // What this completion still lacks, a severity, comes before another completion.
    const isDone = spans.isAnswered({ question, answer: after, assignment }, part);
    return { answer: after, part: isDone && open !== -1 ? open : part };
  },
};

/** The texts that can be marked, in the order of their parts. */
export function textsOf({ onPrompt }: QuestionOf<"spans">, { prompt, completions }: AssignmentView): On[] {
  return [...(onPrompt && prompt !== null ? (["prompt"] as const) : []), ...completions.keys()];
}

/** The raw text that can be marked there. */
export function rawText({ prompt, completions }: AssignmentView, on: On): string {
  return (on === "prompt" ? prompt?.text : completions[on]?.text) ?? "";
}

/** The spans on one text, in reading order. */
export function spansOn(answer: SpansAnswer | undefined, on: On): MarkedSpan[] {
  return answer?.spans.filter((span) => span.on === on) ?? [];
}

/** Tells the spans of an answer apart, whatever is undone or revised: no two with one category are at one place. */
export function keyOfSpan({ on, start, end, category }: MarkedSpan): string {
  return `${on} ${start} ${end} ${category}`;
}

/** Adds a span; its completion was looked at with it. */
export function mark(answer: SpansAnswer = nothing, span: MarkedSpan): SpansAnswer {
  const covered = span.on === "prompt" ? answer : cover(answer, span.on, true);
  const isThere = answer.spans.some((other) => keyOfSpan(other) === keyOfSpan(span));
  return isThere ? covered : { ...covered, spans: [...answer.spans, span].sort(inReadingOrder) };
}

/** Changes one span. One that comes to lie on another of its category becomes that one. */
export function change(answer: SpansAnswer, key: string, changes: Partial<MarkedSpan>): SpansAnswer {
  const before = answer.spans.find((span) => keyOfSpan(span) === key);
  return before ? mark(remove(answer, key), { ...before, ...changes }) : answer;
}

export function remove(answer: SpansAnswer, key: string): SpansAnswer {
  return { ...answer, spans: answer.spans.filter((span) => keyOfSpan(span) !== key) };
}

/** Says that a completion was looked through, or takes it back. */
export function cover(answer: SpansAnswer = nothing, position: number, isCovered: boolean): SpansAnswer {
  const others = answer.covered.filter((one) => one !== position);
  return { ...answer, covered: isCovered ? [...others, position].sort((a, b) => a - b) : others };
}

/** A span without the white space at its ends, which a mouse easily takes along; as it is when it is nothing else. */
export function trimSpan(raw: string, span: Span): Span {
  const text = textOfSpan(raw, span);
  const kept = text.trim();
  if (kept === "") return span;
  const start = span.start + toCodePoint(text, text.indexOf(kept));
  return { start, end: start + toCodePoint(kept, kept.length) };
}

/** What a span quotes. */
export function textOfSpan(raw: string, { start, end }: Span): string {
  return raw.slice(toUtf16(raw, start), toUtf16(raw, end));
}

function inReadingOrder(a: MarkedSpan, b: MarkedSpan): number {
  const place = ({ on }: MarkedSpan) => (on === "prompt" ? -1 : on);
  return place(a) - place(b) || a.start - b.start || b.end - a.end || (a.category < b.category ? -1 : 1);
}
