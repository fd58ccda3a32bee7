"use client";

import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useEffect, useEffectEvent, useRef, useState } from "react";

import type { RunView } from "@/lib/jobs/schema";
import { api } from "./api-client";
import { followRun } from "./runs/follow-run";
import { stateOf, wordRunTime, wordState, wordUnit } from "./runs/words";
import { Alert } from "./ui/alert";
import { Badge } from "./ui/badge";
import { Button } from "./ui/button";
import { passFocus } from "./ui/pass-focus";
import { Progress } from "./ui/progress";
import { useNumbers } from "./ui/use-numbers";
import { wordDuration } from "./ui/word-duration";

/** The rate is that of the last few seconds: batches take different times. */
const rateWindowMs = 10_000;

type Sample = { at: number; done: number };

type RunProgressProps = {
  slug: string;
  runId: string;
  /** The run as the server knew it, where it did: nothing below moves when the first event comes. */
  initialRun?: RunView;
  /** Called once when the run has ended, also when it had ended before this was shown. */
  onDone?: (run: RunView) => void;
};

/** A row that shows how far a run is, how fast and for how much longer, with the means to cancel it. */
export function RunProgress(props: RunProgressProps) {
  const { slug, runId } = props;
  const t = useTranslations("runs");
  const durations = useTranslations("ui.duration");
  const numbers = useNumbers();
  const { number } = numbers;
  const { run, perSecond, error } = useRun(props, t("unanswered"));
  if (!run)
    return error ? (
      <Alert tone="danger">{error.message}</Alert>
    ) : (
      <Progress value={null} max={1} label={t("loading")} />
    );

  const { done, total } = run.progress;
  const unit = wordUnit(run, t);
  const isLive = run.finishedAt === null;
  const cancelling = isLive && run.cancelRequestedAt !== null;
  const facts = [
    total === null
      ? t("count", { done: number(done), unit })
      : t("countOf", { done: number(done), total: number(total), unit }),
    run.state === "running" && perSecond && t("rate", { rate: number(perSecond, perSecond < 10 ? 1 : 0), unit }),
    run.state === "running" &&
      perSecond &&
      total !== null &&
      t("left", { time: wordDuration((1000 * (total - done)) / perSecond, numbers, durations) }),
    !isLive && wordRunTime(run, numbers, durations),
  ].filter(Boolean);

  return (
    <div className="grid gap-2">
      {/* Has the focus when the button to cancel is gone with it. */}
      <div ref={passFocus} tabIndex={-1} className="flex min-h-7 flex-wrap items-center gap-x-3 gap-y-1">
        <span role="status">
          <Badge variant={stateOf(run, t).variant}>{wordState(run, t)}</Badge>
        </span>
        <span className="text-muted-foreground tabular-nums">{facts.join(" · ")}</span>
        {isLive ? <CancelButton slug={slug} runId={runId} cancelling={cancelling} /> : null}
      </div>
      {isLive ? (
        <Progress
          value={total === null ? null : done}
          max={total ?? 1}
          label={t("progressOf", { name: t(`names.${run.kind}`) })}
        />
      ) : null}
      {run.lacksWorker ? <Alert tone="info">{t("lacksWorker", { kind: run.kind })}</Alert> : null}
      {run.error ? <Alert tone={run.stoppedAtCap ? "warning" : "danger"}>{run.error}</Alert> : null}
      {isLive && error ? <Alert tone="warning">{t("outdated", { problem: error.message })}</Alert> : null}
    </div>
  );
}

function CancelButton({ slug, runId, cancelling }: { slug: string; runId: string; cancelling: boolean }) {
  const t = useTranslations("runs");
  // What comes of it is told by the run's events.
  const cancel = useMutation({
    mutationFn: () => api<RunView>("POST", `/api/v1/projects/${slug}/runs/${runId}/cancel`),
  });
  return (
    <>
      <Button
        ref={passFocus}
        size="sm"
        className="ms-auto"
        pending={cancel.isPending || cancel.isSuccess || cancelling}
        onClick={() => cancel.mutate()}
      >
        {t("cancel")}
      </Button>
      {cancel.error ? (
        <Alert tone="danger" className="w-full">
          {cancel.error.message}
        </Alert>
      ) : null}
    </>
  );
}

/** Follows a run until it has ended. `perSecond` is null until two states of it make a rate. */
function useRun({ slug, runId, initialRun, onDone }: RunProgressProps, unanswered: string) {
  const [seen, setSeen] = useState<{ run: RunView; perSecond: number | null } | null>(
    initialRun ? { run: initialRun, perSecond: null } : null,
  );
  const [error, setError] = useState<Error | null>(null);
  const samples = useRef<Sample[]>([]);
  const reported = useRef<string | null>(null);

  const show = useEffectEvent((run: RunView) => {
    const now = { at: performance.now(), done: run.progress.done };
    samples.current = [...samples.current.filter((sample) => now.at - sample.at < rateWindowMs), now];
    setSeen({ run, perSecond: rate(samples.current) });
    if (run.finishedAt === null || reported.current === run.id) return;
    reported.current = run.id;
    onDone?.(run);
  });
  useEffect(
    () =>
      followRun(`/api/v1/projects/${slug}/runs/${runId}`, { unanswered, run: (run) => show(run), problem: setError }),
    [slug, runId, unanswered],
  );

  return { run: seen?.run.id === runId ? seen.run : undefined, perSecond: seen?.perSecond ?? null, error };
}

function rate(samples: Sample[]): number | null {
  const first = samples[0]!;
  const last = samples.at(-1)!;
  return last.at > first.at ? (1000 * (last.done - first.done)) / (last.at - first.at) : null;
}
