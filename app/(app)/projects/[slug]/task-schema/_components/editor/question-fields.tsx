"use client";

import { useTranslations } from "next-intl";
import type { ComponentType } from "react";
import type { LabelTypeName } from "@/lib/labels/schema";
import { ComparisonFields } from "./comparison-fields";
import { ConditionFields } from "./condition-fields";
import { idAfter } from "./draft";
import { useEditor } from "./editor-context";
import { IdField, LongTextField, TextField } from "./fields";
import { BinaryFields, CritiqueFields, StepsFields } from "./other-fields";
import { RatingFields } from "./rating-fields";
import { SpansFields } from "./spans-fields";
import type { AnyTypeFieldsProps, TypeFieldsProps } from "./type-fields";

/** What a type asks besides an id, a name and a definition. */
const typeFields: { [T in LabelTypeName]?: ComponentType<TypeFieldsProps<T>> } = {
  comparison: ComparisonFields,
  rating: RatingFields,
  binary: BinaryFields,
  spans: SpansFields,
  steps: StepsFields,
  critique: CritiqueFields,
};

/** All of one question. */
export function QuestionFields({ question, path, onChange }: AnyTypeFieldsProps) {
  const t = useTranslations("taskSchema.questions");
  const words = useTranslations("projectForms.aspects");
  const isSaved = useEditor().saved.has(question.id);
  const TypeFields = typeFields[question.type] as ComponentType<AnyTypeFieldsProps> | undefined;
  const idField = (
    <IdField
      path={`${path}.id`}
      value={question.id}
      hint={isSaved ? t("idSaved") : words("idHint")}
      onChange={(id) => onChange({ ...question, id })}
    />
  );
  return (
    <div className="grid grid-cols-1 gap-4">
      <div className="grid grid-cols-1 items-start gap-3 sm:grid-cols-2">
        {"name" in question ? (
          <TextField
            label={words("name")}
            required
            path={`${path}.name`}
            value={question.name}
            onChange={(name) => onChange({ ...question, name, id: idAfter(question, name, isSaved) })}
          />
        ) : null}
        {idField}
        {"definition" in question ? (
          <LongTextField
            label={words("definition")}
            className="sm:col-span-2"
            path={`${path}.definition`}
            value={question.definition}
            onChange={(definition) => onChange({ ...question, definition })}
          />
        ) : null}
      </div>
      <ConditionFields {...{ question, path, onChange }} />
      {TypeFields ? <TypeFields {...{ question, path, onChange }} /> : null}
    </div>
  );
}
