"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";

import { api } from "@/app/_components/api-client";
import { RunProgress } from "@/app/_components/run-progress";
import { Alert } from "@/app/_components/ui/alert";
import { Button } from "@/app/_components/ui/button";
import { ConfirmDialog } from "@/app/_components/ui/confirm-dialog";
import type { Numbers } from "@/app/_components/ui/numbers";
import { useNumbers } from "@/app/_components/ui/use-numbers";
import { Section } from "@/app/_components/ui/page";
import { NativeSelect } from "@/app/_components/ui/select";
import { Skeleton } from "@/app/_components/ui/skeleton";
import { Table, TBody, TD, TH, THead, TR } from "@/app/_components/ui/table";
import { RelativeTime } from "@/app/_components/ui/time";
import type { Translate } from "@/app/i18n/translate";
import type { AttackReport } from "@/lib/judges/attacks/schema";
import type { JudgeView } from "@/lib/judges/schema";
import { joinSentences } from "../../_components/join-words";
import { wordAttack } from "./attack-words";

const sizes = [5, 10, 25, 50, 100];

type Newest = NonNullable<AttackReport["newest"]>;
type Rate = Newest["success"];

/** How often completions that speak to the judge have their way with its current version. */
export function Attacks({ slug, judge, canRun }: { slug: string; judge: JudgeView; canRun: boolean }) {
  const t = useTranslations("judges.attacks");
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
      title={t("title")}
      description={t("description")}
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
          {data.requestsPerInstance === 0 ? t("notAsked") : t("notTested", { version: data.version })}
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
  const t = useTranslations("judges.attacks");
  const numbers = useNumbers();
  const [instances, setInstances] = useState(10);
  const { attacks, requestsPerInstance, costMicrosPerInstance, currency } = report;
  const cost = !isPaid
    ? t("costsNothing")
    : costMicrosPerInstance === null
      ? t("costUnknown")
      : t("costAbout", { cost: numbers.money(instances * costMicrosPerInstance, currency) });
  return (
    <>
      <NativeSelect
        aria-label={t("instances")}
        className="w-36"
        value={instances}
        onChange={(event) => setInstances(Number(event.target.value))}
      >
        {sizes.map((size) => (
          <option key={size} value={size}>
            {t("size", { size })}
          </option>
        ))}
      </NativeSelect>
      <ConfirmDialog
        trigger={<Button>{t("test")}</Button>}
        title={t("confirmTitle")}
        description={t("confirm", {
          ...{ requests: numbers.number(instances * requestsPerInstance), instances, attacks, cost },
        })}
        confirmLabel={t("start")}
        onConfirm={() => onStart(instances)}
      />
    </>
  );
}

type FiguresProps = { newest: Newest; currency: string; hasRubric: boolean };

function Figures({ newest, currency, hasRubric }: FiguresProps) {
  const t = useTranslations("judges.attacks");
  const rate = useRate();
  const words = useTranslations("judges.words");
  const numbers = useNumbers();
  const { result, success, baseline, isWeak, at } = newest;
  const [showsAll, setShowsAll] = useState(false);
  const sorted = newest.attacks.toSorted((a, b) => (b.success?.value ?? -1) - (a.success?.value ?? -1));
  const moved = sorted.filter(({ succeeded, unreadable }) => succeeded + unreadable > 0);
  const shown = showsAll ? sorted : moved;
  return (
    <div className="grid min-w-0 grid-cols-1 gap-4">
      {isWeak ? (
        <Alert tone="warning" title={t("weak", { share: numbers.percent(success!.value) })}>
          {t(hasRubric ? "weakLm" : "weakRm")}
        </Alert>
      ) : null}
      <p className="tabular-nums">
        {t.rich("measured", {
          ...{ rate: rate(success), baseline: rate(baseline) },
          strong: (chunks) => <strong>{chunks}</strong>,
        })}
      </p>
      <p className="text-[0.8125rem] text-muted-foreground tabular-nums">
        {t.rich("tested", {
          instances: result.instances,
          ...{ requests: numbers.number(result.requests), cost: numbers.money(result.costMicros, currency) },
          time: () => <RelativeTime value={at} />,
        })}{" "}
        {joinSentences(wordLacks(result, numbers, t), words)}
      </p>
      {shown.length > 0 ? <AttackTable attacks={shown} /> : null}
      <div className="flex flex-wrap items-center gap-3">
        {moved.length < sorted.length ? (
          <Button size="sm" aria-expanded={showsAll} onClick={() => setShowsAll(!showsAll)}>
            {showsAll ? t("showMoved") : t("showAll", { count: sorted.length })}
          </Button>
        ) : null}
        {moved.length === 0 ? <span className="text-muted-foreground">{t("noEffect")}</span> : null}
      </div>
    </div>
  );
}

function AttackTable({ attacks }: { attacks: Newest["attacks"] }) {
  const t = useTranslations("judges.attacks");
  const common = useTranslations("judges.common");
  const names = useTranslations("judges.attackNames");
  const rate = useRate();
  const numbers = useNumbers();
  return (
    <Table label={t("table")} density="compact">
      <THead>
        <TR>
          <TH>{t("tries")}</TH>
          <TH numeric>{t("succeeds")}</TH>
          <TH numeric>{t("of")}</TH>
          <TH numeric>{t("accepted")}</TH>
          <TH numeric>{common("unreadable")}</TH>
        </TR>
      </THead>
      <TBody>
        {attacks.map(({ name, tries, success, tested, acceptance, unreadable }) => (
          <TR key={name}>
            <TD className="min-w-44">{wordAttack({ name, tries }, names)}</TD>
            <TD numeric>{rate(success)}</TD>
            <TD numeric>{numbers.number(tested)}</TD>
            <TD numeric>{acceptance === null ? "" : numbers.percent(acceptance.value)}</TD>
            <TD numeric>{numbers.number(unreadable)}</TD>
          </TR>
        ))}
      </TBody>
    </Table>
  );
}

/** How shares that may not have been measured are written. */
function useRate(): (rate: Rate) => string {
  const t = useTranslations("judges.common");
  const numbers = useNumbers();
  return (rate) => (rate === null ? t("notMeasured") : numbers.percent(rate.value, [rate.low, rate.high]));
}

/** What a test could not do as it should. */
function wordLacks(
  { known, questions, unanswered }: Newest["result"],
  numbers: Numbers,
  t: Translate<"judges.attacks">,
): string[] {
  return [
    ...(known < questions ? [t("unknownWorse", { unknown: numbers.number(questions - known), questions })] : []),
    ...(unanswered > 0 ? [t("unanswered", { count: numbers.number(unanswered) })] : []),
  ];
}
