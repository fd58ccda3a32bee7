import { codePointLength } from "./code-points";
import { cutSegments, cutSentences } from "./cut-segments";
import type { Span } from "./offset-map";

/** What is marked as a whole (lib/projects/schema.ts: markUnits). */
type MarkUnit = "segment" | "sentence" | "text";

/** A span grown to the whole units that it touches; as it is where there is no unit, or it touches none. */
export function widenToUnits<S extends Span>(text: string, span: S, unit: MarkUnit | undefined): S {
  return widenTo(unitsOf(text, unit), span);
}

/** The same with the units of a text, which take a while to be found. */
export function widenTo<S extends Span>(units: readonly Span[], span: S): S {
  return (
    around(
      span,
      units.filter(({ start, end }) => start < span.end && end > span.start),
    ) ?? span
  );
}

/** A span shrunk to the whole units inside of it; null where there is none, as it is where there is no unit. */
export function narrowToUnits(text: string, span: Span, unit: MarkUnit | undefined): Span | null {
  if (unit === undefined) return span;
  return around(
    span,
    unitsOf(text, unit).filter(({ start, end }) => start >= span.start && end <= span.end),
  );
}

/** The units of a text in their order; none where any words can be marked. */
export function unitsOf(text: string, unit: MarkUnit | undefined): Span[] {
  switch (unit) {
    case "segment":
      return cutSegments(text);
    case "sentence":
      return cutSentences(text);
    case "text": {
      const start = codePointLength(text.slice(0, text.length - text.trimStart().length));
      return [{ start, end: start + codePointLength(text.trim()) }];
    }
    case undefined:
      return [];
  }
}

function around<S extends Span>(span: S, units: readonly Span[]): S | null {
  const [first, last] = [units[0], units.at(-1)];
  return first && last ? { ...span, start: first.start, end: last.end } : null;
}
