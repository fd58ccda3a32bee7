"use client";

import { useQuery } from "@tanstack/react-query";

import { api } from "@/app/_components/api-client";
import { Alert } from "@/app/_components/ui/alert";
import { formatMoney, formatNumber } from "@/app/_components/ui/numbers";
import { Section } from "@/app/_components/ui/page";
import { Skeleton } from "@/app/_components/ui/skeleton";
import type { JudgeForecast } from "@/lib/judges/forecast/schema";
import type { JudgeView } from "@/lib/judges/schema";

type ForecastProps = {
  slug: string;
  judge: JudgeView;
  /** The run that ended last: what waits is counted again after it. */
  after: string | null;
};

/** What judging all that waits would take, and whether that fits under the caps. */
export function Forecast({ slug, judge, after }: ForecastProps) {
  const { data, error } = useQuery({
    queryKey: ["forecast", slug, judge.id, judge.version, after],
    queryFn: ({ signal }) =>
      api<JudgeForecast>("POST", `/api/v1/projects/${slug}/judges/${judge.id}/forecast`, {}, { signal }),
    staleTime: 60_000,
  });
  return (
    <Section title="Judging what waits would take" description={data && wordBasis(data)}>
      {error ? (
        <Alert tone="warning">{error.message}</Alert>
      ) : data ? (
        <Figures forecast={data} />
      ) : (
        <Skeleton className="h-16" />
      )}
    </Section>
  );
}

function Figures({ forecast }: { forecast: JudgeForecast }) {
  const { verdicts, inputTokens, outputTokens, costMicros, seconds, currency, caps } = forecast;
  const facts = [
    { term: "Verdicts, at most", value: formatNumber(verdicts) },
    {
      term: "Tokens in, out",
      value: `${about(inputTokens.expected)}, ${about(outputTokens.expected)}`,
    },
    {
      term: "Cost",
      value: formatMoney(costMicros.expected, currency),
      more: `${formatMoney(costMicros.low, currency)} to ${formatMoney(costMicros.high, currency)}`,
    },
    { term: "Time", value: seconds === null ? "not known yet" : wordSeconds(seconds) },
  ];
  return (
    <>
      <dl className="grid grid-cols-2 gap-px overflow-hidden rounded-lg border bg-border sm:grid-cols-4">
        {facts.map(({ term, value, more }) => (
          <div key={term} className="bg-card px-4 py-3">
            <dt className="text-[0.8125rem] text-muted-foreground">{term}</dt>
            <dd className="font-semibold tabular-nums">{value}</dd>
            {more ? <dd className="text-[0.8125rem] text-muted-foreground tabular-nums">{more}</dd> : null}
          </div>
        ))}
      </dl>
      {caps
        .filter(({ fits }) => fits !== "yes")
        .map((cap) => (
          <Alert key={`${cap.judgeId} ${cap.period}`} tone="warning">
            {wordCap(cap, currency)}
          </Alert>
        ))}
    </>
  );
}

const periods = { day: "a day", month: "a month", total: "in all" } as const;

function wordCap(cap: JudgeForecast["caps"][number], currency: string): string {
  const whose = cap.judgeId === null ? "The project's cap" : "The cap";
  const spent = `of which ${formatMoney(cap.spentMicros, currency)} are spent`;
  const enough = cap.fits === "no" ? "is not enough for all of it" : "may not be enough for all of it";
  const share = cap.verdicts === null ? "" : ` It pays for about ${formatNumber(cap.verdicts)} verdicts.`;
  return `${whose} of ${formatMoney(cap.capMicros, currency)} ${periods[cap.period]}, ${spent}, ${enough}.${share}`;
}

function wordBasis({ basis, sample }: JudgeForecast): string {
  return basis === "verdicts"
    ? `From what ${formatNumber(sample)} verdicts of this version took and the length of the texts; the range holds 19 times of 20.`
    : `From the length of ${formatNumber(sample)} texts, by a rule of thumb for tokens; the first verdicts correct it.`;
}

function about(tokens: number): string {
  return formatNumber(Number(tokens.toPrecision(2)));
}

function wordSeconds(seconds: number): string {
  if (seconds < 90) return `about ${Math.max(1, Math.round(seconds))} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 90) return `about ${minutes} min`;
  return `about ${formatNumber(minutes / 60, 1)} h`;
}
