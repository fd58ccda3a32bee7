"use client";

import { Check } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ComponentType } from "react";
import { cn } from "@/app/_components/ui/cn";
import type { Translate } from "@/app/i18n/translate";
import { isAsked } from "@/lib/assignments/asked/schema";
import type { AnswerOf, Answers } from "@/lib/assignments/schema";
import { choiceIn } from "@/lib/assignments/reasons/schema";
import { AnswerFoot } from "./answer-foot";
import { isAnswered, placesOf, wordPlace, type Place } from "./places";
import { questionProps } from "./question-props";
import { questionComponents } from "./questions/question-components";
import type { AnyQuestionProps } from "./questions/question-type";
import { describeChoice } from "./questions/scale-words";
import { SealedQuestion } from "./reading/sealed-question";
import type { Work } from "./session";
import { SuggestionLine } from "./suggestion-line";
import type { Actions, Hint } from "./use-actions";

/** The questions and what can be done with the instance: at the same place with the same height for every instance. */
export function AnswerBar({ work, actions, hint }: { work: Work; actions: Actions; hint: Hint | null }) {
  const t = useTranslations("label");
  return (
    <form
      aria-label={t("answers.form")}
      // What is missing is said at the questions, in the page's own words.
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        actions.submit();
      }}
      className="@container shrink-0 border-t bg-background px-3 pt-2 pb-3 shadow-[0_-4px_16px_-12px_rgb(0_0_0/0.25)] sm:px-4"
    >
      <WhatIsAsked work={work} hint={hint} />
      <SuggestionLine work={work} actions={actions} />
      <QuestionTabs work={work} onTurn={actions.turnTo} />
      <Questions work={work} actions={actions} />
      <AnswerFoot work={work} actions={actions} />
    </form>
  );
}

/** The meaning of what keys answer, or what is missing. */
function WhatIsAsked({ work, hint }: { work: Work; hint: Hint | null }) {
  const t = useTranslations("label");
  const places = placesOf(work.assignment);
  const place = places[work.place];
  const chosen = place && longScaleChoice(place, work.answers, t);
  return (
    <div className="flex h-5 items-baseline gap-3 text-[0.8125rem]">
      <p
        // A new element each time, which is what readers hear of.
        key={hint?.times ?? 0}
        role={hint ? "alert" : undefined}
        title={hint ? undefined : place?.definition}
        className={cn("flex min-w-0 flex-1 gap-1", hint ? "font-medium text-tone-amber-ink" : "text-muted-foreground")}
      >
        {hint ? (
          <span className="truncate">{hint.text}</span>
        ) : place ? (
          <Asked place={place} isOnly={places.length === 1} />
        ) : null}
      </p>
      {chosen ? (
        <p aria-hidden className="shrink-0 font-medium">
          {chosen}
        </p>
      ) : null}
    </div>
  );
}

/** A definition goes as it is written, from where the line begins, so that its first words are seen whatever follows. */
function Asked({ place, isOnly }: { place: Place; isOnly: boolean }) {
  const t = useTranslations("label");
  return (
    <>
      {isOnly ? null : (
        <span className="max-w-2/3 shrink-0 truncate">{t("answers.about", { place: wordPlace(place, t) })}</span>
      )}{" "}
      <span dir="auto" className="min-w-0 truncate rtl:text-right">
        {place.definition}
      </span>
    </>
  );
}

/** Scales of many points have no room for their words in the bar. */
function longScaleChoice({ question, part }: Place, answers: Answers, t: Translate<"label">): string | null {
  if (question.type !== "comparison" || question.scale < 7) return null;
  const given = (answers[question.id] as AnswerOf<"comparison"> | undefined)?.[question.aspects[part]!.id];
  return given === undefined ? null : describeChoice(choiceIn(given), question.scale, question, t);
}

/** The questions that the bar asks, with their answers. */
function Questions({ work, actions }: { work: Work; actions: Actions }) {
  const { assignment } = work;
  return (
    <div className="mt-1 grid max-h-[38dvh] gap-1.5 overflow-y-auto p-0.5">
      {assignment.schema.questions.map((question) => {
        if (!isAsked(question, assignment.schema.questions, work.answers)) return null;
        const Component = questionComponents[question.type] as ComponentType<AnyQuestionProps> | undefined;
        return Component ? (
          <SealedQuestion key={question.id} question={question.id} assignment={assignment}>
            <Component {...questionProps(question, work, actions)} />
          </SealedQuestion>
        ) : null;
      })}
    </div>
  );
}

/** On a phone one question is shown at a time; these turn to the others. */
function QuestionTabs({
  work: { assignment, answers, place: current },
  onTurn,
}: {
  work: Work;
  onTurn: Actions["turnTo"];
}) {
  const t = useTranslations("label");
  const places = placesOf(assignment);
  const asked = places.filter(({ question }) => isAsked(question, assignment.schema.questions, answers));
  const isOf = (a: Place, b: Place) => a.question === b.question && a.name === b.name;
  const firsts = asked.filter((place, index) => !asked.slice(0, index).some((before) => isOf(before, place)));
  if (firsts.length < 2) return null;
  return (
    <div
      role="group"
      aria-label={t("answers.questions")}
      className="mt-1 flex gap-1 overflow-x-auto pb-0.5 @2xl:hidden"
    >
      {firsts.map((first) => {
        const own = places.filter((place) => isOf(place, first));
        const open = own.find((place) => !isAnswered(place, assignment, answers));
        return (
          <button
            key={`${first.question.id} ${first.part}`}
            type="button"
            aria-pressed={own.includes(places[current]!)}
            onClick={() => onTurn(places.indexOf(open ?? first))}
            className="flex h-7 shrink-0 items-center gap-1 rounded-full border px-2.5 text-xs text-muted-foreground aria-pressed:border-primary aria-pressed:text-foreground"
          >
            {open ? null : <Check aria-label={t("answers.answered")} className="size-3 text-tone-emerald" />}
            <bdi>{first.name}</bdi>
          </button>
        );
      })}
    </div>
  );
}
