"use client";

import { useTranslations } from "next-intl";
import { pointNames } from "@/lib/projects/scales/schema";
import type { RatingScaleOf } from "@/lib/projects/schema";
import { AspectList } from "./aspect-list";
import { idAfter, newValue } from "./draft";
import { EditableList, ItemRow } from "./editable-list";
import { useEditor } from "./editor-context";
import { ListFault, NumberField, SelectField, TextField } from "./fields";
import type { TypeFieldsProps } from "./type-fields";
import { namePoint, newScale, pathOfPoint, resizePoints } from "./scale-edits";

const kinds = ["points", "range", "categories"] as const;

export function RatingFields({ question, path, onChange }: TypeFieldsProps<"rating">) {
  const t = useTranslations("taskSchema.rating");
  const first = useTranslations("taskSchema.first");
  const { scale } = question;
  const scalePath = `${path}.scale`;
  return (
    <>
      <SelectField
        label={t("kind")}
        className="sm:max-w-xs"
        path={`${scalePath}.kind`}
        value={scale.kind}
        options={kinds.map((value) => ({ value, words: t(`kinds.${value}`) }))}
        onChange={(kind) => onChange({ ...question, scale: newScale(kind, first) })}
      />
      {scale.kind === "points" ? (
        <PointFields path={scalePath} scale={scale} onChange={(after) => onChange({ ...question, scale: after })} />
      ) : scale.kind === "range" ? (
        <div className="grid grid-cols-3 items-start gap-3">
          {(["min", "max", "step"] as const).map((field) => (
            <NumberField
              key={field}
              label={t(field)}
              path={`${scalePath}.${field}`}
              value={scale[field]}
              onChange={(value) => onChange({ ...question, scale: { ...scale, [field]: value } })}
            />
          ))}
        </div>
      ) : (
        <CategoryFields
          question={question.id}
          path={`${scalePath}.categories`}
          categories={scale.categories}
          onChange={(categories) => onChange({ ...question, scale: { ...scale, categories } })}
        />
      )}
      <AspectList
        question={question.id}
        path={`${path}.aspects`}
        aspects={question.aspects}
        onChange={(aspects) => onChange({ ...question, aspects })}
      />
    </>
  );
}

type Points = RatingScaleOf<"points">;

function PointFields({ path, scale, onChange }: { path: string; scale: Points; onChange: (scale: Points) => void }) {
  const t = useTranslations("taskSchema.rating");
  return (
    <>
      <SelectField
        label={t("points")}
        className="sm:max-w-xs"
        path={`${path}.points`}
        value={scale.points}
        options={Array.from({ length: 9 }, (_, index) => ({
          value: index + 2,
          words: t("upTo", { points: index + 2 }),
        }))}
        onChange={(points) => onChange(resizePoints(scale, points))}
      />
      <div className="grid grid-cols-1 items-start gap-3 sm:grid-cols-2">
        {pointNames(scale).map((name, index) => (
          <TextField
            key={index}
            label={t("means", { point: index + 1 })}
            path={`${path}.${pathOfPoint(scale, index)}`}
            value={name}
            placeholder={t("noName")}
            onChange={(after) => onChange(namePoint(scale, index, after))}
          />
        ))}
      </div>
      <ListFault path={`${path}.names`} />
    </>
  );
}

type Category = RatingScaleOf<"categories">["categories"][number];

type CategoryFieldsProps = {
  question: string;
  path: string;
  categories: Category[];
  onChange: (categories: Category[]) => void;
};

function CategoryFields({ question, path, categories, onChange }: CategoryFieldsProps) {
  const t = useTranslations("taskSchema.rating");
  const words = useTranslations("projectForms.aspects");
  const first = useTranslations("taskSchema.first");
  const { saved } = useEditor();
  return (
    <div className="grid gap-1.5">
      <h4 className="text-[0.8125rem] font-medium">{t("categories")}</h4>
      <p className="text-[0.8125rem] text-muted-foreground">{t("categoriesHint")}</p>
      <EditableList
        what="category"
        path={path}
        items={categories}
        least={2}
        most={9}
        create={() => newValue(categories, first)}
        onChange={onChange}
        render={({ value, name }, { index, change, buttons }) => (
          <ItemRow buttons={buttons}>
            <div className="grid grid-cols-2 items-start gap-3">
              <TextField
                label={words("name")}
                required
                path={`${path}.${index}.name`}
                value={name}
                onChange={(after) => {
                  const isSaved = saved.has(`${question}/${value}`);
                  change({ name: after, value: idAfter({ id: value, name }, after, isSaved) });
                }}
              />
              <TextField
                label={t("value")}
                required
                path={`${path}.${index}.value`}
                value={value}
                onChange={(after) => change({ name, value: after })}
              />
            </div>
          </ItemRow>
        )}
      />
    </div>
  );
}
