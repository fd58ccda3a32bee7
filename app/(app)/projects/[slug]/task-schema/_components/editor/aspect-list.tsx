"use client";

import { useTranslations } from "next-intl";
import { maxReasons } from "@/lib/labels/reasons/schema";
import type { ComparisonQuestion } from "@/lib/projects/schema";
import { newPart, withField } from "./draft";
import { EditableList, ItemCard } from "./editable-list";
import { PartFields } from "./part-fields";
import { WordList } from "./word-list";

type Aspect = ComparisonQuestion["aspects"][number];

type AspectListProps = {
  question: string;
  path: string;
  aspects: Aspect[];
  /** Whether each can offer reasons. */
  hasReasons?: boolean;
  onChange: (aspects: Aspect[]) => void;
};

/** What is asked about, each with a definition. */
export function AspectList({ question, path, aspects, hasReasons = false, onChange }: AspectListProps) {
  const t = useTranslations("taskSchema");
  const words = useTranslations("projectForms.aspects");
  const first = useTranslations("taskSchema.first");
  return (
    <div className="grid gap-1.5">
      <h4 className="text-[0.8125rem] font-medium">{words("title")}</h4>
      <p className="text-[0.8125rem] text-muted-foreground">{t("aspects.purpose")}</p>
      <EditableList<Aspect>
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
            {hasReasons ? (
              <div className="mt-3">
                <WordList
                  title={t("aspects.reasons")}
                  hint={t("aspects.reasonsHint")}
                  what="reason"
                  path={`${path}.${index}.reasons`}
                  words={aspect.reasons ?? []}
                  most={maxReasons}
                  onChange={(reasons) =>
                    change(withField(aspect, "reasons", reasons.length === 0 ? undefined : reasons))
                  }
                />
              </div>
            ) : null}
          </ItemCard>
        )}
      />
    </div>
  );
}
