import type { Translate } from "@/app/i18n/translate";
import type { AnswerOf, AssignmentView } from "@/lib/assignments/schema";
import type { QuestionOf } from "@/lib/projects/schema";
import { toCodePoint, toUtf16 } from "@/lib/text/code-points";
import { messageName, messageOf } from "@/lib/text/marked-text";
import type { Span } from "@/lib/text/offset-map";
import type { QuestionType } from "./question-type";

export type SpansAnswer = AnswerOf<"spans">;
export type MarkedSpan = SpansAnswer["spans"][number];
/** The text that a span is on: the position of a completion, the prompt, or a message of the conversation. */
export type On = MarkedSpan["on"];

const nothing: SpansAnswer = { covered: [], spans: [] };

/** Stretches of the completions, and of the prompt; every completion has to be looked through. */
export const spans: QuestionType<"spans"> = {
  parts: (question, assignment) =>
    textsByPart(question, assignment).map(([on]) => ({
      ...{ name: question.name, definition: question.definition },
      completion: typeof on === "number" ? on : null,
    })),
  isAnswered({ question, answer = nothing, assignment }, part) {
    const texts = textsByPart(question, assignment)[part]!;
    const isRated = spans.lacking!({ question, answer, assignment }, part) === null;
    return isRated && texts.every((on) => typeof on !== "number" || answer.covered.includes(on));
  },
  lacking({ question, answer, assignment }, part) {
    const own = spansOn(answer, ...textsByPart(question, assignment)[part]!);
    const isRated = question.severities.length === 0 || own.every(({ severity }) => severity !== undefined);
    return isRated ? null : "severity";
  },
  onKey(key, { question, answer = nothing, assignment }, part) {
    const parts = textsByPart(question, assignment);
    const on = parts[part]![0]!;
    if (key !== "0" || typeof on !== "number") return null;
    const after = cover(answer, on, true);
    const open = parts.findIndex((_, other) => !spans.isAnswered({ question, answer: after, assignment }, other));
    // What this completion still lacks, a severity, comes before another completion.
    const isDone = spans.isAnswered({ question, answer: after, assignment }, part);
    return { answer: after, part: isDone && open !== -1 ? open : part };
  },
};

/** The texts that can be marked, by part: the prompt or all messages with a text together, then each completion. */
export function textsByPart({ onPrompt }: QuestionOf<"spans">, assignment: AssignmentView): On[][] {
  const { prompt, messages, completions } = assignment;
  const turns = (messages ?? []).flatMap(({ text }, index) => (text === "" ? [] : [messageName(index)]));
  const asked: On[] = !onPrompt ? [] : prompt === null ? turns : ["prompt"];
  return [...(asked.length > 0 ? [asked] : []), ...Array.from(completions.keys(), (position) => [position])];
}

/** The raw text that can be marked there. */
export function rawText({ prompt, messages, completions }: AssignmentView, on: On): string {
  const text = typeof on === "number" ? completions[on] : on === "prompt" ? prompt : messages?.[messageOf(on)];
  return text?.text ?? "";
}

/** What a text besides the completions is called, as "message 3"; messages are counted from 1, as people do. */
export function wordText(on: On, t: Translate<"label">): string {
  if (typeof on === "number" || on === "prompt") return t("texts.inside.prompt");
  return t("texts.message", { number: messageOf(on) + 1 });
}

/** The spans on these texts, in reading order. */
export function spansOn(answer: SpansAnswer | undefined, ...texts: On[]): MarkedSpan[] {
  return answer?.spans.filter(({ on }) => texts.includes(on)) ?? [];
}

/** Tells the spans of an answer apart, whatever is undone or revised: no two with one category are at one place. */
export function keyOfSpan({ on, start, end, category }: MarkedSpan): string {
  return `${on} ${start} ${end} ${category}`;
}

/** Adds a span; its completion was looked at with it. */
export function mark(answer: SpansAnswer = nothing, span: MarkedSpan): SpansAnswer {
  const covered = typeof span.on === "number" ? cover(answer, span.on, true) : answer;
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

/** The completions stand behind all messages. */
function placeOf(on: On): number {
  return typeof on === "number" ? on : on === "prompt" ? -1 : messageOf(on) - 1e6;
}

function inReadingOrder(a: MarkedSpan, b: MarkedSpan): number {
  return placeOf(a.on) - placeOf(b.on) || a.start - b.start || b.end - a.end || (a.category < b.category ? -1 : 1);
}
