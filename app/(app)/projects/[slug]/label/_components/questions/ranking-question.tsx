"use client";

import { useTranslations } from "next-intl";
import { wordRanks } from "../answer-words";
import { ChoiceRow } from "./choice-row";
import { QuestionBlock } from "./question-block";
import type { QuestionProps } from "./question-type";
import { place, ranksOf } from "./ranking";
import { RankingLanes } from "./ranking-lanes";

/** A rank for each completion, 1 the best; equal ranks are ties. Cards can be dragged to them as well. */
export function RankingQuestion(props: QuestionProps<"ranking">) {
  const { question, answer, assignment, active, isOnly, placeOf, onAnswer, onTurn } = props;
  const t = useTranslations("label");
  const ranks = ranksOf(answer, assignment);
  const options = ranks.map((_, index) => ({
    value: index + 1,
    words: index === 0 ? t("ranking.best") : t("ranking.rank", { rank: index + 1 }),
    key: String((index + 1) % 10),
  }));
  return (
    <QuestionBlock
      name={question.name}
      definition={question.definition}
      isCurrent={active !== null}
      isOnly={isOnly}
      note={wordRanks(ranks) || t("ranking.note")}
    >
      <RankingLanes
        letters={assignment.completions.map(({ label }) => label)}
        ranks={ranks}
        onPlace={(completion, rank) => onAnswer({ ranks: place(ranks, completion, rank) }, completion)}
      />
      {assignment.completions.map(({ label: letter }, completion) => (
        <ChoiceRow
          key={letter}
          label={t("ranking.rankOf", { letter })}
          letter={letter}
          place={placeOf(completion)}
          options={options}
          chosen={ranks[completion]!}
          isCurrent={active === completion}
          onChoose={(rank) => onAnswer({ ranks: place(ranks, completion, rank) }, completion)}
          onTurn={() => onTurn(completion)}
        />
      ))}
    </QuestionBlock>
  );
}
