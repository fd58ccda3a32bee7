"use client";

import { useTranslations } from "next-intl";
import { Checkbox } from "@/app/_components/ui/checkbox";
import { categoryColours } from "@/lib/projects/scales/schema";
import type { MarkUnit, QuestionOf } from "@/lib/projects/schema";
import { bindingsOf } from "../../../label/_components/bindings";
import { CategoryMark } from "../../../label/_components/marking/category-mark";
import { withKeys, type SpanCategory } from "../../../label/_components/questions/span-categories";
import { newPart, withField } from "./draft";
import { EditableList, ItemCard, type Change } from "./editable-list";
import { SelectField } from "./fields";
import { PartFields } from "./part-fields";
import type { TypeFieldsProps } from "./type-fields";
import { WordList } from "./word-list";

type Category = QuestionOf<"spans">["categories"][number];

/** From small to large; the types hold them to those of the schema. */
const markUnits = ["segment", "sentence", "text"] as const satisfies readonly MarkUnit[];

const letters = [..."abcdefghijklmnopqrstuvwxyz"];
/** What a letter is while nobody has chosen keys of their own. */
const standard = bindingsOf({});

export function SpansFields({ question, path, onChange }: TypeFieldsProps<"spans">) {
  const t = useTranslations("taskSchema.spans");
  const titles = useTranslations("taskSchema.list.title");
  const first = useTranslations("taskSchema.first");
  const shown = withKeys(question.categories, standard);
  return (
    <>
      <div className="grid gap-1.5">
        <h4 className="text-[0.8125rem] font-medium">{t("categories")}</h4>
        <EditableList
          what="category"
          path={`${path}.categories`}
          items={question.categories}
          least={1}
          most={20}
          create={() => newPart("category", question.categories, first)}
          onChange={(categories) => onChange({ ...question, categories })}
          render={(category, { index, change, buttons }) => (
            <ItemCard title={titles("category", { number: index + 1 })} buttons={buttons}>
              <CategoryFields
                category={category}
                shown={shown[index]!}
                path={`${path}.categories.${index}`}
                question={question.id}
                onChange={change}
              />
            </ItemCard>
          )}
        />
      </div>
      <WordList
        title={t("severities")}
        hint={t("severitiesHint")}
        what="severity"
        path={`${path}.severities`}
        words={question.severities}
        most={9}
        onChange={(severities) => onChange({ ...question, severities })}
      />
      <Checkbox
        label={t("onPrompt")}
        hint={t("onPromptHint")}
        checked={question.onPrompt}
        onChange={({ target }) => onChange({ ...question, onPrompt: target.checked })}
      />
    </>
  );
}

type CategoryFieldsProps = {
  category: Category;
  /** As the labelling page shows it. */
  shown: SpanCategory;
  path: string;
  question: string;
  onChange: Change<Category>;
};

function CategoryFields({ category, shown, path, question, onChange }: CategoryFieldsProps) {
  const t = useTranslations("taskSchema.spans");
  return (
    <div className="grid gap-3">
      <PartFields part={category} {...{ path, question, onChange }} definitionLabel={t("definition")} />
      <div className="grid grid-cols-[auto_1fr_1fr] items-end gap-3">
        <span className="flex h-8 items-center">
          <CategoryMark category={shown} />
        </span>
        <SelectField
          label={t("letter")}
          path={`${path}.letter`}
          value={category.letter ?? ""}
          options={[
            { value: "", words: t("freeLetter") },
            ...letters.map((letter) => ({ value: letter, words: letter.toUpperCase() })),
          ]}
          onChange={(letter) => onChange(withField(category, "letter", letter === "" ? undefined : letter))}
        />
        <SelectField
          label={t("colour")}
          path={`${path}.colour`}
          value={category.colour ?? 0}
          options={[
            { value: 0, words: t("inTurn") },
            ...Array.from({ length: categoryColours }, (_, index) => ({
              value: index + 1,
              words: t("colourOf", { number: index + 1 }),
            })),
          ]}
          onChange={(colour) => onChange(withField(category, "colour", colour === 0 ? undefined : colour))}
        />
      </div>
      <SelectField
        label={t("unit")}
        hint={t("unitHint")}
        path={`${path}.unit`}
        value={category.unit ?? ""}
        options={(["", ...markUnits] as const).map((unit) => ({ value: unit, words: t(`units.${unit || "words"}`) }))}
        onChange={(unit) => onChange(withField(category, "unit", unit === "" ? undefined : unit))}
      />
    </div>
  );
}
