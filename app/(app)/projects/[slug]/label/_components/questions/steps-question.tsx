"use client";

import { useTranslations } from "next-intl";
import type { Translate } from "@/app/i18n/translate";
import { RowLetter } from "./choice-row";
import { QuestionBlock } from "./question-block";
import type { QuestionProps } from "./question-type";
import { judgedSteps, partOf, type JudgedSteps } from "./steps";

/** How far the steps of each completion are judged; they stand in its pane. */
export function StepsQuestion(props: QuestionProps<"steps">) {
  const { question, answer, assignment, active, isOnly, onTurn } = props;
  const t = useTranslations("label");
  const all = judgedSteps(answer, assignment);
  return (
    <QuestionBlock name={question.name} definition={question.definition} isCurrent={active !== null} isOnly={isOnly}>
      {all.map((judged, completion) => {
        const { label: letter } = assignment.completions[completion]!;
        const from = partOf(assignment, completion, 0);
        const count = judged.labels.length;
        const open = judged.labels.indexOf(null);
        return (
          <button
            key={letter}
            type="button"
            disabled={count === 0}
            onClick={() => onTurn(from + (open === -1 ? (judged.firstError ?? 0) : open))}
            title={open === -1 ? t("steps.goToError") : t("steps.goToOpen")}
            className="flex h-9 min-w-0 items-center gap-1.5 rounded-md px-1 text-start text-[0.8125rem] hover:bg-accent"
          >
            <RowLetter letter={letter} isCurrent={active !== null && active >= from && active < from + count} />
            <span className="sr-only">{letter}: </span>
            <span className="truncate tabular-nums">{wordJudged(judged, t)}</span>
          </button>
        );
      })}
    </QuestionBlock>
  );
}

/** "12 of 40 judged, first error in step 7". */
function wordJudged({ labels, firstError }: JudgedSteps, t: Translate<"label">): string {
  if (labels.length === 0) return t("steps.none");
  const done = labels.filter((label) => label !== null).length;
  const judged = { done, count: labels.length };
  if (firstError !== null) return t("steps.judgedWithError", { ...judged, step: firstError + 1 });
  return labels.includes("bad") ? t("steps.judgedWithoutError", judged) : t("steps.judged", judged);
}
