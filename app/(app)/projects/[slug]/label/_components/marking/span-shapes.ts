import { keyOfSpan, type MarkedSpan } from "../questions/spans";

/** A rectangle of the page, in pixels. */
export type Box = { left: number; top: number; right: number; bottom: number };

/** How one span is drawn over its text. */
export type SpanShape = {
  key: string;
  span: MarkedSpan;
  /** The lines it covers. */
  boxes: Box[];
  /** Which of the lines below a text is its own: spans that overlap have different ones. */
  level: number;
  /** Where its letter stands. */
  letter: { x: number; y: number };
};

/** What stands further apart than this is not one piece: cells of a table are not, parts of a formula are. */
const wordGap = 10;
/** Lines that fit between two lines of a text. */
const levels = 4;
const letterSize = { width: 13, rise: 9 };

/** A span, the lines it covers, and whether it begins at their right ends. */
export type SeenSpan = { span: MarkedSpan; boxes: Box[]; isRightToLeft: boolean };

/** What is drawn for spans in reading order; a span of which nothing is seen is left out. */
export function shapeSpans(spans: readonly SeenSpan[]): SpanShape[] {
  const shapes: SpanShape[] = [];
  for (const { span, boxes, isRightToLeft } of spans) {
    const [first] = boxes;
    if (!first) continue;
    const taken = shapes.filter((other) => other.span.end > span.start && other.span.start < span.end);
    const level = firstFree(taken.map((other) => other.level));
    const y = first.top - letterSize.rise;
    const along = isRightToLeft ? -1 : 1;
    let x = isRightToLeft ? first.right - letterSize.width : first.left;
    // Letters in one line stand beside each other.
    for (const { letter } of shapes.toSorted((a, b) => along * (a.letter.x - b.letter.x)))
      if (Math.abs(letter.y - y) < letterSize.width && Math.abs(letter.x - x) < letterSize.width)
        x = letter.x + along * letterSize.width;
    shapes.push({ key: keyOfSpan(span), span, boxes, level: level % levels, letter: { x, y } });
  }
  return shapes;
}

function firstFree(taken: number[]): number {
  let level = 0;
  while (taken.includes(level)) level += 1;
  return level;
}

/** Boxes side by side in one line as one. Empty ones, as line breaks have them, are left out. */
export function joinBoxes(boxes: readonly Box[]): Box[] {
  const joined: Box[] = [];
  for (const { left, top, right, bottom } of boxes) {
    if (right - left < 0.5 || bottom - top < 0.5) continue;
    const last = joined.at(-1);
    const shared = last ? Math.min(last.bottom, bottom) - Math.max(last.top, top) : 0;
    const isBeside = last && left <= last.right + wordGap && right >= last.left - wordGap;
    if (last && isBeside && shared > 0.5 * Math.min(last.bottom - last.top, bottom - top)) {
      last.left = Math.min(last.left, left);
      last.top = Math.min(last.top, top);
      last.right = Math.max(last.right, right);
      last.bottom = Math.max(last.bottom, bottom);
    } else joined.push({ left, top, right, bottom });
  }
  return joined;
}

/** What of a box is inside of another. */
export function clipBox(box: Box, frame: Box): Box {
  return {
    left: Math.max(box.left, frame.left),
    top: Math.max(box.top, frame.top),
    right: Math.min(box.right, frame.right),
    bottom: Math.min(box.bottom, frame.bottom),
  };
}

export function moveBox({ left, top, right, bottom }: Box, dx: number, dy: number): Box {
  return { left: left + dx, top: top + dy, right: right + dx, bottom: bottom + dy };
}

/** The spans drawn at a point, the shortest first. */
export function shapesAt(shapes: readonly SpanShape[], x: number, y: number): SpanShape[] {
  const length = ({ span }: SpanShape) => span.end - span.start;
  return shapes
    .filter(({ boxes }) => boxes.some((box) => x >= box.left && x <= box.right && y >= box.top && y <= box.bottom + 8))
    .sort((a, b) => length(a) - length(b));
}

/** SVG path data: all boxes of a span as areas. */
export function areaPath(boxes: readonly Box[]): string {
  return boxes.map(({ left, top, right, bottom }) => `M${left} ${top}H${right}V${bottom}H${left}Z`).join("");
}

/** SVG path data: a line below each box of a span, at its level. */
export function linePath(boxes: readonly Box[], level: number): string {
  return boxes.map(({ left, right, bottom }) => `M${left} ${bottom + 1 + 3 * level}H${right}`).join("");
}
