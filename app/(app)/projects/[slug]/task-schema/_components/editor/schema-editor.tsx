"use client";

import { useTranslations } from "next-intl";
import { useMemo } from "react";
import { Alert } from "@/app/_components/ui/alert";
import { Button } from "@/app/_components/ui/button";
import { Field } from "@/app/_components/ui/field";
import { Section } from "@/app/_components/ui/page";
import { Textarea } from "@/app/_components/ui/textarea";
import { PreviewPanel } from "../preview/preview-panel";
import { savedIds, tidySchema } from "./draft";
import { Effects, useEffects } from "./effects";
import { EditorContext, useFault } from "./editor-context";
import { FaultList, faultsOf } from "./fault-list";
import { QuestionList } from "./question-list";
import { ShowingFields } from "./showing-fields";
import { useDraft, type Saved, type Written } from "./use-draft";

/** Says where a draft comes from that nobody has saved yet. */
export type DraftOrigin = { title: string; text: string };

type SchemaEditorProps = {
  saved: Saved;
  /** What is to be written: the same, an older version or a template. */
  start: Written;
  /** Null where it is the same. */
  from: DraftOrigin | null;
};

/** Builds what people are asked, from nothing or from what they are asked now. */
export function SchemaEditor({ saved: initial, start, from }: SchemaEditorProps) {
  const t = useTranslations("taskSchema");
  const words = useTranslations("projectForms");
  const { draft, saved, changes, isChanged, isFromStart, save, change, discard } = useDraft(initial, start);
  const { taskSchema, guidelines } = draft;
  const { effects, error } = useEffects(saved.slug, changes.taskSchema);
  // What is wrong is told while it is written; the whole list of it once somebody has tried to save.
  const faults = useMemo(() => faultsOf(error ?? save.error), [error, save.error]);
  const known = useMemo(() => savedIds(saved.taskSchema), [saved.taskSchema]);
  const shown = useMemo(() => tidySchema(taskSchema), [taskSchema]);
  return (
    <div className="grid min-w-0 grid-cols-1 items-start gap-8 xl:grid-cols-[minmax(0,5fr)_minmax(0,6fr)]">
      <EditorContext value={{ faults, questions: taskSchema.questions, saved: known }}>
        <form
          noValidate
          aria-label={t("editor.form")}
          onSubmit={(event) => {
            event.preventDefault();
            save.mutate();
          }}
          className="grid min-w-0 grid-cols-1 gap-8"
        >
          {from !== null && isFromStart && isChanged ? (
            <Alert tone="info" title={from.title}>
              {from.text}
            </Alert>
          ) : null}
          <QuestionList schema={taskSchema} onChange={(after) => change({ taskSchema: after })} />
          <ShowingFields schema={taskSchema} onChange={(after) => change({ taskSchema: after })} />
          <GuidelinesField value={guidelines} onChange={(after) => change({ guidelines: after })} />
          {effects ? <Effects effects={effects} /> : null}
          <FaultList error={save.error} />
          <div className="sticky bottom-(--frame-bottom) z-20 -mx-1 flex flex-wrap items-center gap-3 border-t bg-background px-1 py-3">
            <Button type="submit" variant="primary" pending={save.isPending}>
              {t("editor.save")}
            </Button>
            {isChanged ? (
              <>
                <Button
                  variant="ghost"
                  onClick={({ currentTarget: { form } }) => {
                    discard();
                    // This button goes away.
                    form?.querySelector<HTMLElement>("[type=submit]")?.focus();
                  }}
                >
                  {t("editor.discard")}
                </Button>
                <span className="text-muted-foreground">{words("unsaved")}</span>
              </>
            ) : (
              <span className="text-muted-foreground">{t("editor.inUse", { version: saved.schemaVersion })}</span>
            )}
          </div>
        </form>
      </EditorContext>
      <div className="min-w-0 xl:sticky xl:top-[calc(var(--frame-top)+1.5rem)]">
        <PreviewPanel slug={saved.slug} taskSchema={shown} guidelines={guidelines} />
      </div>
    </div>
  );
}

function GuidelinesField({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  const t = useTranslations("projectForms.guidelines");
  return (
    <Section title={t("title")} description={t("purpose")}>
      <Field label={t("label")} error={useFault("guidelines")}>
        <Textarea
          rows={10}
          data-path="guidelines"
          value={value}
          onChange={(event) => onChange(event.target.value)}
          className="max-h-[60dvh] min-h-56 font-mono text-[0.8125rem]"
        />
      </Field>
    </Section>
  );
}
