/** A stretch of a text, half-open, in Unicode code points. */
export type Span = { start: number; end: number };

/**
 * A stretch of a rendered text and where it comes from. Its characters stand there one to one, or it is an atom: a
 * formula or a `&amp;`, whose parts have no place of their own. Unless it is an atom, both spans have the same length.
 */
export type Segment = { rendered: Span; raw: Span; isAtom: boolean };

/**
 * The segments of a rendered text as they travel to the browser. "Rendered" is the text of all text nodes in a row, so
 * the map does not depend on how elements, the highlighter or the browser split it, and the HTML does not know of it.
 *
 * Three numbers a segment: what is skipped since the last one in the rendered and in the raw text, and the length. An
 * atom's length is negative and followed by that of its raw text. What is skipped has no counterpart on the other side.
 */
export type OffsetMap = readonly number[];

export function encodeMap(segments: readonly Segment[]): OffsetMap {
  const map: number[] = [];
  let [rendered, raw] = [0, 0];
  for (const segment of segments) {
    const length = segment.rendered.end - segment.rendered.start;
    map.push(segment.rendered.start - rendered, segment.raw.start - raw, segment.isAtom ? -length : length);
    if (segment.isAtom) map.push(segment.raw.end - segment.raw.start);
    [rendered, raw] = [segment.rendered.end, segment.raw.end];
  }
  return map;
}

export function decodeMap(map: OffsetMap): Segment[] {
  const segments: Segment[] = [];
  let [rendered, raw, index] = [0, 0, 0];
  const next = () => map[index++]!;
  while (index < map.length) {
    const [renderedStart, rawStart, length] = [rendered + next(), raw + next(), next()];
    const isAtom = length < 0;
    rendered = renderedStart + Math.abs(length);
    raw = rawStart + (isAtom ? next() : length);
    segments.push({
      rendered: { start: renderedStart, end: rendered },
      raw: { start: rawStart, end: raw },
      isAtom,
    });
  }
  return segments;
}

/** The raw span that a stretch of the rendered text shows, with atoms that it touches whole; null if it shows none. */
export function rawSpan(segments: readonly Segment[], rendered: Span): Span | null {
  return project(segments, rendered, "rendered", "raw");
}

/** What a raw span has to show: the same span without the markup at its ends, with atoms whole; null if there is none. */
export function snapSpan(segments: readonly Segment[], raw: Span): Span | null {
  return project(segments, raw, "raw", "raw");
}

/** The stretches of the rendered text that show a raw span, in order; those that touch are one. */
export function renderedSpans(segments: readonly Segment[], raw: Span): Span[] {
  const spans: Span[] = [];
  if (raw.start >= raw.end) return spans;
  for (let i = firstBehind(segments, raw.start, "raw"); i < segments.length; i += 1) {
    const segment = segments[i]!;
    if (segment.raw.start >= raw.end) break;
    const start = pointIn(segment, Math.max(raw.start, segment.raw.start), "raw", "rendered", "start");
    const end = pointIn(segment, Math.min(raw.end, segment.raw.end), "raw", "rendered", "end");
    const last = spans.at(-1);
    if (last?.end === start) last.end = end;
    else spans.push({ start, end });
  }
  return spans;
}

type Side = "rendered" | "raw";

function project(segments: readonly Segment[], { start, end }: Span, from: Side, to: Side): Span | null {
  if (start >= end) return null;
  const first = firstBehind(segments, start, from);
  const candidate = firstBehind(segments, end - 1, from);
  // What ends behind the span's last character may begin behind it, too; then the segment before is the last one.
  const last = (segments[candidate]?.[from].start ?? Infinity) < end ? candidate : candidate - 1;
  if (first > last) return null;
  const [head, tail] = [segments[first]!, segments[last]!];
  return {
    start: pointIn(head, Math.max(start, head[from].start), from, to, "start"),
    end: pointIn(tail, Math.min(end, tail[from].end), from, to, "end"),
  };
}

/** A point of a segment on its other side; a point within an atom goes to the atom's edge. */
function pointIn(segment: Segment, at: number, from: Side, to: Side, edge: keyof Span): number {
  return segment.isAtom ? segment[to][edge] : segment[to].start + at - segment[from].start;
}

/** Index of the first segment that ends behind an offset. */
function firstBehind(segments: readonly Segment[], offset: number, side: Side): number {
  let [low, high] = [0, segments.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (segments[middle]![side].end > offset) high = middle;
    else low = middle + 1;
  }
  return low;
}
