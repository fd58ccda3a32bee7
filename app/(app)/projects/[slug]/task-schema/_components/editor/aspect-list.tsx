"use client";

import type { ComparisonQuestion } from "@/lib/projects/schema";
import { newPart } from "./draft";
import { EditableList, ItemCard } from "./editable-list";
import { PartFields } from "./part-fields";

type Aspect = ComparisonQuestion["aspects"][number];

type AspectListProps = { question: string; path: string; aspects: Aspect[]; onChange: (aspects: Aspect[]) => void };

/** What is asked about, each with a definition. */
export function AspectList({ question, path, aspects, onChange }: AspectListProps) {
  return (
    <div className="grid gap-1.5">
      <h4 className="text-[0.8125rem] font-medium">Aspects</h4>
      <p className="text-[0.8125rem] text-muted-foreground">The question is asked once for each.</p>
      <EditableList
        what="aspect"
        path={path}
        items={aspects}
        least={1}
        most={8}
        create={() => newPart("Aspect", aspects)}
        onChange={onChange}
        render={(aspect, { index, change, buttons }) => (
          <ItemCard title={`Aspect ${index + 1}`} buttons={buttons}>
            <PartFields
              part={aspect}
              path={`${path}.${index}`}
              question={question}
              definitionLabel="What annotators are asked"
              onChange={change}
            />
          </ItemCard>
        )}
      />
    </div>
  );
}
