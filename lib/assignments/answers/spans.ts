import type { Fault } from "@/lib/errors";
import type { MarkUnit, QuestionOf } from "@/lib/projects/schema";
import { say } from "@/lib/say";
import { plurality } from "@/lib/stats/plurality";
import { codePointLength } from "@/lib/text/code-points";
import { letterOf } from "@/lib/text/letter";
import { unitsOf, widenTo } from "@/lib/text/mark-units";
import { compareTexts, messageName, messageOf, type MarkedText } from "@/lib/text/marked-text";
import { maxMarkNote, type AnswerOf } from "../schema";
import { onlyAspect, type AnswerType, type Shown } from "./answer-type";

type Span = AnswerOf<"spans">["spans"][number];

export const spans: AnswerType<"spans"> = {
  check(question, answer, shown) {
    const reader = makeReader();
    return [
      ...checkCovered(question, answer.covered, shown),
      ...answer.spans.flatMap((span, index) => checkSpan(question, span, { shown, index, reader })),
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
  // Marks from before their category had its unit, and of AI that read names which people do not see.
  fit({ categories }, answer, shown) {
    const reader = makeReader();
    const grown = answer.spans.map((span) => {
      const unit = categories.find(({ id }) => id === span.category)?.unit;
      const text = textOn(span.on, shown);
      return unit === undefined || text === undefined ? span : widenTo(reader.unitsOf(text, unit), span);
    });
    const joined = grown.flatMap((span, index) => {
      if (answer.spans[index] === span) return [span];
      const parts = answer.spans.filter((_, other) => isSamePlace(grown[other]!, span));
      return parts[0] === answer.spans[index] ? [{ ...span, ...sayTogether(parts) }] : [];
    });
    return { ...answer, spans: joined };
  },
};

type Units = Map<string, ReturnType<typeof unitsOf>>;

/** What is found out about a text once, however many spans are on it: one of a book's length takes a while. */
function makeReader() {
  const lengths = new Map<string, number>();
  const units: Record<MarkUnit, Units> = { segment: new Map(), sentence: new Map(), text: new Map() };
  return {
    lengthOf: (text: string) => {
      const length = lengths.get(text) ?? codePointLength(text);
      lengths.set(text, length);
      return length;
    },
    unitsOf: (text: string, unit: MarkUnit) => {
      const found = units[unit].get(text) ?? unitsOf(text, unit);
      units[unit].set(text, found);
      return found;
    },
  };
}

function isSamePlace(one: Span, other: Span): boolean {
  return one.on === other.on && one.start === other.start && one.end === other.end && one.category === other.category;
}

/**
 * What is said of marks that have become one: all notes, and the severity of most of what they marked, as in a consensus,
 * or of the first where that is even. Severities have no order by which one could be the highest.
 */
function sayTogether(marks: readonly Span[]): Pick<Span, "severity" | "note"> {
  const severities = marks.flatMap(({ start, end, severity }) =>
    severity === undefined ? [] : [{ value: severity, weight: end - start }],
  );
  const severity = plurality(severities)?.answer ?? severities[0]?.value;
  const notes = new Set(marks.flatMap(({ note }) => note ?? []));
  const note = [...notes].join("; ").slice(0, maxMarkNote).toWellFormed();
  return { ...(severity !== undefined && { severity }), ...(notes.size > 0 && { note }) };
}

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
  span: Span,
  { shown, index, reader }: { shown: Shown; index: number; reader: ReturnType<typeof makeReader> },
): Fault[] {
  const { on, start, end, category, severity } = span;
  const faults: Fault[] = [];
  const fault = (field: string, message: string) => faults.push({ path: `spans.${index}.${field}`, message });
  const text = textOn(on, shown);
  if (typeof on !== "number" && !onPrompt) fault("on", say`this project does not ask to mark the prompt`);
  else if (text === undefined) fault("on", wordNoText(on, shown));
  if (start >= end) fault("end", say`is ${end}, not after the start ${start}`);
  else if (text !== undefined && end > reader.lengthOf(text))
    fault("end", say`is ${end}, but the text has ${reader.lengthOf(text)} characters (Unicode code points)`);
  const asked = categories.find(({ id }) => id === category);
  if (!asked) fault("category", say`${category} is not a category of this project`);
  else if (asked.unit !== undefined && text !== undefined && faults.length === 0) {
    const whole = widenTo(reader.unitsOf(text, asked.unit), span);
    if (!isSamePlace(whole, span))
      fault(
        whole.start === start ? "end" : "start",
        say`span ${index + 1}, from ${start} to ${end}, is no whole ${wordUnit(asked.unit)}, as spans of ${asked.name} are; mark it from ${whole.start} to ${whole.end}`,
      );
  }
  if (severity === undefined && severities.length > 0) fault("severity", say`a severity is not chosen`);
  if (severity !== undefined && !severities.includes(severity))
    fault("severity", say`${severity} is not a severity of this project`);
  return faults;
}

function wordUnit(unit: MarkUnit): string {
  const words = { segment: say`segment`, sentence: say`sentence`, text: say`text` };
  return words[unit];
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
