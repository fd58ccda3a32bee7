"use client";

import { useTranslations } from "next-intl";
import { EditableList, ItemRow, type ListOf } from "./editable-list";
import { TextField } from "./fields";

type WordListProps = {
  title: string;
  hint: string;
  what: Extract<ListOf, "severity" | "flag" | "reason">;
  path: string;
  words: string[];
  most: number;
  onChange: (words: string[]) => void;
};

/** A list of short words, such as severities or reasons. */
export function WordList({ title, hint, what, path, words, most, onChange }: WordListProps) {
  const names = useTranslations("taskSchema.list.item");
  const first = useTranslations("taskSchema.first");
  return (
    <div className="grid gap-1.5">
      <h4 className="text-[0.8125rem] font-medium">{title}</h4>
      <p className="text-[0.8125rem] text-muted-foreground">{hint}</p>
      <EditableList
        {...{ what, path, most, onChange }}
        items={words}
        create={() => first(what, { number: words.length + 1 })}
        render={(word, { index, change, buttons }) => (
          <ItemRow buttons={buttons}>
            <TextField
              label={<span className="sr-only">{names(what, { number: index + 1 })}</span>}
              path={`${path}.${index}`}
              value={word}
              onChange={change}
            />
          </ItemRow>
        )}
      />
    </div>
  );
}
