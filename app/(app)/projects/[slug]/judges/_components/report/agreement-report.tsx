"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { toast } from "sonner";

import { api } from "@/app/_components/api-client";
import { RunProgress } from "@/app/_components/run-progress";
import { Alert } from "@/app/_components/ui/alert";
import { Button } from "@/app/_components/ui/button";
import { useNumbers } from "@/app/_components/ui/use-numbers";
import { Section } from "@/app/_components/ui/page";
import { NativeSelect } from "@/app/_components/ui/select";
import { Skeleton } from "@/app/_components/ui/skeleton";
import { RelativeTime } from "@/app/_components/ui/time";
import type { AnnotatorReport, StoredReport } from "@/lib/judges/report/schema";
import { joinList, joinSentences } from "../join-words";
import { QuestionFigures } from "./question-figures";
import { wordDrift, wordQuestion } from "./report-words";
import { VersionDifferences } from "./version-differences";

type AgreementReportProps = {
  slug: string;
  path: `/api/v1/${string}`;
  /** What its labels cost is in; imported ones cost nothing here. */
  currency?: string;
  /** What the server found at the path, if it has looked. */
  first?: StoredReport;
  actions?: ReactNode;
};

/** How an AI annotator compares with people, as last computed, with the means to compute it anew. */
export function AgreementReport({ slug, path, currency, first, actions }: AgreementReportProps) {
  const t = useTranslations("judges.report");
  const client = useQueryClient();
  const stored = useQuery({
    queryKey: ["projects", slug, "agreement", path],
    queryFn: ({ signal }) => api<StoredReport>("GET", path, undefined, { signal }),
    ...(first && { initialData: first }),
  });
  const refresh = () => client.invalidateQueries({ queryKey: ["projects", slug, "agreement"] });
  const start = useMutation({
    mutationFn: () => api<{ id: string }>("POST", `/api/v1/projects/${slug}/quality/ai-annotators`),
    onSuccess: refresh,
    onError: (error) => toast.error(error.message),
  });
  const { data } = stored;
  const isComputing = start.isPending || (data?.runId ?? null) !== null;
  return (
    <Section
      title={t("title")}
      description={t("description")}
      actions={
        <>
          {actions}
          {data ? (
            <Button pending={isComputing} onClick={() => start.mutate()}>
              {t(data.report === null ? "compute" : "computeAnew")}
            </Button>
          ) : null}
        </>
      }
    >
      {data === undefined ? (
        stored.error ? (
          <Alert tone="danger">{stored.error.message}</Alert>
        ) : (
          <Skeleton className="h-40" />
        )
      ) : null}
      {data?.runId ? (
        <RunProgress key={data.runId} slug={slug} runId={data.runId} onDone={() => void refresh()} />
      ) : null}
      {data?.report === null ? <p className="text-muted-foreground">{t("none")}</p> : null}
      {data?.report ? (
        <>
          <p className="text-[0.8125rem] text-muted-foreground">
            {t.rich(data.isStale ? "computedStale" : "computed", {
              time: () => <RelativeTime value={data.computedAt!} />,
            })}
          </p>
          <Report report={data.report} currency={currency} />
        </>
      ) : null}
    </Section>
  );
}

function Report({ report, currency }: { report: AnnotatorReport; currency: string | undefined }) {
  const t = useTranslations("judges.report");
  const common = useTranslations("judges.common");
  const words = useTranslations("judges.words");
  const numbers = useNumbers();
  const types = useTranslations("projects.types");
  const [shown, setShown] = useState(0);
  const { questions, drift, work, versions } = report;
  const question = questions[shown] ?? questions[0];
  const drifting = drift.filter(({ isDrift }) => isDrift);
  return (
    <div className="grid min-w-0 grid-cols-1 gap-5">
      {drifting.length > 0 ? (
        <Alert tone="warning" title={t("drifts")}>
          {joinSentences([...drifting.map((measure) => wordDrift(measure, numbers, words)), t("driftHelp")], words)}
        </Alert>
      ) : drift.length > 0 ? (
        <p className="text-[0.8125rem] text-muted-foreground">
          {t("noDrift", {
            measures: joinList(
              drift.map(({ measure }) => words(`measures.${measure}`)),
              words,
            ),
          })}
        </p>
      ) : null}
      {work ? <Work work={work} currency={currency} /> : null}
      {questions.length > 1 ? (
        <NativeSelect
          aria-label={common("question")}
          className="max-w-full sm:max-w-96"
          value={shown}
          onChange={(event) => setShown(Number(event.target.value))}
        >
          {questions.map((each, i) => (
            <option key={i} value={i}>
              {wordQuestion(each, { types, words })}
            </option>
          ))}
        </NativeSelect>
      ) : null}
      {question ? <QuestionFigures question={question} /> : null}
      <VersionDifferences versions={versions} />
    </div>
  );
}

type WorkProps = { work: NonNullable<AnnotatorReport["work"]>; currency: string | undefined };

function Work({ work, currency }: WorkProps) {
  const t = useTranslations("judges.report");
  const words = useTranslations("judges.words");
  const numbers = useNumbers();
  const { verdicts, costMicrosPerLabel: cost, secondsPerLabel: seconds } = work;
  const share = (count: number) => numbers.percent(count / verdicts);
  const said = [
    t("work", { invalid: share(work.invalid), verdicts: numbers.number(verdicts), repaired: share(work.repaired) }),
    ...(cost === null
      ? []
      : [t("workCost", { cost: numbers.money(cost, currency), seconds: numbers.number(seconds!, 1) })]),
  ];
  return <p className="tabular-nums">{joinSentences(said, words)}</p>;
}
