"use client";

import { useTranslations } from "next-intl";
import { Checkbox } from "@/app/_components/ui/checkbox";
import type { ComparisonScale } from "@/lib/labels/schema";
import { scalePoints, usualDegrees, usualWords } from "../../../label/_components/questions/scale-words";
import { AspectList } from "./aspect-list";
import { withField } from "./draft";
import { ListFault, SelectField, TextField } from "./fields";
import type { TypeFieldsProps } from "./type-fields";
import { nameDegree, rescale } from "./scale-edits";

const scales = Object.keys(usualDegrees).map(Number) as ComparisonScale[];

export function ComparisonFields({ question, path, onChange }: TypeFieldsProps<"comparison">) {
  const t = useTranslations("projectForms.question");
  const words = useTranslations("taskSchema.comparison");
  return (
    <>
      <SelectField
        label={t("scale")}
        className="sm:max-w-xs"
        path={`${path}.scale`}
        value={question.scale}
        options={scales.map((value) => ({
          value,
          words: value === 2 ? t("pointsNoTie", { points: value }) : t("points", { points: value }),
        }))}
        onChange={(scale) => onChange(rescale(question, scale))}
      />
      <Words {...{ question, path, onChange }} />
      <Checkbox
        label={t("bothBad")}
        hint={t("bothBadHint")}
        checked={question.bothBad}
        onChange={({ target }) => onChange({ ...question, bothBad: target.checked })}
      />
      <Checkbox
        label={words("cannotTell")}
        hint={words("cannotTellHint")}
        checked={question.cannotTell ?? false}
        onChange={({ target }) => onChange(withField(question, "cannotTell", target.checked || undefined))}
      />
      <AspectList
        question={question.id}
        path={`${path}.aspects`}
        aspects={question.aspects}
        hasReasons
        onChange={(aspects) => onChange({ ...question, aspects })}
      />
    </>
  );
}

/** What the points say. A is the completion that is shown first. */
function Words({ question, path, onChange }: TypeFieldsProps<"comparison">) {
  const t = useTranslations("taskSchema.comparison");
  const words = useTranslations("projectForms.question");
  const usual = usualWords(question.scale, useTranslations("label"));
  const degrees = question.degrees ?? usual.degrees;
  const count = usual.degrees.length;
  return (
    <div className="grid gap-2">
      <h4 className="text-[0.8125rem] font-medium">{t("points")}</h4>
      <ol aria-label={words("answers")} className="flex flex-wrap gap-1.5">
        {scalePoints(question.scale, question, usual).map(({ choice, words: point }) => (
          <li key={choice} className="rounded-md border px-2 py-1 text-[0.8125rem] text-muted-foreground">
            {point}
          </li>
        ))}
      </ol>
      <div className="grid grid-cols-1 items-start gap-3 sm:grid-cols-2">
        {Array.from({ length: count }, (_, index) => (
          <TextField
            key={index}
            label={count === 1 ? t("degree") : t(index === 0 ? "strongest" : "weaker", { number: index + 1 })}
            path={`${path}.degrees.${index}`}
            value={degrees[index] ?? ""}
            onChange={(degree) => onChange(nameDegree(question, index, degree, usual.degrees))}
          />
        ))}
        {question.scale === 2 ? null : (
          <TextField
            label={t("middle")}
            path={`${path}.tie`}
            value={question.tie ?? ""}
            placeholder={usual.tie}
            onChange={(tie) => onChange(withField(question, "tie", tie === "" ? undefined : tie))}
          />
        )}
      </div>
      <ListFault path={`${path}.degrees`} />
    </div>
  );
}
