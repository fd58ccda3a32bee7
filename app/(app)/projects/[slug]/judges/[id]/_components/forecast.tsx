"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";

import { api } from "@/app/_components/api-client";
import { Alert } from "@/app/_components/ui/alert";
import type { Numbers } from "@/app/_components/ui/numbers";
import { useNumbers } from "@/app/_components/ui/use-numbers";
import { Section } from "@/app/_components/ui/page";
import { Skeleton } from "@/app/_components/ui/skeleton";
import type { Translate } from "@/app/i18n/translate";
import type { JudgeForecast } from "@/lib/judges/forecast/schema";
import type { JudgeView } from "@/lib/judges/schema";
import { joinSentences } from "../../_components/join-words";

type ForecastProps = {
  slug: string;
  judge: JudgeView;
  /** The run that ended last: what waits is counted again after it. */
  after: string | null;
};

/** What judging all that waits would take, and whether that fits under the caps. */
export function Forecast({ slug, judge, after }: ForecastProps) {
  const t = useTranslations("judges.forecast");
  const numbers = useNumbers();
  const { data, error } = useQuery({
    queryKey: ["forecast", slug, judge.id, judge.version, after],
    queryFn: ({ signal }) =>
      api<JudgeForecast>("POST", `/api/v1/projects/${slug}/judges/${judge.id}/forecast`, {}, { signal }),
    staleTime: 60_000,
  });
  return (
    <Section title={t("title")} description={data && wordBasis(data, numbers, t)}>
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
  const t = useTranslations("judges.forecast");
  const common = useTranslations("judges.common");
  const words = useTranslations("judges.words");
  const numbers = useNumbers();
  const about = (tokens: number) => numbers.number(Number(tokens.toPrecision(2)));
  const { verdicts, inputTokens, outputTokens, costMicros, seconds, currency, caps } = forecast;
  const facts = [
    { term: t("verdicts"), value: numbers.number(verdicts) },
    {
      term: t("tokens"),
      value: `${about(inputTokens.expected)}, ${about(outputTokens.expected)}`,
    },
    {
      term: common("cost"),
      value: numbers.money(costMicros.expected, currency),
      more: t("range", {
        ...{ low: numbers.money(costMicros.low, currency), high: numbers.money(costMicros.high, currency) },
      }),
    },
    { term: t("time"), value: seconds === null ? t("notKnown") : wordSeconds(seconds, numbers, t) },
  ];
  return (
    <>
      <dl className="grid grid-cols-2 gap-px overflow-hidden rounded-lg border bg-border forced-colors:bg-foreground sm:grid-cols-4">
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
            {joinSentences(wordCap(cap, { currency, numbers, t }), words)}
          </Alert>
        ))}
    </>
  );
}

type CapWords = { currency: string; numbers: Numbers; t: Translate<"judges.forecast"> };

function wordCap(cap: JudgeForecast["caps"][number], { currency, numbers, t }: CapWords): string[] {
  const { period, fits, verdicts } = cap;
  const whose = cap.judgeId === null ? "project" : "judge";
  const money = { cap: numbers.money(cap.capMicros, currency), spent: numbers.money(cap.spentMicros, currency) };
  return [
    t("cap", { whose, period, fits, ...money }),
    ...(verdicts === null ? [] : [t("capPaysFor", { verdicts: numbers.number(verdicts) })]),
  ];
}

function wordBasis({ basis, sample }: JudgeForecast, numbers: Numbers, t: Translate<"judges.forecast">): string {
  return t(basis === "verdicts" ? "fromVerdicts" : "fromTexts", { count: numbers.number(sample) });
}

function wordSeconds(seconds: number, numbers: Numbers, t: Translate<"judges.forecast">): string {
  if (seconds < 90) return t("seconds", { count: Math.max(1, Math.round(seconds)) });
  const minutes = Math.round(seconds / 60);
  if (minutes < 90) return t("minutes", { count: minutes });
  return t("hours", { count: numbers.number(minutes / 60, 1) });
}
