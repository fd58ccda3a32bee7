"use client";

import { type RefObject, useState } from "react";
import { toast } from "sonner";
import type { Answer } from "@/lib/assignments/schema";
import { messageOf } from "./calls";
import type { Engine } from "./engine";
import { focusAspect } from "./focus";
import { firstUnanswered, isRevision, shownWork } from "./session";

/** Something the person has to do before the page can, said at the questions. */
export type Hint = { assignmentId: string; text: string };

export type Actions = ReturnType<typeof useActions>["actions"];

/** What keys and buttons do, with where the focus goes and what is said. */
export function useActions(engine: Engine, rootRef: RefObject<HTMLElement | null>) {
  const [hint, setHint] = useState<Hint | null>(null);
  const [announcement, announce] = useState("");
  const shown = () => shownWork(engine.store.get());

  /** Opens an earlier assignment; what the server says against it is told. */
  async function visiting<T>(open: () => Promise<T>): Promise<T | undefined> {
    setHint(null);
    return await open().catch((error: unknown) => void toast.error(messageOf(error)));
  }

  const actions = {
    answer: (aspect: string, answer: Answer) => {
      setHint(null);
      engine.store.dispatch({ type: "answered", aspect, answer });
    },
    /** Answers the aspect that keys are about. */
    answerActive: (answer: Answer) => {
      const work = shown();
      const aspect = work?.assignment.schema.aspects[work.aspect];
      if (!work || !aspect) return;
      actions.answer(aspect.id, answer);
      focusAspect(rootRef.current, work, answer);
    },
    turnTo: (aspect: number) => engine.store.dispatch({ type: "turned", aspect }),
    reason: (reason: string) => {
      setHint(null);
      engine.store.dispatch({ type: "reasoned", reason });
    },
    undo: () => {
      setHint(null);
      engine.store.dispatch({ type: "undone" });
      const work = shown();
      const aspect = work?.assignment.schema.aspects[work.aspect];
      if (work && aspect) focusAspect(rootRef.current, work, work.answers[aspect.id]);
    },
    submit: () => {
      const work = shown();
      if (!work) return;
      const { id, schema } = work.assignment;
      const outcome = engine.submit();
      if (outcome === "incomplete") {
        const missing = schema.aspects[firstUnanswered(work)]!;
        setHint({
          assignmentId: id,
          text: schema.aspects.length === 1 ? "Not answered yet." : `${missing.name} is not answered yet.`,
        });
        focusAspect(rootRef.current, shown());
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
      toast("Skipped", { action: { label: "Bring back", onClick: () => void actions.visit(work.assignment.id) } });
    },
    visit: (id: string) => visiting(() => engine.visit(id)),
    visitPrevious: async () => {
      if ((await visiting(engine.visitPrevious)) === false) toast("You have submitted nothing before this.");
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
