"use client";

import { useEffect, useRef } from "react";
import type { PaneProps } from "./question-type";
import { StepRow } from "./step-row";
import { change, judge, judgedSteps, partOf, toggleFirstError, toggleFlag, type JudgedSteps } from "./steps";

/** The steps of a completion, one row each; the row that keys judge is kept in sight. */
export function StepsPane(props: PaneProps<"steps">) {
  const { question, answer, assignment, active, completion, placeOf, onAnswer, onTurn } = props;
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

  const update = (step: number, changeJudged: (before: JudgedSteps) => JudgedSteps) =>
    onAnswer(change(answer, assignment, completion, changeJudged), partOf(assignment, completion, step));
  return (
    <div className="@container -mx-2 grow pb-6">
      <ol ref={list} aria-label={`${question.name} of ${letter}`} className="grid gap-px">
        {(steps ?? []).map(({ html, text }, step) => (
          <StepRow
            key={step}
            {...{ html, text, letter }}
            number={step + 1}
            place={placeOf(partOf(assignment, completion, step))}
            label={judged.labels[step]!}
            flags={question.flags}
            raised={judged.flags[step]!}
            isFirstError={judged.firstError === step}
            isActive={activeStep === step}
            onTurn={() => onTurn(partOf(assignment, completion, step))}
            onJudge={(label) => update(step, (before) => judge(before, step, label))}
            onFlag={(flag) => update(step, (before) => toggleFlag(before, step, flag))}
            onFirstError={() => update(step, (before) => toggleFirstError(before, step))}
          />
        ))}
      </ol>
    </div>
  );
}
