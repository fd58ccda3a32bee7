"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { toast } from "sonner";

import { api } from "@/app/_components/api-client";
import { RunProgress } from "@/app/_components/run-progress";
import { Button } from "@/app/_components/ui/button";
import { formatNumber } from "@/app/_components/ui/numbers";
import { Section } from "@/app/_components/ui/page";
import type { FeaturesState } from "@/lib/routing/features/schema";

type TextFeaturesProps = { slug: string; first: FeaturesState; canManage: boolean };

/** How many instances have the numbers of their texts, with the means to measure the others. */
export function TextFeatures({ slug, first, canManage }: TextFeaturesProps) {
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
      title="Numbers of the texts"
      description="Lengths, overlaps and likenesses of the completions, by which routing tells instances apart. New instances get them by themselves once a policy or a fit needs them."
      actions={
        canManage && pending > 0 ? (
          <Button pending={start.isPending} onClick={() => start.mutate()}>
            Measure {formatNumber(pending)} {pending === 1 ? "instance" : "instances"}
          </Button>
        ) : null
      }
    >
      {runId === null ? null : <RunProgress key={runId} slug={slug} runId={runId} onDone={() => void refresh()} />}
      <p className="text-muted-foreground tabular-nums">
        {computed === 1 ? "One instance has" : `${formatNumber(computed)} instances have`} them
        {pending === 0
          ? "; none lacks them."
          : `, ${formatNumber(pending)} still ${pending === 1 ? "lacks" : "lack"} them.`}{" "}
        Version <span className="font-mono text-xs [overflow-wrap:anywhere]">{version}</span>.
      </p>
    </Section>
  );
}
