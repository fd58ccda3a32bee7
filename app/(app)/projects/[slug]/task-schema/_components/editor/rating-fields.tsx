"use client";

import { pointNames } from "@/lib/projects/scales/schema";
import type { RatingScaleOf } from "@/lib/projects/schema";
import { AspectList } from "./aspect-list";
import { idAfter, newValue } from "./draft";
import { EditableList, ItemRow } from "./editable-list";
import { useEditor } from "./editor-context";
import { ListFault, NumberField, SelectField, TextField } from "./fields";
import type { TypeFieldsProps } from "./type-fields";
import { namePoint, newScale, pathOfPoint, resizePoints } from "./scale-edits";

const kinds = [
  { value: "points", words: "Points, each with a key" },
  { value: "range", words: "Range of numbers" },
  { value: "categories", words: "Named categories" },
] as const;

export function RatingFields({ question, path, onChange }: TypeFieldsProps<"rating">) {
  const { scale } = question;
  const scalePath = `${path}.scale`;
  return (
    <>
      <SelectField
        label="Scale"
        className="sm:max-w-xs"
        path={`${scalePath}.kind`}
        value={scale.kind}
        options={kinds}
        onChange={(kind) => onChange({ ...question, scale: newScale(kind) })}
      />
      {scale.kind === "points" ? (
        <PointFields path={scalePath} scale={scale} onChange={(after) => onChange({ ...question, scale: after })} />
      ) : scale.kind === "range" ? (
        <div className="grid grid-cols-3 items-start gap-3">
          {(["min", "max", "step"] as const).map((field) => (
            <NumberField
              key={field}
              label={{ min: "Lowest", max: "Highest", step: "Step" }[field]}
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
  return (
    <>
      <SelectField
        label="Points"
        className="sm:max-w-xs"
        path={`${path}.points`}
        value={scale.points}
        options={Array.from({ length: 9 }, (_, index) => ({ value: index + 2, words: `1 to ${index + 2}` }))}
        onChange={(points) => onChange(resizePoints(scale, points))}
      />
      <div className="grid grid-cols-1 items-start gap-3 sm:grid-cols-2">
        {pointNames(scale).map((name, index) => (
          <TextField
            key={index}
            label={`What ${index + 1} means`}
            path={`${path}.${pathOfPoint(scale, index)}`}
            value={name}
            placeholder="No name"
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
  const { saved } = useEditor();
  return (
    <div className="grid gap-1.5">
      <h4 className="text-[0.8125rem] font-medium">Categories</h4>
      <p className="text-[0.8125rem] text-muted-foreground">The lowest first. Labels have the value.</p>
      <EditableList
        what="category"
        path={path}
        items={categories}
        least={2}
        most={9}
        create={() => newValue(categories)}
        onChange={onChange}
        render={({ value, name }, { index, change, buttons }) => (
          <ItemRow buttons={buttons}>
            <div className="grid grid-cols-2 items-start gap-3">
              <TextField
                label="Name"
                required
                path={`${path}.${index}.name`}
                value={name}
                onChange={(after) => {
                  const isSaved = saved.has(`${question}/${value}`);
                  change({ name: after, value: idAfter({ id: value, name }, after, isSaved) });
                }}
              />
              <TextField
                label="Value"
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
