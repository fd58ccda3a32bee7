"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useEffectEvent, useRef } from "react";

import type { RunView } from "@/lib/jobs/schema";
import { api, ApiError } from "./api-client";
import { Alert } from "./ui/alert";
import { Badge, type BadgeVariant } from "./ui/badge";
import { Button } from "./ui/button";
import { formatNumber } from "./ui/number";
import { Progress } from "./ui/progress";

const pollMs = 500;
/** The rate is that of the last few seconds: batches take different times. */
const rateWindowMs = 10_000;

const badges: Record<RunView["state"], { variant: BadgeVariant; label: string }> = {
  uploading: { variant: "indigo", label: "Uploading" },
  queued: { variant: "neutral", label: "Waiting for a worker" },
  running: { variant: "indigo", label: "Running" },
  succeeded: { variant: "emerald", label: "Done" },
  failed: { variant: "rose", label: "Failed" },
  cancelled: { variant: "neutral", label: "Cancelled" },
};

type Sample = { at: number; done: number };

type RunProgressProps = {
  slug: string;
  runId: string;
  /** Called once when the run has ended, also when it had ended before this was shown. */
  onDone?: (run: RunView) => void;
};

/** A row that shows how far a run is, how fast and for how much longer, with the means to cancel it. */
export function RunProgress({ slug, runId, onDone }: RunProgressProps) {
  const { run, perSecond, error } = useRun(slug, runId, onDone);
  if (!run)
    return error ? (
      <Alert tone="danger">{error.message}</Alert>
    ) : (
      <Progress value={null} max={1} label="Loading the run" />
    );

  const { done, total, unit } = run.progress;
  const isLive = run.finishedAt === null;
  const cancelling = isLive && run.cancelRequestedAt !== null;
  const { variant, label } = badges[run.state];
  const facts = [
    total === null ? `${formatNumber(done)} ${unit}` : `${formatNumber(done)} of ${formatNumber(total)} ${unit}`,
    run.state === "running" && perSecond && `${formatNumber(perSecond, perSecond < 10 ? 1 : 0)} ${unit}/s`,
    run.state === "running" && perSecond && total !== null && `${formatSeconds((total - done) / perSecond)} left`,
    !isLive && run.startedAt && `${formatSeconds((Date.parse(run.finishedAt!) - Date.parse(run.startedAt)) / 1000)}`,
  ].filter(Boolean);

  return (
    <div className="grid gap-2">
      <div className="flex min-h-7 flex-wrap items-center gap-x-3 gap-y-1">
        <span role="status">
          <Badge variant={variant}>{cancelling ? "Cancelling" : label}</Badge>
        </span>
        <span className="text-muted-foreground tabular-nums">{facts.join(" · ")}</span>
        {isLive ? <CancelButton slug={slug} runId={runId} cancelling={cancelling} /> : null}
      </div>
      {isLive ? (
        <Progress value={total === null ? null : done} max={total ?? 1} label={`Progress of the ${run.kind}`} />
      ) : null}
      {run.error ? <Alert tone="danger">{run.error}</Alert> : null}
      {isLive && error ? <Alert tone="warning">{error.message} What you see may be out of date.</Alert> : null}
    </div>
  );
}

function CancelButton({ slug, runId, cancelling }: { slug: string; runId: string; cancelling: boolean }) {
  const queries = useQueryClient();
  const cancel = useMutation({
    mutationFn: () => api<RunView>("POST", `/api/v1/projects/${slug}/runs/${runId}/cancel`),
    onSettled: () => queries.invalidateQueries({ queryKey: runKey(slug, runId) }),
  });
  return (
    <>
      <Button size="sm" className="ml-auto" pending={cancel.isPending || cancelling} onClick={() => cancel.mutate()}>
        Cancel
      </Button>
      {cancel.error ? (
        <Alert tone="danger" className="w-full">
          {cancel.error.message}
        </Alert>
      ) : null}
    </>
  );
}

/** Follows a run until it has ended. `perSecond` is null until two looks at it make a rate. */
function useRun(slug: string, runId: string, onDone: RunProgressProps["onDone"]) {
  const samples = useRef<Sample[]>([]);
  const { data, error } = useQuery({
    queryKey: runKey(slug, runId),
    queryFn: async ({ signal }) => {
      const run = await api<RunView>("GET", `/api/v1/projects/${slug}/runs/${runId}`, undefined, { signal });
      const now = { at: performance.now(), done: run.progress.done };
      samples.current = [...samples.current.filter((sample) => now.at - sample.at < rateWindowMs), now];
      return { run, perSecond: rate(samples.current) };
    },
    staleTime: 0,
    refetchInterval: ({ state }) => (state.data?.run.finishedAt || isRefusal(state.error) ? false : pollMs),
  });

  const reported = useRef<string | null>(null);
  const report = useEffectEvent((run: RunView) => {
    if (reported.current === run.id) return;
    reported.current = run.id;
    onDone?.(run);
  });
  const run = data?.run;
  useEffect(() => {
    if (run?.finishedAt) report(run);
  }, [run]);

  return { run, perSecond: data?.perSecond ?? null, error };
}

/** Asking again would give the same answer. */
function isRefusal(error: Error | null): boolean {
  return error instanceof ApiError && [401, 403, 404].includes(error.status);
}

function runKey(slug: string, runId: string) {
  return ["projects", slug, "runs", runId];
}

function rate(samples: Sample[]): number | null {
  const first = samples[0]!;
  const last = samples.at(-1)!;
  return last.at > first.at ? (1000 * (last.done - first.done)) / (last.at - first.at) : null;
}

/** "4 s", "3 min 20 s", "2 h 5 min". */
function formatSeconds(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`;
}
