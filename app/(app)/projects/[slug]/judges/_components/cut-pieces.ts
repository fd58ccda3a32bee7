/** A stretch of a text that the same spans cover, by their indices; `start` is in code points. */
export type TextPiece = { start: number; text: string; spans: number[] };

/** Cuts a text where spans begin or end. Offsets are in code points; what lies behind the end of the text is left out. */
export function cutPieces(text: string, spans: readonly { start: number; end: number }[]): TextPiece[] {
  const points = Array.from(text);
  const within = (offset: number) => Math.min(Math.max(offset, 0), points.length);
  const edges = new Set([0, points.length, ...spans.flatMap(({ start, end }) => [within(start), within(end)])]);
  const cuts = [...edges].sort((a, b) => a - b);
  return cuts.slice(1).map((end, i) => {
    const start = cuts[i]!;
    const covering = spans.flatMap((span, index) =>
      within(span.start) <= start && within(span.end) >= end ? [index] : [],
    );
    return { start, text: points.slice(start, end).join(""), spans: covering };
  });
}
