"use client";

import { useEffect, useEffectEvent } from "react";
import { spanOfSteps } from "@/lib/text/word-steps";
import type { MarkedSpan, On } from "../questions/spans";
import type { Marking } from "./marking";
import type { Direction, MarkingCommand } from "./marking-keys";
import type { TextView } from "./text-view";

/** Tells of a new selection; of one that is being drawn only when the mouse is let go. */
export function useSelection(onChange: () => void): void {
  const change = useEffectEvent(onChange);
  useEffect(() => {
    let isDrawing = false;
    const onSelection = () => {
      if (!isDrawing || getSelection()?.isCollapsed) change();
    };
    const onDown = () => {
      isDrawing = true;
    };
    const onUp = () => {
      isDrawing = false;
      change();
    };
    document.addEventListener("selectionchange", onSelection);
    window.addEventListener("pointerdown", onDown, { capture: true });
    window.addEventListener("pointerup", onUp);
    window.addEventListener("pointercancel", onUp);
    return () => {
      document.removeEventListener("selectionchange", onSelection);
      window.removeEventListener("pointerdown", onDown, { capture: true });
      window.removeEventListener("pointerup", onUp);
      window.removeEventListener("pointercancel", onUp);
    };
  }, []);
}

/** Leaves the caret where the selection ended: arrows go on from there. */
export function collapseSelection(): void {
  const selection = getSelection();
  if (selection && selection.rangeCount > 0) selection.collapseToEnd();
}

/** The selection in the first text that has one. */
export function findSelection(views: ReadonlyMap<On, TextView>): Marking["selection"] {
  for (const [on, view] of views) {
    const selection = view.readSelection();
    const span = selection && spanOfSteps(selection);
    if (span) return { on, span };
  }
  return null;
}

/** Whether two selections hold the same. */
export function isSameSelection(a: Marking["selection"], b: Marking["selection"]): boolean {
  if (!a || !b) return a === b;
  return a.on === b.on && a.span.start === b.span.start && a.span.end === b.span.end;
}

type Move = Extract<MarkingCommand, { do: "word" | "line" }>;

/**
 * Moves the selection through a text; false where that ends. It goes on from the span that is picked there, if there is
 * one.
 */
export function moveSelection(
  view: TextView,
  picked: MarkedSpan | null,
  { do: step, direction, grows }: Move,
): boolean {
  if (picked) view.select({ anchor: picked.start, focus: picked.end });
  if (step === "line") return view.moveLine(direction, grows);
  const before = view.readSelection();
  if (!grows) return view.selectWord(before && edgeOf(before, direction), direction);
  const after = view.step(before, direction);
  if (after) view.select(after);
  return after !== null;
}

function edgeOf({ anchor, focus }: { anchor: number; focus: number }, direction: Direction): number {
  return direction === "forward" ? Math.max(anchor, focus) : Math.min(anchor, focus);
}
