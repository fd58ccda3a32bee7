"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";

import { api } from "@/app/_components/api-client";
import { RunProgress } from "@/app/_components/run-progress";
import { Alert } from "@/app/_components/ui/alert";
import { Button } from "@/app/_components/ui/button";
import { ConfirmDialog } from "@/app/_components/ui/confirm-dialog";
import { formatMoney, formatNumber, formatPercent } from "@/app/_components/ui/numbers";
import { Section } from "@/app/_components/ui/page";
import { NativeSelect } from "@/app/_components/ui/select";
import { Skeleton } from "@/app/_components/ui/skeleton";
import { Table, TBody, TD, TH, THead, TR } from "@/app/_components/ui/table";
import { RelativeTime } from "@/app/_components/ui/time";
import type { AttackReport } from "@/lib/judges/attacks/schema";
import type { JudgeView } from "@/lib/judges/schema";

const sizes = [5, 10, 25, 50, 100];

type Newest = NonNullable<AttackReport["newest"]>;
type Rate = Newest["success"];

/** How often completions that speak to the judge have their way with its current version. */
export function Attacks({ slug, judge, canRun }: { slug: string; judge: JudgeView; canRun: boolean }) {
  const client = useQueryClient();
  const path = `/api/v1/projects/${slug}/judges/${judge.id}/attacks` as const;
  const queryKey = ["projects", slug, "judges", judge.id, "attacks", judge.version];
  const { data, error } = useQuery({
    queryKey,
    queryFn: ({ signal }) => api<AttackReport>("GET", path, undefined, { signal }),
  });
  const refresh = () => client.invalidateQueries({ queryKey });
  const start = async (instances: number) => {
    await api("POST", path, { instances });
    await refresh();
  };
  return (
    <Section
      title="Attacks in completions"
      description="Completions with prompt injections, and others without an answer in them, stand where people find the worse completion. An attack succeeds when the judge takes its side in every order, and did not without it."
      actions={
        canRun && data && data.requestsPerInstance > 0 ? (
          <Start report={data} isPaid={judge.kind === "lm"} onStart={start} />
        ) : null
      }
    >
      {error ? <Alert tone="danger">{error.message}</Alert> : null}
      {data === undefined && !error ? <Skeleton className="h-24" /> : null}
      {data?.runId ? (
        <RunProgress key={data.runId} slug={slug} runId={data.runId} onDone={() => void refresh()} />
      ) : null}
      {data?.newest === null ? (
        <p className="text-muted-foreground">
          {data.requestsPerInstance === 0
            ? "It answers no comparison, rating or yes-or-no question of this project, which are what attacks are tried on."
            : `Version ${data.version} of this judge has not been tested.`}
        </p>
      ) : null}
      {data?.newest ? <Figures newest={data.newest} currency={data.currency} hasRubric={judge.kind === "lm"} /> : null}
    </Section>
  );
}

type StartProps = {
  report: AttackReport;
  /** The reward model of the project costs nothing to ask. */
  isPaid: boolean;
  onStart: (instances: number) => Promise<void>;
};

function Start({ report, isPaid, onStart }: StartProps) {
  const [instances, setInstances] = useState(10);
  const { attacks, requestsPerInstance, costMicrosPerInstance, currency } = report;
  const cost = !isPaid
    ? "That costs nothing."
    : costMicrosPerInstance === null
      ? "What that costs is known once this version has answered something."
      : `At the mean price of its questions so far that costs about ${formatMoney(instances * costMicrosPerInstance, currency)}.`;
  return (
    <>
      <NativeSelect
        aria-label="Instances to attack"
        className="w-36"
        value={instances}
        onChange={(event) => setInstances(Number(event.target.value))}
      >
        {sizes.map((size) => (
          <option key={size} value={size}>
            {size} instances
          </option>
        ))}
      </NativeSelect>
      <ConfirmDialog
        trigger={<Button>Test against injections</Button>}
        title="Test this judge against injections?"
        description={`It is asked ${formatNumber(instances * requestsPerInstance)} times about ${instances} instances of the train split: each without an attack and with ${attacks}. ${cost} No label is made.`}
        confirmLabel="Start the test"
        onConfirm={() => onStart(instances)}
      />
    </>
  );
}

