import { codePointLength, makeUtf16Finder, toCodePoint } from "./code-points";
import { decodeMap, rawSpan, renderedSpans, type OffsetMap, type Segment, type Span } from "./offset-map";

/** What we need of a DOM node: the browser's own nodes fit, and so do those of a test. */
export type DomNode = {
  readonly nodeType: number;
  readonly nodeValue: string | null;
  readonly parentNode: DomNode | null;
  readonly childNodes: ArrayLike<DomNode>;
  readonly className?: unknown;
};

/** What we need of `getSelection()`. */
export type DomSelection<N extends DomNode> = {
  readonly anchorNode: N | null;
  readonly anchorOffset: number;
  readonly focusNode: N | null;
  readonly focusOffset: number;
};

/** A part of one text node, in UTF-16 units, as `Range` wants it. */
export type TextRange<N extends DomNode> = { node: N; start: number; end: number };

/** A text on the page and where it comes from. It holds for the nodes it was made of: make it anew when they change. */
export type DomText<N extends DomNode> = {
  root: N;
  segments: readonly Segment[];
  /** Where every node below the root lies in the rendered text, and the root itself. */
  spans: ReadonlyMap<DomNode, Span>;
  /** The text nodes that can be seen, in order. */
  texts: readonly N[];
};

const textNode = 3;
/** KaTeX writes each formula twice, once for screen readers alone. */
const hiddenClass = "katex-mathml";

/** Reads the text below an element that shows HTML of `renderWithMap`, or the text of `showPlain`, with its map. */
export function readDomText<N extends DomNode>(root: N, map: OffsetMap): DomText<N> {
  const spans = new Map<DomNode, Span>();
  const texts: N[] = [];
  let at = 0;
  const read = (node: DomNode, isHidden: boolean): void => {
    const start = at;
    if (node.nodeType === textNode) {
      at += codePointLength(node.nodeValue ?? "");
      if (!isHidden) texts.push(node as N);
    }
    for (const child of Array.from(node.childNodes)) read(child, isHidden || child.className === hiddenClass);
    spans.set(node, { start, end: at });
  };
  read(root, false);
  return { root, segments: decodeMap(map), spans, texts };
}

/**
 * The raw span of a selection, in either direction. It belongs to the text in which it began and ends where that text
 * ends; atoms are whole. Null when it began elsewhere or holds nothing of the raw text.
 */
export function spanOfSelection<N extends DomNode>(text: DomText<N>, selection: DomSelection<N>): Span | null {
  const { anchorNode, anchorOffset, focusNode, focusOffset } = selection;
  if (!anchorNode || !focusNode || !text.spans.has(anchorNode)) return null;
  const anchor = pointOf(text, anchorNode, anchorOffset);
  const focus = pointOf(text, focusNode, focusOffset);
  if (anchor === null || focus === null) return null;
  return rawSpan(text.segments, { start: Math.min(anchor, focus), end: Math.max(anchor, focus) });
}

/** The parts of text nodes that show a raw span, in order. Spans may overlap: each has parts of its own. */
export function rangesOfSpan<N extends DomNode>(text: DomText<N>, span: Span): TextRange<N>[] {
  return rangesOfSpans(text, [span]);
}

/** The same for many spans in order, none of which goes over another: each text node is walked through once. */
export function rangesOfSpans<N extends DomNode>(text: DomText<N>, spans: readonly Span[]): TextRange<N>[] {
  const { texts, segments } = text;
  const spanOf = (index: number): Span => text.spans.get(texts[index]!)!;
  const finders = new Map<N, (codePoint: number) => number>();
  const ranges: TextRange<N>[] = [];
  for (const { start, end } of spans.flatMap((span) => renderedSpans(segments, span))) {
    for (let i = firstEndingBehind(start, texts.length, spanOf); i < texts.length && spanOf(i).start < end; i += 1) {
      const [node, own] = [texts[i]!, spanOf(i)];
      const toOffset = finders.get(node) ?? makeUtf16Finder(node.nodeValue ?? "");
      finders.set(node, toOffset);
      const from = toOffset(Math.max(0, start - own.start));
      ranges.push({ node, start: from, end: toOffset(Math.min(own.end, end) - own.start) });
    }
  }
  return ranges;
}

/** The place of a DOM point in the rendered text; outside it, the end that is nearer. Null in another document. */
function pointOf<N extends DomNode>(text: DomText<N>, node: N, offset: number): number | null {
  const span = text.spans.get(node);
  if (!span) return isBefore(node, offset, text.root);
  if (node.nodeType === textNode) return span.start + toCodePoint(node.nodeValue ?? "", offset);
  const child = node.childNodes[offset];
  return child ? (text.spans.get(child)?.start ?? span.end) : span.end;

  function isBefore(outside: DomNode, at: number, root: DomNode): number | null {
    const ends = text.spans.get(root)!;
    const path = new Map<DomNode, number>();
    for (let inner = root; inner.parentNode; inner = inner.parentNode)
      path.set(inner.parentNode, indexOf(inner.parentNode, inner));
    // Up to the first node that holds both.
    let [holder, index] = [outside, at];
    while (!path.has(holder)) {
      if (!holder.parentNode) return null;
      index = indexOf(holder.parentNode, holder);
      holder = holder.parentNode;
    }
    return index <= path.get(holder)! ? ends.start : ends.end;
  }
}

function indexOf(parent: DomNode, child: DomNode): number {
  return Array.prototype.indexOf.call(parent.childNodes, child);
}

function firstEndingBehind(offset: number, count: number, spanOf: (index: number) => Span): number {
  let [low, high] = [0, count];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (spanOf(middle).end > offset) high = middle;
    else low = middle + 1;
  }
  return low;
}
