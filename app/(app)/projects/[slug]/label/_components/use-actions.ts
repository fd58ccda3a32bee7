"use client";

import { useTranslations } from "next-intl";
import { type RefObject, useRef, useState } from "react";
import { flushSync } from "react-dom";
import { toast } from "sonner";
import { useNews } from "@/app/_components/ui/use-news";
import type { Translate } from "@/app/i18n/translate";
import type { Answer } from "@/lib/assignments/schema";
import type { Question } from "@/lib/projects/schema";
import { messageOf } from "./calls";
import type { Engine } from "./engine";
import { focusPlace, leaveText } from "./focus";
import { placesOf, wordPlace } from "./places";
import { questionTypes } from "./questions/question-types";
import { wordTexts } from "./sealed";
import { isRevision, shownWork, type Work } from "./session";
import { tellSkipped } from "./skip-toast";
import { following } from "./suggestion";
import { useAnswerKeys } from "./use-answer-keys";
import { useFlag } from "./use-flag";

/** Something the person has to do before the page can, said at the questions. */
export type Hint = {
  assignmentId: string;
  text: string;
  /** How often it was said: the same words are said again to who hears them. */
  times: number;
};

export type Actions = ReturnType<typeof useActions>["actions"];

/** Not over the answers and the button that submits them. */
const away = { position: "top-center" } as const;

type Options = {
  rootRef: RefObject<HTMLElement | null>;
  /** A key that answers a place goes on to the next one. */
  goesOn: boolean;
  /** The key of the reason; null for none. */
  reasonKey: string | null;
};

/** What keys and buttons do, with where the focus goes and what is said. */
export function useActions(engine: Engine, { rootRef, goesOn, reasonKey }: Options) {
  const t = useTranslations("label");
  const [hint, setHint] = useState<Hint | null>(null);
  const { newsRef, tell: announce } = useNews();
  /** Opens the box for the reason of the newest skip while that is told. */
  const explainSkip = useRef<(() => void) | null>(null);
  const shown = () => shownWork(engine.store.get());

  const sayHint = (assignmentId: string, text: string) =>
    setHint((before) => ({ assignmentId, text, times: (before?.times ?? 0) + 1 }));

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
    announce(t(`told.${type}`));
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
    undo: () => goThroughPast("undone"),
    redo: () => goThroughPast("redone"),
    doubt: () => {
      const work = shown();
      if (!work) return;
      engine.store.dispatch({ type: "doubted", isUnsure: !work.isUnsure });
      announce(work.isUnsure ? t("told.sure") : t("told.unsure"));
    },
    /** Goes to the box for the reason; where the project has none, opens that of a skip which was just made. */
    turnToReason: () => {
      const box = rootRef.current?.querySelector<HTMLElement>("[data-reason]");
      if (box) box.focus();
      else explainSkip.current?.();
    },
    leaveText: () => leaveText(rootRef.current, shown()),
    /** Says something to who does not see it. */
    announce,
    submit: () => {
      const work = shown();
      if (!work) return;
      const { id } = work.assignment;
      const outcome = engine.submit();
      if (outcome === "incomplete") {
        flushSync(() => sayHint(id, wordMissing(shown()!, t)));
        focusPlace(rootRef.current, shown());
      } else if (outcome === "hidden") {
        sayHint(id, t("hints.read", { texts: wordTexts(work.assignment.hidden, t) }));
        rootRef.current?.querySelector<HTMLElement>("[data-reveal]")?.focus();
      } else if (outcome === "no-reason") {
        sayHint(id, t("hints.reason"));
        rootRef.current?.querySelector<HTMLElement>("[data-reason]")?.focus();
      } else if (outcome === "blocked") {
        rootRef.current?.querySelector<HTMLElement>("[data-problem] button")?.focus();
      } else if (outcome !== "too-soon") {
        setHint(null);
        announce(t(outcome === "unchanged" ? "told.unchanged" : isRevision(work) ? "told.revised" : "told.submitted"));
      }
    },
    skip: () => {
      const work = shown();
      if (!work || !engine.skip()) return;
      announce(t("told.skipped"));
      const { id } = work.assignment;
      const skip = {
        reason: work.reason.trim(),
        bringBack: () => void actions.visit(id),
        explain: (reason: string) => engine.explainSkip(id, reason),
        leave: actions.leaveText,
        reasonKey: work.assignment.schema.reason === "off" ? reasonKey : null,
        onGone: () => {
          explainSkip.current = null;
        },
      };
      explainSkip.current = tellSkipped(skip, t);
    },
    visit: (id: string) => visiting(() => engine.visit(id)),
    visitPrevious: async () => {
      if ((await visiting(engine.visitPrevious)) === false) toast(t("told.nothingBefore"), away);
    },
    leaveVisit: engine.leaveVisit,
    revise: () => {
      engine.store.dispatch({ type: "revising" });
      actions.leaveText();
    },
    renew: async () => {
      await visiting(engine.renew);
      actions.leaveText();
    },
    /** Brings what the answer to a question reveals. Throws ApiError. */
    reveal: async (question: string) => {
      const id = shown()?.assignment.id;
      await engine.reveal(question);
      if (shown()?.assignment.id !== id) return;
      setHint(null);
      announce(t("told.revealed"));
      rootRef.current?.querySelector<HTMLElement>("[data-start]")?.focus({ preventScroll: true });
    },
    drop: engine.drop,
  };
  const keys = useAnswerKeys({
    ...{ engine, rootRef, goesOn, announce },
    onAnswer: actions.answer,
    onTurn: actions.turnTo,
  });
  const flags = useFlag({ engine, rootRef, announce });
  return { actions: { ...actions, ...keys, ...flags }, hint, newsRef };
}

/** What is missing at the place that is open. */
function wordMissing({ assignment, answers, place }: Work, t: Translate<"label">): string {
  const places = placesOf(assignment);
  const { question, part } = places[place]!;
  const given = { question, answer: answers[question.id], assignment };
  const lack = questionTypes[question.type].lacking?.(given, part) ?? null;
  if (lack === null && places.length === 1) return t("hints.onlyMissing");
  return t(lack === "severity" ? "hints.noSeverity" : "hints.missing", { place: wordPlace(places[place]!, t) });
}
