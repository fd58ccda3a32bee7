"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import Link from "next/link";
import { toast } from "sonner";

import { api } from "@/app/_components/api-client";
import { stateOf, wordRunTime, wordState, wordUnit } from "@/app/_components/runs/words";
import { Alert } from "@/app/_components/ui/alert";
import { Badge } from "@/app/_components/ui/badge";
import { Button } from "@/app/_components/ui/button";
import { passFocus } from "@/app/_components/ui/pass-focus";
import { Progress } from "@/app/_components/ui/progress";
import { Table, TBody, TD, TH, THead, TR } from "@/app/_components/ui/table";
import { RelativeTime } from "@/app/_components/ui/time";
import { useNumbers } from "@/app/_components/ui/use-numbers";
import type { ListRunsQuery, RunPage, RunView } from "@/lib/jobs/schema";

/** How often the list is read again while something in it goes on, and while nothing does. */
const liveMs = 2_000;
const calmMs = 10_000;

type RunTableProps = {
  slug: string;
  firstPage: RunPage;
  query: Pick<ListRunsQuery, "kind" | "state" | "cursor"> & { limit: string };
  canCancel: boolean;
};

/** Runs as they go. One list is read for all of them: browsers open too few connections to follow each. */
export function RunTable({ slug, firstPage, query, canCancel }: RunTableProps) {
  const t = useTranslations("runs");
  const given = Object.entries(query).filter(([, value]) => value !== undefined) as [string, string][];
  const runs = useQuery({
    queryKey: runsKey(slug, query),
    queryFn: ({ signal }) =>
      api<RunPage>("GET", `/api/v1/projects/${slug}/runs?${new URLSearchParams(given)}`, undefined, { signal }),
    initialData: firstPage,
    refetchInterval: ({ state }) => (state.data?.items.some(isLive) ? liveMs : calmMs),
  });
  return (
    <>
      {runs.error ? <Alert tone="warning">{t("outdated", { problem: runs.error.message })}</Alert> : null}
      <Table label={t("title")} density="compact">
        <THead>
          <TR>
            <TH>{t("kind")}</TH>
            <TH>{t("state")}</TH>
            <TH>{t("progress")}</TH>
            <TH>{t("startedBy")}</TH>
            <TH>{t("when")}</TH>
            <TH numeric>{t("duration")}</TH>
            <TH>{t("leadsTo")}</TH>
            <TH>
              <span className="sr-only">{t("actions")}</span>
            </TH>
          </TR>
        </THead>
        <TBody>
          {runs.data.items.map((run) => (
            <Row key={run.id} slug={slug} run={run} canCancel={canCancel} />
          ))}
        </TBody>
      </Table>
    </>
  );
}

function Row({ slug, run, canCancel }: { slug: string; run: RunView; canCancel: boolean }) {
  const t = useTranslations("runs");
  const durations = useTranslations("ui.duration");
  const numbers = useNumbers();
  const { href, outcome } = outcomeOf(slug, run);
  return (
    <TR>
      <TD className="font-medium">{t(`kinds.${run.kind}`)}</TD>
      <TD className="max-w-112 min-w-40">
        <Badge variant={stateOf(run, t).variant}>{wordState(run, t)}</Badge>
        {run.error ? (
          <p
            className={`mt-1 [overflow-wrap:anywhere] ${run.stoppedAtCap ? "text-muted-foreground" : "text-rose-700 dark:text-rose-400"}`}
          >
            {run.error}
          </p>
        ) : null}
      </TD>
      <TD className="min-w-44">
        <ProgressCell run={run} />
      </TD>
      <TD className="min-w-28 [overflow-wrap:anywhere]">
        {run.createdBy ?? <span className="text-muted-foreground">{t("byItself")}</span>}
      </TD>
      <TD>
        <RelativeTime value={run.createdAt} />
      </TD>
      <TD numeric className="whitespace-nowrap" suppressHydrationWarning>
        {wordRunTime(run, numbers, durations)}
      </TD>
      <TD>
        <Link href={href} className="whitespace-nowrap hover:underline">
          {t(`outcomes.${outcome}`)}
        </Link>
      </TD>
      <TD>{isLive(run) && canCancel ? <CancelButton slug={slug} run={run} /> : null}</TD>
    </TR>
  );
}

function ProgressCell({ run }: { run: RunView }) {
  const t = useTranslations("runs");
  const { number } = useNumbers();
  const { done, total } = run.progress;
  const unit = wordUnit(run, t);
  const words =
    total === null || !isLive(run)
      ? t("count", { done: number(done), unit })
      : t("countOf", { done: number(done), total: number(total), unit });
  return (
    <div className="grid gap-1">
      <span className="whitespace-nowrap">{words}</span>
      {run.state === "running" ? (
        <Progress
          value={total === null ? null : done}
          max={total ?? 1}
          label={t("progressOf", { name: t(`names.${run.kind}`) })}
        />
      ) : null}
    </div>
  );
}

function CancelButton({ slug, run }: { slug: string; run: RunView }) {
  const t = useTranslations("runs");
  const client = useQueryClient();
  const cancel = useMutation({
    mutationFn: () => api<RunView>("POST", `/api/v1/projects/${slug}/runs/${run.id}/cancel`),
    onError: (error) => toast.error(error.message),
    onSettled: () => client.invalidateQueries({ queryKey: runsKey(slug) }),
  });
  return (
    <Button
      ref={passFocus}
      size="sm"
      aria-label={t("cancelThe", { name: t(`names.${run.kind}`) })}
      pending={cancel.isPending || run.cancelRequestedAt !== null}
      onClick={() => cancel.mutate()}
    >
      {t("cancel")}
    </Button>
  );
}

type Outcome = "report" | "snapshots" | "judge" | "judges" | "routing" | "backtest" | "rewardModels";

/** Where what a run made, or is about, can be seen. */
function outcomeOf(slug: string, { kind, id, subjectId }: RunView): { href: string; outcome: Outcome } {
  const home = `/projects/${slug}`;
  switch (kind) {
    case "import":
      return { href: `${home}/import?run=${id}`, outcome: "report" };
    case "snapshot":
      return { href: `${home}/export`, outcome: "snapshots" };
    case "judge":
    case "judge-attack":
    case "tagging":
      return { href: subjectId === null ? `${home}/judges` : `${home}/judges/${subjectId}`, outcome: "judge" };
    case "route":
    case "routing-features":
    case "tag-classifier":
      return { href: `${home}/routing`, outcome: "routing" };
    case "routing-fit":
      return { href: `${home}/routing/backtest`, outcome: "backtest" };
    case "judge-report":
      return { href: `${home}/judges`, outcome: "judges" };
    case "train":
    case "score":
      return { href: `${home}/reward-models`, outcome: "rewardModels" };
  }
}

function isLive({ finishedAt }: RunView): boolean {
  return finishedAt === null;
}

function runsKey(slug: string, query?: RunTableProps["query"]) {
  return ["projects", slug, "runs", ...(query ? [query] : [])];
}
