"use client";

import { useTranslations } from "next-intl";
import { Input } from "@/app/_components/ui/input";
import type { Translate } from "@/app/i18n/translate";
import { pointNames } from "@/lib/projects/scales/schema";
import type { RatingScale } from "@/lib/projects/schema";
import { ChoiceRow, RowLetter } from "./choice-row";
import { QuestionBlock } from "./question-block";
import type { QuestionProps } from "./question-type";
import { isInRange, optionsOf, rate } from "./rating";

/** A value for each completion, one block an aspect. */
export function RatingQuestion(props: QuestionProps<"rating">) {
  const { question, answer, assignment, active, isOnly, placeOf, onAnswer, onTurn } = props;
  const t = useTranslations("label");
  const { scale } = question;
  const count = assignment.completions.length;
  const options = optionsOf(scale).map((option) =>
    scale.kind === "categories" ? { ...option, shown: option.words } : option,
  );
  return question.aspects.map(({ id, name, definition }, index) => {
    const firstPart = index * count;
    return (
      <QuestionBlock
        key={id}
        {...{ name, definition }}
        isCurrent={active !== null && Math.floor(active / count) === index}
        isOnly={isOnly}
        note={wordEnds(scale, t)}
      >
        {assignment.completions.map(({ label: letter }, completion) => {
          const part = firstPart + completion;
          const value = answer?.[id]?.[completion] ?? null;
          const row = {
            ...{ letter, label: t("of", { name, letter }), place: placeOf(part), isCurrent: active === part },
            onTurn: () => onTurn(part),
            onChoose: (chosen: number | string | null) =>
              onAnswer(rate(answer, { aspect: id, completion, value: chosen, assignment }), part),
          };
          return scale.kind === "range" ? (
            <RangeRow key={letter} {...row} scale={scale} value={typeof value === "number" ? value : null} />
          ) : (
            <ChoiceRow key={letter} {...row} options={options} chosen={value} wraps={scale.kind === "categories"} />
          );
        })}
      </QuestionBlock>
    );
  });
}

function wordEnds(scale: RatingScale, t: Translate<"label">): string | undefined {
  if (scale.kind === "range") return t("rating.range", { min: String(scale.min), max: String(scale.max) });
  if (scale.kind !== "points") return undefined;
  const named = pointNames(scale).flatMap((name, index) => (name === "" ? [] : `${index + 1} ${name}`));
  return named.length === 0 ? undefined : named.join(" · ");
}

type RangeRowProps = {
  letter: string;
  label: string;
  place: number;
  isCurrent: boolean;
  scale: Extract<RatingScale, { kind: "range" }>;
  value: number | null;
  onTurn: () => void;
  onChoose: (value: number | null) => void;
};

/** A number to type and a slider to drag, which say the same. */
function RangeRow({ letter, label, place, isCurrent, scale, value, onTurn, onChoose }: RangeRowProps) {
  const t = useTranslations("label");
  const { min, max, step } = scale;
  return (
    <div onFocus={onTurn} className="grid min-w-0 grid-cols-[1.5rem_5.5rem_1fr] items-center gap-x-1.5">
      <RowLetter letter={letter} isCurrent={isCurrent} />
      <Input
        type="number"
        inputMode="decimal"
        data-place={place}
        aria-label={label}
        aria-invalid={value !== null && !isInRange(scale, value)}
        {...{ min, max, step }}
        value={value ?? ""}
        onChange={({ target }) => onChoose(target.value === "" ? null : target.valueAsNumber)}
      />
      <input
        type="range"
        // The box beside it takes the keys.
        tabIndex={-1}
        aria-label={t("rating.slider", { label })}
        {...{ min, max, step }}
        value={value ?? min}
        onChange={({ target }) => onChoose(target.valueAsNumber)}
        className="h-9 w-full min-w-0 cursor-pointer accent-primary data-[empty]:opacity-50"
        data-empty={value === null || undefined}
      />
    </div>
  );
}
