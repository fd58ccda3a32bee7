"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { toast } from "sonner";

import { api } from "@/app/_components/api-client";
import { RunProgress } from "@/app/_components/run-progress";
import { Alert } from "@/app/_components/ui/alert";
import { Button } from "@/app/_components/ui/button";
import { formatMoney, formatNumber, formatPercent } from "@/app/_components/ui/numbers";
import { Section } from "@/app/_components/ui/page";
import { NativeSelect } from "@/app/_components/ui/select";
import { Skeleton } from "@/app/_components/ui/skeleton";
import { RelativeTime } from "@/app/_components/ui/time";
import type { AnnotatorReport, StoredReport } from "@/lib/judges/report/schema";
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
      title="Beside people"
      description="On what people answered too, or, where nobody did, what the import knows as right. Whoever saw what AI suggests is left out. Intervals are 95 %, by prompt."
      actions={
        <>
          {actions}
          {data ? (
            <Button pending={isComputing} onClick={() => start.mutate()}>
              {data.report === null ? "Compute the report" : "Compute anew"}
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
      {data?.report === null ? (
        <p className="text-muted-foreground">
          There is no report yet. One is computed every hour while labels come in, and whenever you want it.
        </p>
      ) : null}
      {data?.report ? (
        <>
          <p className="text-[0.8125rem] text-muted-foreground">
            Computed <RelativeTime value={data.computedAt!} />
            {data.isStale ? ". Labels have come since." : ", with all labels there are."}
          </p>
          <Report report={data.report} currency={currency} />
        </>
      ) : null}
    </Section>
  );
}

function Report({ report, currency }: { report: AnnotatorReport; currency: string | undefined }) {
  const [shown, setShown] = useState(0);
  const { questions, drift, work, versions } = report;
  const question = questions[shown] ?? questions[0];
  const drifting = drift.filter(({ isDrift }) => isDrift);
  return (
    <div className="grid min-w-0 grid-cols-1 gap-5">
      {drifting.length > 0 ? (
        <Alert tone="warning" title="It answers otherwise than it used to">
          {drifting.map(wordDrift).join(" ")} Where nothing has changed, chance alone says so at most once in a thousand
          looks. The provider may have changed its model, or other instances have come.
        </Alert>
      ) : drift.length > 0 ? (
        <p className="text-[0.8125rem] text-muted-foreground">
          Its latest answers are like the earlier ones of this version ({drift.map(({ measure }) => measure).join(", ")}
          ).
        </p>
      ) : null}
      {work ? (
        <p className="tabular-nums">
          {formatPercent(work.invalid / work.verdicts)} of {formatNumber(work.verdicts)} answers cannot be read,{" "}
          {formatPercent(work.repaired / work.verdicts)} were asked for again.
          {work.costMicrosPerLabel === null
            ? null
            : ` A label costs ${formatMoney(work.costMicrosPerLabel, currency)} and takes ${formatNumber(work.secondsPerLabel!, 1)} s.`}
        </p>
      ) : null}
      {questions.length > 1 ? (
        <NativeSelect
          aria-label="Question"
          className="max-w-full sm:max-w-96"
          value={shown}
          onChange={(event) => setShown(Number(event.target.value))}
        >
          {questions.map((each, i) => (
            <option key={i} value={i}>
              {wordQuestion(each)}
            </option>
          ))}
        </NativeSelect>
      ) : null}
      {question ? <QuestionFigures question={question} /> : null}
      <VersionDifferences versions={versions} />
    </div>
  );
}
