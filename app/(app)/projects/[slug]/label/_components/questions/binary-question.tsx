"use client";

import { Check, ThumbsDown, ThumbsUp, X } from "lucide-react";
import { useTranslations } from "next-intl";
import { decide, optionsOf } from "./binary";
import { ChoiceRow } from "./choice-row";
import { QuestionBlock } from "./question-block";
import type { QuestionProps } from "./question-type";

/** Yes or no for each completion. */
export function BinaryQuestion(props: QuestionProps<"binary">) {
  const { question, answer, assignment, active, isOnly, placeOf, onAnswer, onTurn } = props;
  const t = useTranslations("label");
  const [yes, no] = optionsOf(question).map(({ said, ...option }) => ({ ...option, words: t(`binary.${said}`) }));
  const isThumb = question.kind === "thumb";
  const [Yes, No] = isThumb ? [ThumbsUp, ThumbsDown] : [Check, X];
  const options = [
    { ...yes!, shown: <Yes className="size-4" /> },
    { ...no!, shown: <No className="size-4" /> },
  ];
  return (
    <QuestionBlock name={question.name} definition={question.definition} isCurrent={active !== null} isOnly={isOnly}>
      {assignment.completions.map(({ label: letter }, completion) => (
        <ChoiceRow
          key={letter}
          label={t("of", { name: question.name, letter })}
          letter={letter}
          place={placeOf(completion)}
          options={options}
          chosen={answer?.values[completion] ?? null}
          isCurrent={active === completion}
          onChoose={(value) => onAnswer(decide(answer, { completion, value, assignment }), completion)}
          onTurn={() => onTurn(completion)}
        />
      ))}
    </QuestionBlock>
  );
}
