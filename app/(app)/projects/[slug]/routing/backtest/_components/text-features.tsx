"use client";

import { useTranslations } from "next-intl";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { toast } from "sonner";

import { api } from "@/app/_components/api-client";
import { RunProgress } from "@/app/_components/run-progress";
import { Button } from "@/app/_components/ui/button";
import { Section } from "@/app/_components/ui/page";
import type { FeaturesState } from "@/lib/routing/features/schema";

type TextFeaturesProps = { slug: string; first: FeaturesState; canManage: boolean };

/** How many instances have the numbers of their texts, with the means to measure the others. */
export function TextFeatures({ slug, first, canManage }: TextFeaturesProps) {
  const t = useTranslations("routing.texts");
  const client = useQueryClient();
  const path = `/api/v1/projects/${slug}/routing/features` as const;
  const queryKey = ["projects", slug, "routing", "features"];
  const { data } = useQuery({
    queryKey,
    queryFn: ({ signal }) => api<FeaturesState>("GET", path, undefined, { signal }),
    initialData: first,
  });
  const refresh = () => client.invalidateQueries({ queryKey });
  const start = useMutation({
    mutationFn: () => api<{ id: string }>("POST", path),
    onSuccess: refresh,
    onError: (error) => toast.error(error.message),
  });
  const { computed, pending, runId, version } = data;
  return (
    <Section
      title={t("title")}
      description={t("description")}
      actions={
        canManage && pending > 0 ? (
          <Button pending={start.isPending} onClick={() => start.mutate()}>
            {t("measure", { pending })}
          </Button>
        ) : null
      }
    >
      {runId === null ? null : <RunProgress key={runId} slug={slug} runId={runId} onDone={() => void refresh()} />}
      <p className="text-muted-foreground tabular-nums">
        {t("counts", { computed, pending })}{" "}
        {t.rich("version", {
          version,
          code: (chunks) => <span className="font-mono text-xs [overflow-wrap:anywhere]">{chunks}</span>,
        })}
      </p>
    </Section>
  );
}
