"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";

import { api } from "@/app/_components/api-client";
import { RunProgress } from "@/app/_components/run-progress";
import { Alert } from "@/app/_components/ui/alert";
import { Button } from "@/app/_components/ui/button";
import { ConfirmDialog } from "@/app/_components/ui/confirm-dialog";
import { formatNumber } from "@/app/_components/ui/numbers";
import { Section } from "@/app/_components/ui/page";
import { Skeleton } from "@/app/_components/ui/skeleton";
import type { JudgeView } from "@/lib/judges/schema";
import type { TaggingState } from "@/lib/judges/tags/schema";

/** How far the judge's model has said what the instances of the project ask, with the means to go on. */
export function Tagging({ slug, judge, canRun }: { slug: string; judge: JudgeView; canRun: boolean }) {
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
      title="Tags"
      description="The judge's model can also say what instances ask: their subject, difficulty, languages, safety and more. Instances can be filtered by tags, and reports tell subjects apart where the import does not."
      actions={
        canRun && data && data.pending > 0 ? (
          <ConfirmDialog
            trigger={<Button>Tag instances</Button>}
            title="Tag the instances of this project?"
            description={`The model of ${judge.name} is asked once about each of ${formatNumber(data.pending)} instances, at the judge's prices and within its caps. Tags that a language model gave before are replaced.`}
            confirmLabel="Tag them"
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
          {wordTagged(data.tagged)} tags by version {data.version};{" "}
          {data.pending === 0 ? "nothing waits for any." : `${formatNumber(data.pending)} could be tagged.`}
        </p>
      ) : null}
    </Section>
  );
}

function wordTagged(tagged: number): string {
  if (tagged === 0) return "No instance has";
  return tagged === 1 ? "One instance has" : `${formatNumber(tagged)} instances have`;
}
