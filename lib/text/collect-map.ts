import type { Nodes } from "hast";
import { codePointLength, makeCodePointCounter } from "./code-points";
import { encodeMap, type OffsetMap, type Segment } from "./offset-map";
import { nowhere, slicePieces, type Piece } from "./origins";

/**
 * The map of a rendered tree, whose texts and code carry their origins in the raw text. `skipped` are characters before
 * the text that was parsed.
 */
export function collectMap(tree: Nodes, raw: string, skipped: number): OffsetMap {
  const count = makeCodePointCounter(raw);
  const segments: Segment[] = [];
  let [rendered, rawStart, rawEnd] = [0, 0, 0];

  const add = (text: string, { start, end, isAtom }: Piece) => {
    const length = codePointLength(text);
    const previous = segments.at(-1);
    // Line breaks may cut an atom; a map goes one way, so that it must become one again.
    if (isAtom && previous?.isAtom && start === rawStart && end === rawEnd) previous.rendered.end = rendered + length;
    else if (length > 0 && end > start && start >= rawEnd) {
      const raw = { start: count(start) + skipped, end: count(end) + skipped };
      if (!isAtom && previous?.isAtom === false && previous.rendered.end === rendered && rawEnd === start) {
        previous.rendered.end += length;
        previous.raw.end = raw.end;
      } else segments.push({ rendered: { start: rendered, end: rendered + length }, raw, isAtom });
      [rawStart, rawEnd] = [start, end];
    }
    rendered += length;
  };
  const addAll = (text: string, origin: readonly Piece[]) => {
    // Spaces that a reference put behind a line break are not shown.
    const total = origin.reduce((sum, { length }) => sum + length, 0);
    const shown = total > text.length ? slicePieces(origin, total - text.length, total) : origin;
    let at = 0;
    for (const piece of shown) add(text.slice(at, (at += piece.length)), piece);
    if (at < text.length) add(text.slice(at), nowhere(text.length - at));
  };
  const walk = (node: Nodes): void => {
    const origin = node.data?.origin;
    // A formula is an atom once it is set.
    if (node.type === "raw") add(textOf(node), { ...(origin?.[0] ?? nowhere(0)), isAtom: true });
    else if (origin || node.type === "text") addAll(textOf(node), origin ?? []);
    else if ("children" in node) node.children.forEach(walk);
  };
  walk(tree);
  return encodeMap(segments);
}

function textOf(node: Nodes): string {
  if (node.type === "text") return node.value;
  // KaTeX's HTML escapes every ">" that ends no tag.
  if (node.type === "raw") return node.value.replaceAll(/<[^>]*>/g, "").replaceAll(/&[^;]+;/g, "&");
  return "children" in node ? node.children.map(textOf).join("") : "";
}
