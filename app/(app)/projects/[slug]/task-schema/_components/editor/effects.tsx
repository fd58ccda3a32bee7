"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { api } from "@/app/_components/api-client";
import { Alert } from "@/app/_components/ui/alert";
import { Section } from "@/app/_components/ui/page";
import type { SchemaEffects } from "@/lib/projects/effects/schema";
import type { TaskSchema } from "@/lib/projects/schema";
import { wordEffects, wordRefusals } from "./word-effects";

/**
 * Milliseconds without a change before the server is asked what it would do. It counts all labels for that: a million of
 * them in 1 to 2 seconds on two cores.
 */
const quietMs = 800;

/** What saving a task schema would do; undefined while nothing is changed or it is not known yet. */
export function useEffects(slug: string, changed: TaskSchema | undefined) {
  const [asked, ask] = useState(changed);
  const isCurrent = changed !== undefined && asked === changed;
  const { data, error, isFetching } = useQuery({
    queryKey: ["schema-effects", slug, asked],
    queryFn: ({ signal }) =>
      api<SchemaEffects>("POST", `/api/v1/projects/${slug}/task-schema/effects`, { taskSchema: asked }, { signal }),
    enabled: isCurrent,
    staleTime: 0,
    gcTime: 0,
    retry: false,
  });
  useEffect(() => {
    // One at a time: a count that nobody waits for any more goes on in the database, and others would pile up behind it.
    if (isFetching) return;
    const timer = setTimeout(() => ask(changed), quietMs);
    return () => clearTimeout(timer);
  }, [changed, isFetching]);
  return { effects: isCurrent ? data : undefined, error: isCurrent ? error : null };
}

/** What saving would do, before it is done. */
export function Effects({ effects }: { effects: SchemaEffects }) {
  const refusals = wordRefusals(effects);
  const t = useTranslations("taskSchema.effects");
  const words = wordEffects(effects, t);
  return (
    <Section title={t("title")}>
      {refusals.length > 0 ? (
        <Alert tone="danger" title={t("refused")}>
          {refusals.map((refusal) => (
            <p key={refusal}>{refusal}</p>
          ))}
        </Alert>
      ) : null}
      <ul aria-label={t("title")} className="grid list-disc gap-1 ps-5">
        {words.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
        <li>{t("keepVersion")}</li>
      </ul>
    </Section>
  );
}
