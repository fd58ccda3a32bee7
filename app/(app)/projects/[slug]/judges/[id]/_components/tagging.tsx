"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";

import { api } from "@/app/_components/api-client";
import { RunProgress } from "@/app/_components/run-progress";
import { Alert } from "@/app/_components/ui/alert";
import { Button } from "@/app/_components/ui/button";
import { ConfirmDialog } from "@/app/_components/ui/confirm-dialog";
import { useNumbers } from "@/app/_components/ui/use-numbers";
import { Section } from "@/app/_components/ui/page";
import { Skeleton } from "@/app/_components/ui/skeleton";
import type { JudgeView } from "@/lib/judges/schema";
import type { TaggingState } from "@/lib/judges/tags/schema";

/** How far the judge's model has said what the instances of the project ask, with the means to go on. */
export function Tagging({ slug, judge, canRun }: { slug: string; judge: JudgeView; canRun: boolean }) {
  const t = useTranslations("judges.tagging");
  const numbers = useNumbers();
  const client = useQueryClient();
  const path = `/api/v1/projects/${slug}/judges/${judge.id}/tags` as const;
  const queryKey = ["projects", slug, "judges", judge.id, "tags", judge.version];
  const { data, error } = useQuery({
    queryKey,
    queryFn: ({ signal }) => api<TaggingState>("GET", path, undefined, { signal }),
  });
  const refresh = () => client.invalidateQueries({ queryKey });
  return (
    <Section
      title={t("title")}
      description={t("description")}
      actions={
        canRun && data && data.pending > 0 ? (
          <ConfirmDialog
            trigger={<Button>{t("start")}</Button>}
            title={t("confirmTitle")}
            description={t("confirm", { name: judge.name, count: numbers.number(data.pending) })}
            confirmLabel={t("confirmLabel")}
            onConfirm={async () => {
              await api("POST", path, {});
              await refresh();
            }}
          />
        ) : null
      }
    >
      {error ? <Alert tone="danger">{error.message}</Alert> : null}
      {data === undefined && !error ? <Skeleton className="h-8" /> : null}
      {data?.runId ? (
        <RunProgress key={data.runId} slug={slug} runId={data.runId} onDone={() => void refresh()} />
      ) : null}
      {data ? (
        <p className="text-muted-foreground tabular-nums">
          {t("state", { tagged: data.tagged, version: data.version, pending: data.pending })}
        </p>
      ) : null}
    </Section>
  );
}
