import { codePointLength } from "./code-points";
import type { Span } from "./offset-map";
import { diffWords } from "./word-diff";

/** Two texts with more UTF-16 units than this together are not compared: on a slow machine it would take seconds. */
export const maxCompared = 250_000;

/** What each of two texts has that the other does not, word by word; null when they are too long to be compared. */
export function spansOnlyIn(first: string, second: string): [Span[], Span[]] | null {
  if (first.length + second.length > maxCompared) return null;
  const only: [Span[], Span[]] = [[], []];
  const at = [0, 0] as [number, number];
  for (const { kind, text } of diffWords(first, second)) {
    const length = codePointLength(text);
    if (kind !== "added") at[0] += length;
    if (kind !== "removed") at[1] += length;
    if (kind === "removed") only[0].push({ start: at[0] - length, end: at[0] });
    if (kind === "added") only[1].push({ start: at[1] - length, end: at[1] });
  }
  return only;
}

/** Spans of texts in a row, for each of these texts: lengths and spans in code points. */
export function spansByPiece(spans: readonly Span[], lengths: readonly number[]): Span[][] {
  let next = 0;
  let from = 0;
  return lengths.map((length) => {
    const own: Span[] = [];
    const to = from + length;
    for (; next < spans.length && spans[next]!.start < to; next += 1) {
      const { start, end } = spans[next]!;
      if (length > 0) own.push({ start: Math.max(start, from) - from, end: Math.min(end, to) - from });
      // The rest of it is in the pieces behind.
      if (end > to) break;
    }
    from = to;
    return own;
  });
}
