"use client";

import { type RefObject, useEffect, useEffectEvent } from "react";
import { focusOf } from "./focus";
import { commandOf, type Command } from "./keys";

/** Hands every key that means something here to `run`. */
export function useKeys(run: (command: Command) => void): void {
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (event.defaultPrevented || event.isComposing) return;
    const focus = focusOf(event.target);
    const command = focus && commandOf(event, focus);
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
