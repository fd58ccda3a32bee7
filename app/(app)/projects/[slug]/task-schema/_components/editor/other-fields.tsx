"use client";

import { useTranslations } from "next-intl";
import { Checkbox } from "@/app/_components/ui/checkbox";
import { withField } from "./draft";
import { useEditor } from "./editor-context";
import { IdField, SelectField } from "./fields";
import type { TypeFieldsProps } from "./type-fields";
import { WordList } from "./word-list";

export function BinaryFields({ question, path, onChange }: TypeFieldsProps<"binary">) {
  const t = useTranslations("taskSchema.binary");
  return (
    <IdField
      label={t("kind")}
      className="sm:max-w-xs"
      path={`${path}.kind`}
      value={question.kind}
      hint={t("kindHint")}
      onChange={(kind) => onChange({ ...question, kind })}
    />
  );
}

const cuts = ["line", "sentence", "import"] as const;

export function StepsFields({ question, path, onChange }: TypeFieldsProps<"steps">) {
  const t = useTranslations("taskSchema.steps");
  return (
    <>
      <SelectField
        label={t("cut")}
        className="sm:max-w-xs"
        path={`${path}.cut`}
        value={question.cut}
        options={cuts.map((value) => ({ value, words: t(`cuts.${value}`) }))}
        hint={t("cutHint")}
        onChange={(cut) => onChange({ ...question, cut })}
      />
      <WordList
        title={t("flags")}
        hint={t("flagsHint")}
        what="flag"
        path={`${path}.flags`}
        words={question.flags}
        most={20}
        onChange={(flags) => onChange({ ...question, flags })}
      />
    </>
  );
}

const rewrites = ["off", "optional", "required"] as const;

export function CritiqueFields({ question, path, onChange }: TypeFieldsProps<"critique">) {
  const t = useTranslations("taskSchema.critique");
  const words = useTranslations("projectForms.question");
  const { questions } = useEditor();
  const spans = questions.filter(({ type }) => type === "spans").map(({ id }) => id);
  const { quotes } = question;
  const quotable = quotes === undefined || spans.includes(quotes) ? spans : [...spans, quotes];
  return (
    <>
      <Checkbox
        label={t("required")}
        checked={question.isRequired}
        onChange={({ target }) => onChange({ ...question, isRequired: target.checked })}
      />
      <div className="grid grid-cols-1 items-start gap-3 sm:grid-cols-2">
        <SelectField
          label={t("rewrite")}
          path={`${path}.rewrite`}
          value={question.rewrite}
          options={rewrites.map((value) => ({ value, words: words(value) }))}
          onChange={(rewrite) => onChange({ ...question, rewrite })}
        />
        <SelectField
          label={t("quotes")}
          path={`${path}.quotes`}
          value={quotes ?? ""}
          options={[
            { value: "", words: t("none") },
            ...quotable.map((id) => ({ value: id, words: t("those", { id }) })),
          ]}
          onChange={(id) => onChange(withField(question, "quotes", id === "" ? undefined : id))}
        />
      </div>
    </>
  );
}
