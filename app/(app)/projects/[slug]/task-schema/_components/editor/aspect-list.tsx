"use client";

import { useTranslations } from "next-intl";
import type { ComparisonQuestion } from "@/lib/projects/schema";
import { newPart } from "./draft";
import { EditableList, ItemCard } from "./editable-list";
import { PartFields } from "./part-fields";

type Aspect = ComparisonQuestion["aspects"][number];

type AspectListProps = { question: string; path: string; aspects: Aspect[]; onChange: (aspects: Aspect[]) => void };

/** What is asked about, each with a definition. */
export function AspectList({ question, path, aspects, onChange }: AspectListProps) {
  const t = useTranslations("taskSchema");
  const words = useTranslations("projectForms.aspects");
  const first = useTranslations("taskSchema.first");
  return (
    <div className="grid gap-1.5">
      <h4 className="text-[0.8125rem] font-medium">{words("title")}</h4>
      <p className="text-[0.8125rem] text-muted-foreground">{t("aspects.purpose")}</p>
      <EditableList
        what="aspect"
        path={path}
        items={aspects}
        least={1}
        most={8}
        create={() => newPart("aspect", aspects, first)}
        onChange={onChange}
        render={(aspect, { index, change, buttons }) => (
          <ItemCard title={t("list.title.aspect", { number: index + 1 })} buttons={buttons}>
            <PartFields
              part={aspect}
              path={`${path}.${index}`}
              question={question}
              definitionLabel={words("definition")}
              onChange={change}
            />
          </ItemCard>
        )}
      />
    </div>
  );
}
