import type { Fault } from "@/lib/errors";
import type { QuestionOf } from "@/lib/projects/schema";
import { say } from "@/lib/say";
import { codePointLength } from "@/lib/text/code-points";
import { letterOf } from "@/lib/text/letter";
import { compareTexts, messageName, messageOf, type MarkedText } from "@/lib/text/marked-text";
import type { AnswerOf } from "../schema";
import { onlyAspect, type AnswerType, type Shown } from "./answer-type";

type Span = AnswerOf<"spans">["spans"][number];

export const spans: AnswerType<"spans"> = {
  check(question, answer, shown) {
    const lengths = new Map<string, number>();
    // A text of a book's length takes a fraction of a millisecond, which hundreds of spans would multiply.
    const lengthOf = (text: string) => {
      const length = lengths.get(text) ?? codePointLength(text);
      lengths.set(text, length);
      return length;
    };
    return [
      ...checkCovered(question, answer.covered, shown),
      ...answer.spans.flatMap((span, index) => checkSpan(question, span, { shown, at: `spans.${index}`, lengthOf })),
    ];
  },
  toParts(_, answer, order) {
    const covered = answer.covered.map((position) => order[position]!).sort((a, b) => a - b);
    const marked = answer.spans.map(({ on, ...span }) => ({ ...markedText(on, order), ...span }));
    return [{ aspect: onlyAspect, payload: { covered, spans: marked.sort(inReadingOrder) } }];
  },
  fromParts([part], order) {
    if (!part?.payload.covered.every((index) => order.includes(index))) return null;
    const { covered, spans: marked } = part.payload;
    return {
      covered: covered.map((index) => order.indexOf(index)).sort((a, b) => a - b),
      spans: marked.map(({ completion, message, ...span }) => ({
        on:
          message !== undefined
            ? messageName(message)
            : completion === "prompt"
              ? completion
              : order.indexOf(completion),
        ...span,
      })),
    };
  },
};

function markedText(on: Span["on"], order: readonly number[]): MarkedText {
  if (typeof on === "number") return { completion: order[on]! };
  return on === "prompt" ? { completion: on } : { completion: "prompt", message: messageOf(on) };
}

function checkCovered({ name }: QuestionOf<"spans">, covered: number[], { order }: Shown): Fault[] {
  const foreign = covered.filter((position) => position >= order.length);
  const missing = order.flatMap((_, position) => (covered.includes(position) ? [] : [letterOf(position)]));
  const path = "covered";
  return [
    ...foreign.map((position) => ({ path, message: say`names completion ${position}, but ${order.length} are shown` })),
    ...(new Set(covered).size < covered.length ? [{ path, message: say`names a completion twice` }] : []),
    ...missing.map((letter) => ({ path, message: say`${name}: completion ${letter} has not been looked through` })),
  ];
}

function checkSpan(
  { categories, severities, onPrompt }: QuestionOf<"spans">,
  { on, start, end, category, severity }: Span,
  { shown, at, lengthOf }: { shown: Shown; at: string; lengthOf: (text: string) => number },
): Fault[] {
  const faults: Fault[] = [];
  const fault = (field: string, message: string) => faults.push({ path: `${at}.${field}`, message });
  const text = textOn(on, shown);
  if (typeof on !== "number" && !onPrompt) fault("on", say`this project does not ask to mark the prompt`);
  else if (text === undefined) fault("on", wordNoText(on, shown));
  if (start >= end) fault("end", say`is ${end}, not after the start ${start}`);
  else if (text !== undefined && end > lengthOf(text))
    fault("end", say`is ${end}, but the text has ${lengthOf(text)} characters (Unicode code points)`);
  if (!categories.some(({ id }) => id === category))
    fault("category", say`${category} is not a category of this project`);
  if (severity === undefined && severities.length > 0) fault("severity", say`a severity is not chosen`);
  if (severity !== undefined && !severities.includes(severity))
    fault("severity", say`${severity} is not a severity of this project`);
  return faults;
}

function textOn(on: Span["on"], { prompt, messages, completions }: Shown): string | undefined {
  if (typeof on === "number") return completions[on]?.text;
  return on === "prompt" ? (prompt ?? undefined) : messages?.[messageOf(on)];
}

function wordNoText(on: Span["on"], { messages, order }: Shown): string {
  if (typeof on === "number") return say`is ${on}, but ${order.length} completions are shown`;
  if (on === "prompt")
    return say`is the prompt, but that is a conversation; name one of its messages, such as message-0`;
  return messages === null
    ? say`is ${on}, but the prompt is one text`
    : say`is ${on}, but the conversation has ${messages.length} messages, counted from 0`;
}

type Marked = MarkedText & { start: number; end: number; category: string };

/** By text and place: the order in which somebody marks says nothing. */
function inReadingOrder(a: Marked, b: Marked): number {
  return compareTexts(a, b) || a.start - b.start || a.end - b.end || (a.category < b.category ? -1 : 1);
}
