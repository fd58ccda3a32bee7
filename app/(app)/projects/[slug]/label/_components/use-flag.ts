"use client";

import { useTranslations } from "next-intl";
import { type RefObject, useRef } from "react";
import { flushSync } from "react-dom";
import type { Engine } from "./engine";
import { focusPlace } from "./focus";
import { flagOf, shownWork } from "./session";

type Options = { engine: Engine; rootRef: RefObject<HTMLElement | null>; announce: (words: string) => void };

/** How the instance on the screen is flagged as having a problem. */
export function useFlag({ engine, rootRef, announce }: Options) {
  const t = useTranslations("label");
  /** Notes by assignment: a flag that was taken back has its note again when it returns. */
  const notes = useRef(new Map<string, string>());
  const shown = () => shownWork(engine.store.get());
  return {
    /** Flags the instance and goes to the note of the flag, or takes the flag back. */
    flag: () => {
      const work = shown();
      if (!work) return;
      const { id } = work.assignment;
      const before = flagOf(work);
      if (before) notes.current.set(id, before.note);
      const flag = before ? null : { note: notes.current.get(id) ?? "" };
      flushSync(() => engine.store.dispatch({ type: "flagged", flag }));
      announce(before ? t("told.flagTakenBack") : t("told.flagged"));
      if (before) focusPlace(rootRef.current, shown(), { entersText: false });
      else rootRef.current?.querySelector<HTMLElement>("[data-flag-note]")?.focus();
    },
    noteFlag: (note: string) => engine.store.dispatch({ type: "flagged", flag: { note } }),
  };
}
