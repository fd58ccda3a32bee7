"use client";

import { useTranslations } from "next-intl";
import { useCallback, useEffect, useLayoutEffect, useRef } from "react";
import type { PaneProps } from "./question-type";
import { StepRow, type StepAct } from "./step-row";
import { change, judge, judgedSteps, partOf, toggleFirstError, toggleFlag, type JudgedSteps } from "./steps";

/** The steps of a completion, one row each; the row that keys judge is kept in sight. */
export function StepsPane(props: PaneProps<"steps">) {
  const { question, answer, assignment, active, completion, placeOf } = props;
  const t = useTranslations("label");
  const { label: letter, steps } = assignment.completions[completion]!;
  const judged = judgedSteps(answer, assignment)[completion]!;
  const activeStep = active === null ? null : active - partOf(assignment, completion, 0);
  const list = useRef<HTMLOListElement>(null);
  const wasShown = useRef(false);
  useEffect(() => {
    // A fresh instance is read from its start.
    if (activeStep !== null && (activeStep > 0 || wasShown.current))
      list.current?.children[activeStep]?.scrollIntoView({ block: "nearest" });
    wasShown.current = true;
  }, [activeStep]);

  // Rows that stay as they are must not be rendered again with every key: there may be thousands.
  const latest = useRef(props);
  useLayoutEffect(() => {
    latest.current = props;
  });
  const act = useCallback((step: number, what: StepAct) => runAct(latest.current, step, what), []);
  return (
    <div className="@container -mx-2 grow pb-6">
      <ol ref={list} aria-label={t("of", { name: question.name, letter })} className="space-y-px">
        {(steps ?? []).map(({ html, text }, step) => (
          <StepRow
            key={step}
            {...{ html, text, letter }}
            step={step}
            place={placeOf(partOf(assignment, completion, step))}
            label={judged.labels[step]!}
            flags={question.flags}
            raised={judged.flags[step]!}
            isFirstError={judged.firstError === step}
            isActive={activeStep === step}
            onAct={act}
          />
        ))}
      </ol>
    </div>
  );
}

function runAct({ answer, assignment, completion, onAnswer, onTurn }: PaneProps<"steps">, step: number, act: StepAct) {
  const part = partOf(assignment, completion, step);
  const update = (changeJudged: (before: JudgedSteps) => JudgedSteps) =>
    onAnswer(change(answer, assignment, completion, changeJudged), part);
  switch (act.do) {
    case "turn":
      return onTurn(part);
    case "judge":
      return update((before) => judge(before, step, act.label));
    case "flag":
      return update((before) => toggleFlag(before, step, act.flag));
    case "first-error":
      return update((before) => toggleFirstError(before, step));
  }
}
