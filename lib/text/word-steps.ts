import { codePointLength, makeCodePointCounter, toCodePoint, toUtf16 } from "./code-points";
import { snapSpan, type Segment, type Span } from "./offset-map";

/** A selection made by keyboard, in code points of the raw text: where it began, and the end that moves. */
export type Selection = { anchor: number; focus: number };

/** The words of any language: those of Chinese and Japanese, too, which no space divides. */
const segmenter = new Intl.Segmenter(undefined, { granularity: "word" });

/**
 * Moves a selection's focus by one word that can be seen. An atom counts as one, markup as none. Without a selection the
 * first or last word is selected; behind the last and before the first the focus goes to the end of what can be seen.
 */
export function stepByWord(
  raw: string,
  segments: readonly Segment[],
  selection: Selection | null,
  direction: "forward" | "backward",
): Selection | null {
  const whole = snapSpan(segments, { start: 0, end: Infinity });
  if (!whole) return null;
  const isForward = direction === "forward";
  const from = selection?.focus ?? (isForward ? whole.start : whole.end);
  const word = (isForward ? wordBehind : wordBefore)(raw, segments, from);
  const [near, far] = isForward ? (["start", "end"] as const) : (["end", "start"] as const);
  const target = word ?? whole;
  return { anchor: selection?.anchor ?? target[near], focus: target[far] };
}

/** What a selection holds; null when it is empty. */
export function spanOfSteps({ anchor, focus }: Selection): Span | null {
  return anchor === focus ? null : { start: Math.min(anchor, focus), end: Math.max(anchor, focus) };
}

function wordBehind(raw: string, segments: readonly Segment[], from: number): Span | null {
  const words = segmenter.segment(raw);
  const count = makeCodePointCounter(raw);
  for (
    let word = words.containing(toUtf16(raw, from));
    word;
    word = words.containing(word.index + word.segment.length)
  ) {
    if (!word.isWordLike) continue;
    const start = count(word.index);
    const shown = snapSpan(segments, { start, end: count(word.index + word.segment.length) });
    if (shown && shown.end > from) return shown;
  }
  return null;
}

function wordBefore(raw: string, segments: readonly Segment[], from: number): Span | null {
  const words = segmenter.segment(raw);
  for (let word = words.containing(toUtf16(raw, from) - 1); word; word = words.containing(word.index - 1)) {
    if (!word.isWordLike) continue;
    const start = toCodePoint(raw, word.index);
    const shown = snapSpan(segments, { start, end: start + codePointLength(word.segment) });
    if (shown && shown.start < from) return shown;
  }
  return null;
}
