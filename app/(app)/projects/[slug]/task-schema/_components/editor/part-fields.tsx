"use client";

import { useTranslations } from "next-intl";
import { useEditor } from "./editor-context";
import { idAfter } from "./draft";
import type { Change } from "./editable-list";
import { IdField, LongTextField, TextField } from "./fields";

type Part = { id: string; name: string; definition: string };

type PartFieldsProps<T extends Part> = {
  part: T;
  path: string;
  /** The question's id, of which labels may know this part. */
  question: string;
  /** What the definition says. */
  definitionLabel: string;
  onChange: Change<T>;
};

/** Name, id and definition of an aspect or a category. */
export function PartFields<T extends Part>({ part, path, question, definitionLabel, onChange }: PartFieldsProps<T>) {
  const t = useTranslations("taskSchema.questions");
  const words = useTranslations("projectForms.aspects");
  const isSaved = useEditor().saved.has(`${question}/${part.id}`);
  return (
    <div className="grid grid-cols-1 items-start gap-3 sm:grid-cols-2">
      <TextField
        label={words("name")}
        required
        path={`${path}.name`}
        value={part.name}
        onChange={(name) => onChange({ ...part, name, id: idAfter(part, name, isSaved) })}
      />
      <IdField
        path={`${path}.id`}
        value={part.id}
        hint={isSaved ? t("partIdSaved") : undefined}
        onChange={(id) => onChange({ ...part, id })}
      />
      <LongTextField
        label={definitionLabel}
        className="sm:col-span-2"
        path={`${path}.definition`}
        value={part.definition}
        onChange={(definition) => onChange({ ...part, definition })}
      />
    </div>
  );
}
