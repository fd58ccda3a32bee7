"use client";

import { type RefObject, useEffect, useEffectEvent } from "react";
import { focusOf } from "./focus";
import { answerKeyOf, commandOf, type Command } from "./keys";

type Handlers = {
  /** Says whether the key answers the current question; then it means nothing else. */
  onAnswerKey: (key: string) => boolean;
  run: (command: Command) => void;
};

/** Hands every key that means something here to who it is for. */
export function useKeys({ onAnswerKey, run }: Handlers): void {
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (event.defaultPrevented || event.isComposing) return;
    const focus = focusOf(event.target);
    if (!focus) return;
    const answerKey = answerKeyOf(event, focus);
    if (answerKey !== null && onAnswerKey(answerKey)) return event.preventDefault();
    const command = commandOf(event, focus);
    if (!command) return;
    event.preventDefault();
    run(command);
  });
  useEffect(() => {
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, []);
}

/** A new instance takes the focus to its heading, unless the person is busy outside of the page. */
export function useFocusOnArrival(rootRef: RefObject<HTMLElement | null>, shownId: string | undefined): void {
  useEffect(() => {
    const root = rootRef.current;
    const active = document.activeElement;
    if (!root || !shownId || (active && active !== document.body && !root.contains(active) && !active.matches("main")))
      return;
    root.querySelector<HTMLElement>("[data-start]")?.focus({ preventScroll: true });
  }, [rootRef, shownId]);
}
