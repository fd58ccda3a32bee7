"use client";

import { Checkbox } from "@/app/_components/ui/checkbox";
import { withField } from "./draft";
import { useEditor } from "./editor-context";
import { IdField, SelectField } from "./fields";
import type { TypeFieldsProps } from "./type-fields";
import { WordList } from "./word-list";

export function BinaryFields({ question, path, onChange }: TypeFieldsProps<"binary">) {
  return (
    <IdField
      label="Kind"
      className="sm:max-w-xs"
      path={`${path}.kind`}
      value={question.kind}
      hint="What yes says, which labels keep: correct, acceptable. With thumb people see thumbs."
      onChange={(kind) => onChange({ ...question, kind })}
    />
  );
}

const cuts = [
  { value: "line", words: "A step is a line" },
  { value: "sentence", words: "A step is a sentence" },
  { value: "import", words: "Only imported steps; else one" },
] as const;

export function StepsFields({ question, path, onChange }: TypeFieldsProps<"steps">) {
  return (
    <>
      <SelectField
        label="Steps of completions that have none"
        className="sm:max-w-xs"
        path={`${path}.cut`}
        value={question.cut}
        options={cuts}
        hint="Imported steps always come first."
        onChange={(cut) => onChange({ ...question, cut })}
      />
      <WordList
        title="Flags"
        hint="What can be said of a step besides good, neutral and bad."
        what="flag"
        path={`${path}.flags`}
        words={question.flags}
        most={20}
        onChange={(flags) => onChange({ ...question, flags })}
      />
    </>
  );
}

const rewrites = [
  { value: "off", words: "Not asked for" },
  { value: "optional", words: "Optional" },
  { value: "required", words: "Required" },
] as const;

export function CritiqueFields({ question, path, onChange }: TypeFieldsProps<"critique">) {
  const { questions } = useEditor();
  const spans = questions.filter(({ type }) => type === "spans").map(({ id }) => id);
  const { quotes } = question;
  const quotable = quotes === undefined || spans.includes(quotes) ? spans : [...spans, quotes];
  return (
    <>
      <Checkbox
        label="Every completion needs a critique"
        checked={question.isRequired}
        onChange={({ target }) => onChange({ ...question, isRequired: target.checked })}
      />
      <div className="grid grid-cols-1 items-start gap-3 sm:grid-cols-2">
        <SelectField
          label="A better version of the completion"
          path={`${path}.rewrite`}
          value={question.rewrite}
          options={rewrites}
          onChange={(rewrite) => onChange({ ...question, rewrite })}
        />
        <SelectField
          label="Spans that it can quote"
          path={`${path}.quotes`}
          value={quotes ?? ""}
          options={[{ value: "", words: "None" }, ...quotable.map((id) => ({ value: id, words: `Those of ${id}` }))]}
          onChange={(id) => onChange(withField(question, "quotes", id === "" ? undefined : id))}
        />
      </div>
    </>
  );
}