type FiguresProps = { newest: Newest; currency: string; hasRubric: boolean };

function Figures({ newest, currency, hasRubric }: FiguresProps) {
  const { result, success, baseline, isWeak, at } = newest;
  const [showsAll, setShowsAll] = useState(false);
  const sorted = newest.attacks.toSorted((a, b) => (b.success?.value ?? -1) - (a.success?.value ?? -1));
  const moved = sorted.filter(({ succeeded, unreadable }) => succeeded + unreadable > 0);
  const shown = showsAll ? sorted : moved;
  return (
    <div className="grid min-w-0 grid-cols-1 gap-4">
      {isWeak ? (
        <Alert tone="warning" title={`${formatPercent(success!.value)} of the attacks succeed`}>
          More than 5 in a hundred. Whoever writes completions can buy labels of this judge:{" "}
          {hasRubric
            ? "say in its rubric that texts which speak to the judge are to be judged as any other, or use a stronger model, before its labels train anything."
            : "let people label such completions, and train the reward model on what they say, before it labels more."}
        </Alert>
      ) : null}
      <p className="tabular-nums">
        Measured success rate <strong>{wordRate(success)}</strong>. Without an attack it favours the same completions in{" "}
        {wordRate(baseline)}.
      </p>
      <p className="text-[0.8125rem] text-muted-foreground tabular-nums">
        Tested <RelativeTime value={at} /> in {count(result.instances, "instance")}: {formatNumber(result.requests)}{" "}
        requests for {formatMoney(result.costMicros, currency)}.
        {result.known < result.questions
          ? ` In ${formatNumber(result.questions - result.known)} of ${count(result.questions, "question")} nobody knew the worse completion, and an evasive text took its place.`
          : ""}
        {result.unanswered > 0 ? ` No answer came to ${formatNumber(result.unanswered)}.` : ""}
      </p>
      {shown.length > 0 ? <AttackTable attacks={shown} /> : null}
      <div className="flex flex-wrap items-center gap-3">
        {moved.length < sorted.length ? (
          <Button size="sm" aria-expanded={showsAll} onClick={() => setShowsAll(!showsAll)}>
            {showsAll ? "Show those that had an effect" : `Show all ${sorted.length} attacks`}
          </Button>
        ) : null}
        {moved.length === 0 ? <span className="text-muted-foreground">No attack had any effect.</span> : null}
      </div>
    </div>
  );
}

function AttackTable({ attacks }: { attacks: Newest["attacks"] }) {
  return (
    <Table label="Attacks" density="compact">
      <THead>
        <TR>
          <TH>What it tries</TH>
          <TH numeric>Succeeds</TH>
          <TH numeric>Of</TH>
          <TH numeric>Accepted in all</TH>
          <TH numeric>Unreadable</TH>
        </TR>
      </THead>
      <TBody>
        {attacks.map(({ name, tries, success, tested, acceptance, unreadable }) => (
          <TR key={name}>
            <TD className="min-w-44">{tries ?? name}</TD>
            <TD numeric>{wordRate(success)}</TD>
            <TD numeric>{formatNumber(tested)}</TD>
            <TD numeric>{acceptance === null ? "" : formatPercent(acceptance.value)}</TD>
            <TD numeric>{formatNumber(unreadable)}</TD>
          </TR>
        ))}
      </TBody>
    </Table>
  );
}

function wordRate(rate: Rate): string {
  return rate === null ? "not measured" : formatPercent(rate.value, [rate.low, rate.high]);
}

function count(n: number, one: string): string {
  return `${formatNumber(n)} ${n === 1 ? one : `${one}s`}`;
}
