import { type DomText, rangesOfSpan, readDomText, spanOfSelection } from "@/lib/text/dom-text";
import { type OffsetMap, snapSpan, type Span } from "@/lib/text/offset-map";
import { type Selection, spanOfSteps, stepByWord } from "@/lib/text/word-steps";
import { trimSpan } from "../questions/spans";
import type { Direction } from "./marking-keys";
import { type Box, clipBox, joinBoxes } from "./span-shapes";

/** A text on the page that can be marked. Offsets are code points of the raw text. */
export type TextView = ReturnType<typeof viewText>;

/** Tells what is around a text that something in it is to be seen. */
export const unfoldEvent = "tandem-unfold";

/** What scrolls sideways inside of a rendered text, or cuts off what it holds. */
const frames = "pre, table, .katex-display";
/** A part of a formula, which is marked as a whole, not sign by sign. */
const formula = ".katex .base";

/** The text below an element that shows HTML or plain text with its map. It holds until that is rendered anew. */
export function viewText(root: HTMLElement, raw: string, map: OffsetMap) {
  const text = readDomText<Node>(root, map);

  const view = {
    raw,
    /** The browser's selection when it began here; a caret is an empty one. */
    readSelection(): Selection | null {
      const selection = getSelection();
      if (!selection || !root.contains(selection.anchorNode)) return null;
      const span = spanOfSelection(text, selection);
      if (!span) return caretOf(text, selection);
      const { startContainer, startOffset } = selection.getRangeAt(0);
      const isBackward = startContainer === selection.focusNode && startOffset === selection.focusOffset;
      return isBackward ? { anchor: span.end, focus: span.start } : { anchor: span.start, focus: span.end };
    },

    /** Whether the browser's selection, or the caret, is here. */
    hasSelection: (): boolean => root.contains(getSelection()?.anchorNode ?? null),

    /** Whether words go from right to left where a span begins; without one where the selection is, or else the text begins. */
    isRightToLeft(span?: Span): boolean {
      const at = span ? rangesOfSpan(text, span)[0]?.node : getSelection()?.focusNode;
      const node = at && root.contains(at) ? at : (root.firstElementChild ?? root);
      const element = node instanceof Element ? node : node.parentElement!;
      return getComputedStyle(element).direction === "rtl";
    },

    /** Selects in the browser, and scrolls to the end that moves. */
    select(selection: Selection): void {
      unfold(root);
      const span = spanOfSteps(selection);
      const ranges = span ? rangesOfSpan(text, span) : [];
      const [first, last] = [ranges[0], ranges.at(-1)];
      if (!first || !last) return getSelection()?.removeAllRanges();
      const isBackward = selection.focus < selection.anchor;
      const [from, to] = [
        [first.node, first.start],
        [last.node, last.end],
      ] as const;
      getSelection()?.setBaseAndExtent(...(isBackward ? to : from), ...(isBackward ? from : to));
      revealPlace(isBackward ? first.node : last.node, isBackward ? first.start : last.end);
    },

    /** A span without the white space at its ends and the markup beside that. */
    tighten(span: Span): Span {
      return snapSpan(text.segments, trimSpan(raw, span)) ?? span;
    },

    /** Scrolls to the start of a span. */
    reveal(span: Span): void {
      unfold(root);
      const [first] = rangesOfSpan(text, span);
      if (first) revealPlace(first.node, first.start + 1);
    },

    /** Moves an end of a selection by one word. */
    step(selection: Selection | null, direction: Direction): Selection | null {
      return stepByWord(raw, text.segments, selection, direction);
    },

    /** Selects the word next to an offset, the first or the last one without it; false where there is none. */
    selectWord(from: number | null, direction: Direction): boolean {
      const back = direction === "forward" ? "backward" : "forward";
      const far = view.step(from === null ? null : { anchor: from, focus: from }, direction)?.focus;
      const near = far === undefined ? undefined : view.step({ anchor: far, focus: far }, back)?.focus;
      if (far === undefined || near === undefined) return false;
      view.select({ anchor: near, focus: far });
      return far !== from;
    },

    /** Goes to the line above or below, which the browser knows; false where there is none. */
    moveLine(direction: Direction, grows: boolean): boolean {
      const selection = getSelection();
      const before = view.readSelection();
      if (!selection || !before) return view.selectWord(null, direction);
      selection.modify(grows ? "extend" : "move", direction, "line");
      const after = view.readSelection();
      if (after === null) {
        view.select(before);
        return false;
      }
      if (!grows) return view.selectWord(after.focus, direction);
      const stepped = view.step(after, direction);
      if (stepped) view.select(stepped);
      return stepped !== null;
    },

    /** Where a span is seen, line by line, in the window's coordinates. */
    boxesOf(span: Span): Box[] {
      const formulas = new Set<Element>();
      const boxes = rangesOfSpan(text, span).flatMap(({ node, start, end }) => {
        const whole = node.parentElement?.closest(formula);
        if (whole && formulas.has(whole)) return [];
        if (whole) formulas.add(whole);
        const frame = node.parentElement?.closest(frames)?.getBoundingClientRect();
        return Array.from(whole ? whole.getClientRects() : rectsOf(node, start, end), (box) =>
          frame ? clipBox(box, frame) : box,
        );
      });
      return joinBoxes(boxes);
    },
  };
  return view;
}

/** A message of a conversation may be folded, and so may the pane around it, which hears of it. */
function unfold(root: HTMLElement): void {
  const folded = root.closest("details");
  if (folded) folded.open = true;
  root.dispatchEvent(new Event(unfoldEvent, { bubbles: true }));
}

/** The place of a collapsed selection: where that ends which is before it. */
function caretOf(text: DomText<Node>, { focusNode, focusOffset }: globalThis.Selection): Selection {
  const before = spanOfSelection(text, { anchorNode: text.root, anchorOffset: 0, focusNode, focusOffset });
  const at = before?.end ?? 0;
  return { anchor: at, focus: at };
}

function rectsOf(node: Node, start: number, end: number): DOMRectList {
  const range = document.createRange();
  range.setStart(node, start);
  range.setEnd(node, end);
  return range.getClientRects();
}

/** Scrolls everything around a place in a text as far as is needed to see it. */
function revealPlace(node: Node, offset: number): void {
  const at = rectsOf(node, Math.max(0, offset - 1), Math.max(1, offset))[0];
  if (!at) return;
  let { top, bottom, left, right } = at;
  for (let around = node.parentElement; around; around = around.parentElement) {
    if (!/auto|scroll/.test(getComputedStyle(around).overflow)) continue;
    const frame = around.getBoundingClientRect();
    const margin = Math.min(48, frame.height / 4);
    const down = Math.max(0, bottom + margin - frame.bottom) || Math.min(0, top - margin - frame.top);
    const across = Math.max(0, right + 8 - frame.right) || Math.min(0, left - 8 - frame.left);
    const before = { x: around.scrollLeft, y: around.scrollTop };
    around.scrollBy({ top: down, left: across, behavior: "instant" });
    const [dx, dy] = [around.scrollLeft - before.x, around.scrollTop - before.y];
    [top, bottom, left, right] = [top - dy, bottom - dy, left - dx, right - dx];
  }
}
