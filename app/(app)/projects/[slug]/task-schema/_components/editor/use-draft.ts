"use client";

import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useRouter } from "next/navigation";
import { useEffect, useEffectEvent, useMemo, useState } from "react";
import { toast } from "sonner";
import { api } from "@/app/_components/api-client";
import type { Translate } from "@/app/i18n/translate";
import type { ProjectResponse, UpdateProjectInput } from "@/lib/projects/schema";
import { isSame } from "../../../label/_components/same";
import { tidySchema } from "./draft";

export type Written = Pick<ProjectResponse, "taskSchema" | "guidelines" | "exportDefaults">;
export type Saved = Written & Pick<ProjectResponse, "slug" | "schemaVersion" | "guidelinesVersion">;

/** What is written of a task schema and its guidelines, and what of it is saved. */
export function useDraft(initial: Saved, start: Written) {
  const t = useTranslations("taskSchema.editor.saved");
  const router = useRouter();
  const [saved, setSaved] = useState(initial);
  const [draft, setDraft] = useState(start);
  /** Nothing was saved or discarded yet, so that the draft still comes from what was there to begin with. */
  const [isFromStart, setFromStart] = useState(true);
  const changes = useMemo(() => changesOf(saved, draft), [saved, draft]);
  const isChanged = Object.keys(changes).length > 0;
  const save = useMutation({
    mutationFn: () =>
      api<ProjectResponse>("PATCH", `/api/v1/projects/${saved.slug}`, {
        ...changes,
        ...(changes.taskSchema && { schemaVersion: saved.schemaVersion }),
        ...(changes.guidelines !== undefined && { guidelinesVersion: saved.guidelinesVersion }),
      } satisfies UpdateProjectInput),
    onSuccess: (after) => {
      toast.success(wordSaved(saved, after, t));
      setSaved(after);
      setDraft(after);
      setFromStart(false);
      router.refresh();
    },
  });

  const onUnload = useEffectEvent((event: BeforeUnloadEvent) => {
    if (isChanged) event.preventDefault();
  });
  useEffect(() => {
    window.addEventListener("beforeunload", onUnload);
    return () => window.removeEventListener("beforeunload", onUnload);
  }, []);

  return {
    draft,
    saved,
    changes,
    isChanged,
    isFromStart,
    save,
    change: (part: Partial<Written>) => {
      // What was refused is being mended.
      if (save.isError) save.reset();
      setDraft((before) => ({ ...before, ...part }));
    },
    discard: () => {
      save.reset();
      setDraft(saved);
      setFromStart(false);
    },
  };
}

/** What differs from what is saved. */
function changesOf(
  saved: Written,
  { exportDefaults, ...draft }: Written,
): Pick<UpdateProjectInput, "taskSchema" | "guidelines" | "exportDefaults"> {
  const taskSchema = tidySchema(draft.taskSchema);
  return {
    ...(!isSame(taskSchema, tidySchema(saved.taskSchema)) && { taskSchema }),
    ...(draft.guidelines !== saved.guidelines && { guidelines: draft.guidelines }),
    ...(exportDefaults && !isSame(exportDefaults, saved.exportDefaults) && { exportDefaults }),
  };
}

function wordSaved(before: Saved, after: ProjectResponse, t: Translate<"taskSchema.editor.saved">): string {
  const versions = { schema: after.schemaVersion, guidelines: after.guidelinesVersion };
  const isSchema = after.schemaVersion > before.schemaVersion;
  const isGuidelines = after.guidelinesVersion > before.guidelinesVersion;
  if (isSchema && isGuidelines) return t("both", versions);
  if (isSchema) return t("schema", versions);
  return isGuidelines ? t("guidelines", versions) : t("nothing");
}
