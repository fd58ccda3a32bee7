"use client";

import { useTranslations } from "next-intl";
import { RunProgress } from "@/app/_components/run-progress";
import { stateOf, wordRunTime } from "@/app/_components/runs/words";
import { Badge } from "@/app/_components/ui/badge";
import { useNumbers } from "@/app/_components/ui/use-numbers";
import { Section } from "@/app/_components/ui/page";
import { RelativeTime } from "@/app/_components/ui/time";
import type { DoneRun } from "@/lib/judges/done/schema";
import { wordRunResult } from "./run-words";

type JudgeRunsProps = {
  slug: string;
  /** Newest first. */
  runs: DoneRun[];
  currency: string;
  onDone: (runId: string) => void;
};

/** The newest run of a judge as it goes, with what came of it, and those before. */
export function JudgeRuns({ slug, runs, currency, onDone }: JudgeRunsProps) {
  const t = useTranslations("judges.runs");
  const runWords = useTranslations("runs");
  const durations = useTranslations("ui.duration");
  const numbers = useNumbers();
  const [newest, ...earlier] = runs;
  if (!newest) return null;
  return (
    <Section title={t("latest")}>
      <RunProgress key={newest.id} slug={slug} runId={newest.id} onDone={() => onDone(newest.id)} />
      {newest.result ? <Result result={newest.result} currency={currency} /> : null}
      {earlier.length === 0 ? null : (
        <details>
          <summary className="w-fit cursor-pointer text-[0.8125rem] font-medium">
            {t("before", { count: earlier.length })}
          </summary>
          <ol aria-label={t("earlier")} className="mt-2 grid divide-y">
            {earlier.map((run) => (
              <li key={run.id} className="grid gap-1 py-2.5">
                <div className="flex flex-wrap items-center gap-x-3 gap-y-1 text-[0.8125rem]">
                  <Badge variant={stateOf(run, runWords).variant}>{stateOf(run, runWords).label}</Badge>
                  <span className="text-muted-foreground tabular-nums">
                    <RelativeTime value={run.createdAt} />
                    {run.startedAt && run.finishedAt ? ` · ${wordRunTime(run, numbers, durations)}` : ""}
                  </span>
                </div>
                {run.result ? <Result result={run.result} currency={currency} /> : null}
                {run.error ? <p className="max-w-[80ch] [overflow-wrap:anywhere]">{run.error}</p> : null}
              </li>
            ))}
          </ol>
        </details>
      )}
    </Section>
  );
}

function Result({ result, currency }: { result: NonNullable<DoneRun["result"]>; currency: string }) {
  const t = useTranslations("judges.runs");
  const words = useTranslations("judges.words");
  const numbers = useNumbers();
  return (
    <p className="text-[0.8125rem] text-muted-foreground tabular-nums">
      {t("facts", {
        ...{ outcome: wordRunResult(result, { words, t }), version: result.version },
        ...{ instances: numbers.number(result.instances), cost: numbers.money(result.costMicros, currency) },
      })}
    </p>
  );
}
