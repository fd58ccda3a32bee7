import type { Span } from "./offset-map";

/** A marked stretch of a completion, as far as critiques quote it. */
export type MarkedAs = Span & { category: string };

/**
 * The id of a span by which a critique of the same completion quotes it, such as "4-9:wrong": its place in code points
 * of the raw text and its category, as no two spans of one category are at one place.
 */
export function spanId({ start, end, category }: MarkedAs): string {
  return `${start}-${end}:${category}`;
}

/** What such an id says; null for ids from elsewhere, which imported critiques may have. */
export function readSpanId(id: string): MarkedAs | null {
  const [, start, end, category] = /^(\d+)-(\d+):(.+)$/su.exec(id) ?? [];
  return category === undefined ? null : { start: Number(start), end: Number(end), category };
}

/** Quotes in the order of the text, each once: the order in which somebody quotes says nothing. */
export function orderQuotes(quotes: Iterable<string>): string[] {
  const place = (id: string) => readSpanId(id) ?? { start: 0, end: 0 };
  return [...new Set(quotes)].sort((one, other) => {
    const [a, b] = [place(one), place(other)];
    return a.start - b.start || a.end - b.end || (one < other ? -1 : 1);
  });
}

/**
 * The quotes of a completion once its spans are others. A quote follows the one span that was moved or got another
 * category, which is one gone and one come; it goes with a span that is gone, so that none is left without its span.
 */
export function followQuotes(
  quotes: readonly string[],
  before: readonly MarkedAs[],
  after: readonly MarkedAs[],
): string[] {
  const [old, present] = [new Set(before.map(spanId)), new Set(after.map(spanId))];
  const gone = [...old].filter((id) => !present.has(id));
  const come = [...present].filter((id) => !old.has(id));
  const isMove = gone.length === 1 && come.length === 1;
  const moved = (id: string) => (isMove && id === gone[0] ? come[0]! : id);
  return orderQuotes(quotes.map(moved).filter((id) => present.has(id)));
}
