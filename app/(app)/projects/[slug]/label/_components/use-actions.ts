"use client";

import { type RefObject, useState } from "react";
import { flushSync } from "react-dom";
import { toast } from "sonner";
import type { Answer } from "@/lib/assignments/schema";
import type { Question } from "@/lib/projects/schema";
import { messageOf } from "./calls";
import type { Engine } from "./engine";
import { focusPlace } from "./focus";
import { placesOf, wordPlace, type Place } from "./places";
import { questionTypes } from "./questions/question-types";
import { isRevision, shownWork } from "./session";
import { following } from "./suggestion";

/** Something the person has to do before the page can, said at the questions. */
export type Hint = { assignmentId: string; text: string };

export type Actions = ReturnType<typeof useActions>["actions"];

/** Not over the answers and the button that submits them. */
const away = { position: "top-center" } as const;

/** What keys and buttons do, with where the focus goes and what is said. */
export function useActions(engine: Engine, rootRef: RefObject<HTMLElement | null>) {
  const [hint, setHint] = useState<Hint | null>(null);
  const [announcement, announce] = useState("");
  const shown = () => shownWork(engine.store.get());

  /** Opens an earlier assignment; what the server says against it is told. */
  async function visiting<T>(open: () => Promise<T>): Promise<T | undefined> {
    setHint(null);
    return await open().catch((error: unknown) => void toast.error(messageOf(error), away));
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
      const target = work.place + (effect.part ?? part) - part;
      // The focus goes to what this makes of the page.
      flushSync(() => {
        // Undo comes back to where the answer was given, not to where it leads.
        if (effect.answer !== undefined) actions.answer(question.id, effect.answer, work.place);
        actions.turnTo(target);
      });
      focusPlace(rootRef.current, shown());
      return true;
    },
    /** Answers a question as AI suggests. */
    takeSuggestion: (question: Question, suggested: Answer) => {
      const work = shown();
      if (!work) return;
      const answer = following(question, work.answers[question.id], suggested);
      flushSync(() => actions.answer(question.id, answer, work.place));
      focusPlace(rootRef.current, shown(), { entersText: false });
    },
    clear: (question: Question) => {
      flushSync(() => {
        setHint(null);
        engine.store.dispatch({ type: "cleared", question: question.id });
      });
      focusPlace(rootRef.current, shown(), { entersText: false });
    },
    turnTo: (place: number) => {
      if (shown()?.place !== place) engine.store.dispatch({ type: "turned", place });
    },
    reason: (reason: string) => {
      setHint(null);
      engine.store.dispatch({ type: "reasoned", reason });
    },
    undo: () => {
      flushSync(() => {
        setHint(null);
        engine.store.dispatch({ type: "undone" });
      });
      // In a text box the next U would be a letter.
      focusPlace(rootRef.current, shown(), { entersText: false });
    },
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
      toast("Skipped", {
        ...away,
        action: { label: "Bring back", onClick: () => void actions.visit(work.assignment.id) },
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
