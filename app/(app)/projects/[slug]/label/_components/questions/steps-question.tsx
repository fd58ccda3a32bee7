"use client";

import { RowLetter } from "./choice-row";
import { QuestionBlock } from "./question-block";
import type { QuestionProps } from "./question-type";
import { judgedSteps, partOf, type JudgedSteps } from "./steps";

/** How far the steps of each completion are judged; they stand in its pane. */
export function StepsQuestion(props: QuestionProps<"steps">) {
  const { question, answer, assignment, active, isOnly, onTurn } = props;
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
            title={open === -1 ? "Go to the first error" : "Go to the first step that is not judged"}
            className="flex h-9 min-w-0 items-center gap-1.5 rounded-md px-1 text-left text-[0.8125rem] hover:bg-accent"
          >
            <RowLetter letter={letter} isCurrent={active !== null && active >= from && active < from + count} />
            <span className="sr-only">{letter}: </span>
            <span className="truncate tabular-nums">{wordJudged(judged)}</span>
          </button>
        );
      })}
    </QuestionBlock>
  );
}

/** "12 of 40 judged, first error in step 7". */
function wordJudged({ labels, firstError }: JudgedSteps): string {
  if (labels.length === 0) return "no steps";
  const done = labels.filter((label) => label !== null).length;
  const judged = `${done} of ${labels.length} judged`;
  if (firstError !== null) return `${judged}, first error in step ${firstError + 1}`;
  return labels.includes("bad") ? `${judged}, none of them the first error` : judged;
}
