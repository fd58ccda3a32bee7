"use client";

import { useLocale } from "next-intl";
import { type RefObject, useEffect, useEffectEvent, useRef } from "react";
import { directionOf } from "@/lib/text/locales";
import { focusOf } from "./focus";
import type { Bindings } from "./bindings";
import { answerKeyOf, commandOf, type Command } from "./keys";
import { pressBeside } from "./press-beside";

type Handlers = {
  bindings: Bindings;
  /** Says whether the key answers the current question; then it means nothing else. */
  onAnswerKey: (key: string) => boolean;
  /** Says whether the page stands already where Tab was to go. */
  onTab: () => boolean;
  run: (command: Command) => void;
};

/** Hands every key that means something here to who it is for. */
export function useKeys({ bindings, onAnswerKey, onTab, run }: Handlers): void {
  const direction = directionOf(useLocale());
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (event.defaultPrevented || event.isComposing) return;
    const focus = focusOf(event.target);
    if (!focus) return;
    if (event.key === "Tab" && !event.shiftKey && !event.ctrlKey && onTab()) return event.preventDefault();
    const answerKey = answerKeyOf(event, focus, direction);
    if (answerKey !== null && onAnswerKey(answerKey)) return event.preventDefault();
    if (direction === "rtl" && answerKey !== null && pressBeside(event.target, answerKey))
      return event.preventDefault();
    const command = commandOf(event, focus, bindings);
    // Enter on an answer would submit the form around it, also where another key submits.
    if (command || (event.key === "Enter" && focus === "elsewhere")) event.preventDefault();
    if (command) run(command);
  });
  useEffect(() => {
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, []);
}

/** A new instance, or that there is none any more, takes the focus to its heading, unless the person is busy elsewhere. */
export function useFocusOnArrival(rootRef: RefObject<HTMLElement | null>, shownId: string | undefined): void {
  const hasArrived = useRef(false);
  useEffect(() => {
    hasArrived.current ||= shownId !== undefined;
    const root = rootRef.current;
    const active = document.activeElement;
    if (
      !root ||
      !hasArrived.current ||
      (active && active !== document.body && !root.contains(active) && !active.matches("main"))
    )
      return;
    root.querySelector<HTMLElement>("[data-start]")?.focus({ preventScroll: true });
  }, [rootRef, shownId]);
}
