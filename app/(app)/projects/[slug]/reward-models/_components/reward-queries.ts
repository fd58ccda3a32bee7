import { queryOptions } from "@tanstack/react-query";

import { api } from "@/app/_components/api-client";
import type { RunView } from "@/lib/jobs/schema";

/** A training as it goes on. */
export function trainingQuery(slug: string, runId: string, initialData: RunView | undefined) {
  return queryOptions({
    queryKey: ["projects", slug, "training", runId],
    initialData,
    queryFn: ({ signal }) => api<RunView>("GET", `/api/v1/projects/${slug}/runs/${runId}`, undefined, { signal }),
    staleTime: 0,
    refetchInterval: ({ state }) => (state.data?.finishedAt ? false : 1000),
  });
}

/** Milliseconds after which an open page looks whether a training has started by itself. */
const lookMs = 5000;

/** The newest training, asked for as long as one may start without this page. */
export function newestTrainingQuery(slug: string, isWatched: boolean) {
  return queryOptions({
    queryKey: ["projects", slug, "newest-training"],
    queryFn: ({ signal }) =>
      api<{ items: RunView[] }>("GET", `/api/v1/projects/${slug}/runs?kind=train&limit=1`, undefined, { signal }),
    enabled: isWatched,
    staleTime: 0,
    refetchInterval: lookMs,
  });
}
