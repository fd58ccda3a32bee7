import { messageOf, type MessageName } from "./marked-text";
import type { Span } from "./offset-map";

/** A marked stretch of a text, as far as critiques quote it; `on` names the prompt or a message, all else is the completion. */
export type MarkedAs = Span & { category: string; on?: number | "prompt" | MessageName };

/**
 * The id of a span by which a critique quotes it, such as "4-9:wrong" on the same completion, "prompt:4-9:wrong" or
 * "message-2:4-9:wrong": its place in code points of the raw text and its category, as no two spans of one category are
 * at one place.
 */
export function spanId({ start, end, category, on }: MarkedAs): string {
  return `${typeof on === "string" ? `${on}:` : ""}${start}-${end}:${category}`;
}

/** What such an id says; null for ids from elsewhere, which imported critiques may have. */
export function readSpanId(id: string): MarkedAs | null {
  const [, on, start, end, category] = /^(?:(prompt|message-(?:0|[1-9]\d*)):)?(\d+)-(\d+):(.+)$/su.exec(id) ?? [];
  if (category === undefined) return null;
  const span = { start: Number(start), end: Number(end), category };
  return on === undefined ? span : { ...span, on: on as "prompt" | MessageName };
}

/** Quotes in the order of the texts, each once: the order in which somebody quotes says nothing. */
export function orderQuotes(quotes: Iterable<string>): string[] {
  const place = (id: string): Span & Pick<MarkedAs, "on"> => readSpanId(id) ?? { start: 0, end: 0 };
  return [...new Set(quotes)].sort((one, other) => {
    const [a, b] = [place(one), place(other)];
    return textPlace(a.on) - textPlace(b.on) || a.start - b.start || a.end - b.end || (one < other ? -1 : 1);
  });
}

/** What is answered is read before the completion. */
function textPlace(on: MarkedAs["on"]): number {
  if (typeof on !== "string") return Infinity;
  return on === "prompt" ? -1 : messageOf(on);
}

/**
 * The quotes of a completion once its spans have grown to whole units, where several may have become one: each quotes the
 * smallest span of its category around its own, and goes where there is none.
 */
export function followGrown(
  quotes: readonly string[],
  before: readonly MarkedAs[],
  after: readonly MarkedAs[],
): string[] {
  const shortest = after.toSorted((a, b) => a.end - a.start - (b.end - b.start));
  const around = ({ on, start, end, category }: MarkedAs) =>
    shortest.find((one) => one.on === on && one.category === category && one.start <= start && one.end >= end);
  const grown = new Map(before.map((span) => [spanId(span), around(span)]));
  return orderQuotes(quotes.flatMap((id) => grown.get(id) ?? []).map(spanId));
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
