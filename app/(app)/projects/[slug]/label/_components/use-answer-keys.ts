"use client";

import { type RefObject, useRef } from "react";
import { useTranslations } from "next-intl";
import { flushSync } from "react-dom";
import { isAsked } from "@/lib/assignments/asked/schema";
import type { Answer } from "@/lib/assignments/schema";
import { placeAfter } from "./advance";
import type { Engine } from "./engine";
import { focusPlace, unheardAt } from "./focus";
import { isAnswered, placesOf, wordPlace } from "./places";
import { questionTypes } from "./questions/question-types";
import { shownWork } from "./session";

type Options = {
  engine: Engine;
  rootRef: RefObject<HTMLElement | null>;
  /** A key that answers a place goes on to the next one. */
  goesOn: boolean;
  announce: (words: string) => void;
  onAnswer: (question: string, answer: Answer, place: number) => void;
  onTurn: (place: number) => void;
};

/** What keys do to the question that they are about. */
export function useAnswerKeys({ engine, rootRef, goesOn, announce, onAnswer, onTurn }: Options) {
  const t = useTranslations("label");
  /** What got the focus when a key went on by itself. */
  const wentOnTo = useRef<Element | null>(null);
  const shown = () => shownWork(engine.store.get());

  /** Does what a key means for the question; false when it means nothing there. */
  function answerByKey(key: string): boolean {
    const work = shown();
    const place = work && placesOf(work.assignment)[work.place];
    if (!work || !place || !isAsked(place.question, work.assignment.schema.questions, work.answers)) return false;
    const { question, part } = place;
    const given = { question, answer: work.answers[question.id], assignment: work.assignment };
    const effect = questionTypes[question.type].onKey(key, given, part);
    if (effect === null) return false;
    const isChoice = effect.answer !== undefined && effect.part === undefined;
    const answers = { ...work.answers, ...(isChoice && { [question.id]: effect.answer! }) };
    // An answer that is changed was perhaps a slip, so that the next key may change it again.
    const isFirst = isChoice && !isAnswered(place, work.assignment, work.answers);
    const next = goesOn && isFirst ? placeAfter({ ...work, answers }, work.place) : null;
    // The focus goes to what this makes of the page.
    flushSync(() => {
      // Undo comes back to where the answer was given, not to where it leads.
      if (effect.answer !== undefined) onAnswer(question.id, effect.answer, work.place);
      onTurn(next ?? work.place + (effect.part ?? part) - part);
    });
    focusPlace(rootRef.current, shown());
    const said = effect.answer === undefined ? null : unheardAt(rootRef.current, work.place);
    if (said !== null) announce(t("list.named", { name: wordPlace(place, t), words: said.join(t("list.comma")) }));
    wentOnTo.current = next === null ? null : document.activeElement;
    return true;
  }

  /** Whether the page has gone on by itself to where a Tab was to go: hands that are used to it press it anyway. */
  function tookTab(): boolean {
    const isThere = wentOnTo.current !== null && wentOnTo.current === document.activeElement;
    wentOnTo.current = null;
    return isThere;
  }
  return { answerByKey, tookTab };
}
