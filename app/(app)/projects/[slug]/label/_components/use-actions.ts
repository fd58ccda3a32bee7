"use client";

import { type RefObject, useRef, useState } from "react";
import { flushSync } from "react-dom";
import { toast } from "sonner";
import type { Answer } from "@/lib/assignments/schema";
import { placeAfter } from "./advance";
import { messageOf } from "./calls";
import type { Engine } from "./engine";
import { focusPlace, leaveText } from "./focus";
import { isAnswered, placesOf, wordPlace, type Place } from "./places";
import { questionTypes } from "./questions/question-types";
import { flagOf, isRevision, shownWork } from "./session";
import { tellSkipped } from "./skip-toast";

/** Something the person has to do before the page can, said at the questions. */
export type Hint = { assignmentId: string; text: string };

export type Actions = ReturnType<typeof useActions>["actions"];

/** Not over the answers and the button that submits them. */
const away = { position: "top-center" } as const;

type Options = {
  rootRef: RefObject<HTMLElement | null>;
  /** A key that answers a place goes on to the next one. */
  goesOn: boolean;
};

/** What keys and buttons do, with where the focus goes and what is said. */
export function useActions(engine: Engine, { rootRef, goesOn }: Options) {
  const [hint, setHint] = useState<Hint | null>(null);
  const [announcement, announce] = useState("");
  /** The place that was gone on to by itself, until the next key. */
  const wentOnTo = useRef<Element | null>(null);
  /** Notes of flags by assignment: a flag that was taken back has its note again when it returns. */
  const notes = useRef(new Map<string, string>());
  const shown = () => shownWork(engine.store.get());

  /** Opens an earlier assignment; what the server says against it is told. */
  async function visiting<T>(open: () => Promise<T>): Promise<T | undefined> {
    setHint(null);
    return await open().catch((error: unknown) => void toast.error(messageOf(error), away));
  }

  function goThroughPast(type: "undone" | "redone"): void {
    flushSync(() => {
      setHint(null);
      engine.store.dispatch({ type });
    });
    // In a text box the next U would be a letter.
    focusPlace(rootRef.current, shown(), { entersText: false });
  }

  const actions = {
    answer: (question: string, answer: Answer, place: number) => {
      setHint(null);
      engine.store.dispatch({ type: "answered", question, answer, place });
    },
    /** The same for a text in an answer, character by character. */
    type: (question: string, answer: Answer, place: number) => {
      setHint(null);
      engine.store.dispatch({ type: "answered", question, answer, place, isTyped: true });
    },
    /** Does what a key means for the question that keys are about; false when it means nothing there. */
    answerByKey: (key: string): boolean => {
      const work = shown();
      const place = work && placesOf(work.assignment)[work.place];
      if (!work || !place) return false;
      const { question, part } = place;
      const given = { question, answer: work.answers[question.id], assignment: work.assignment };
      const effect = questionTypes[question.type].onKey(key, given, part);
      if (effect === null) return false;
      const wasOpen = !isAnswered(place, work.assignment, work.answers);
      const isChoice = effect.answer !== undefined && effect.part === undefined;
      const answers = { ...work.answers, ...(isChoice && { [question.id]: effect.answer! }) };
      const next = goesOn && isChoice && wasOpen ? placeAfter({ ...work, answers }, work.place) : null;
      const target = next ?? work.place + (effect.part ?? part) - part;
      // The focus goes to what this makes of the page.
      flushSync(() => {
        // Undo comes back to where the answer was given, not to where it leads.
        if (effect.answer !== undefined) actions.answer(question.id, effect.answer, work.place);
        actions.turnTo(target);
      });
      focusPlace(rootRef.current, shown());
      wentOnTo.current = next === null ? null : document.activeElement;
      return true;
    },
    /** Whether the page has gone on by itself to where a Tab was to go: hands that are used to it press it anyway. */
    tookTab: (): boolean => {
      const isThere = wentOnTo.current !== null && wentOnTo.current === document.activeElement;
      wentOnTo.current = null;
      return isThere;
    },
    turnTo: (place: number) => {
      if (shown()?.place !== place) engine.store.dispatch({ type: "turned", place });
    },
    reason: (reason: string) => {
      setHint(null);
      engine.store.dispatch({ type: "reasoned", reason });
    },
    undo: () => goThroughPast("undone"),
    redo: () => goThroughPast("redone"),
    doubt: () => {
      const work = shown();
      if (!work) return;
      engine.store.dispatch({ type: "doubted", isUnsure: !work.isUnsure });
      announce(work.isUnsure ? "Sure." : "Unsure.");
    },
    /** Flags the instance and goes to the note of the flag, or takes the flag back. */
    flag: () => {
      const work = shown();
      if (!work) return;
      const { id } = work.assignment;
      const before = flagOf(work);
      if (before) notes.current.set(id, before.note);
      const flag = before ? null : { note: notes.current.get(id) ?? "" };
      flushSync(() => engine.store.dispatch({ type: "flagged", flag }));
      announce(before ? "Flag taken back." : "Flagged.");
      if (before) focusPlace(rootRef.current, shown(), { entersText: false });
      else rootRef.current?.querySelector<HTMLElement>("[data-flag-note]")?.focus();
    },
    noteFlag: (note: string) => engine.store.dispatch({ type: "flagged", flag: { note } }),
    leaveText: () => leaveText(rootRef.current, shown()),
    submit: () => {
      const work = shown();
      if (!work) return;
      const { id } = work.assignment;
      const outcome = engine.submit();
      if (outcome === "incomplete") {
        flushSync(() => setHint({ assignmentId: id, text: wordMissing(placesOf(work.assignment), shown()!.place) }));
        focusPlace(rootRef.current, shown());
      } else if (outcome === "no-reason") {
        setHint({ assignmentId: id, text: "This project asks for a reason with every answer." });
        rootRef.current?.querySelector<HTMLElement>("[data-reason]")?.focus();
      } else if (outcome === "blocked") {
        rootRef.current?.querySelector<HTMLElement>("[data-problem] button")?.focus();
      } else {
        setHint(null);
        announce(outcome === "unchanged" ? "Nothing was changed." : isRevision(work) ? "Revision sent." : "Submitted.");
      }
    },
    skip: () => {
      const work = shown();
      if (!work || isRevision(work)) return;
      engine.skip();
      announce("Skipped.");
      const { id } = work.assignment;
      tellSkipped({
        reason: work.reason.trim(),
        bringBack: () => void actions.visit(id),
        explain: (reason) => engine.explainSkip(id, reason),
      });
    },
    visit: (id: string) => visiting(() => engine.visit(id)),
    visitPrevious: async () => {
      if ((await visiting(engine.visitPrevious)) === false) toast("You have submitted nothing before this.", away);
    },
    /** Closes an earlier submission, whether it was opened or came from another tab. */
    leaveVisit: () => {
      const work = shown();
      if (engine.store.get().visit) engine.store.dispatch({ type: "left-visit" });
      else if (work && isRevision(work)) engine.drop();
    },
    revise: () => engine.store.dispatch({ type: "revising" }),
    renew: () => visiting(engine.renew),
    drop: engine.drop,
  };
  return { actions, hint, announcement };
}

function wordMissing(places: Place[], missing: number): string {
  return places.length === 1 ? "Not answered yet." : `${wordPlace(places[missing]!)} is not answered yet.`;
}
