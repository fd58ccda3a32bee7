"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";

import { RunProgress } from "@/app/_components/run-progress";
import { Section } from "@/app/_components/ui/page";
import { useNumbers } from "@/app/_components/ui/use-numbers";
import type { RunView } from "@/lib/jobs/schema";
import type { TrainResult } from "@/lib/reward/schema";
import { LossCurve } from "./loss-curve";
import { trainingQuery } from "./reward-queries";

type LiveTrainingProps = { slug: string; runId: string; initialRun: RunView | undefined; onDone: () => void };

/** A training that is under way, or the last one: how far it is, and the loss as it falls. */
export function LiveTraining({ slug, runId, initialRun, onDone }: LiveTrainingProps) {
  const t = useTranslations("rewardModels");
  const numbers = useNumbers();
  const { data: run } = useQuery(trainingQuery(slug, runId, initialRun));
  const result = run?.result as TrainResult | null | undefined;
  return (
    <Section title={run?.finishedAt ? t("training.last") : t("training.live")}>
      <div className="grid gap-3 rounded-lg border p-4">
        <RunProgress {...{ slug, runId, initialRun, onDone }} />
        {result && !run?.finishedAt ? (
          <p role="status" className="text-muted-foreground">
            {result.loss === null || result.phase !== "training"
              ? t(`training.phases.${result.phase}`)
              : t("training.atEpoch", { epoch: result.epoch + 1, loss: numbers.fixed(result.loss, 3) })}
          </p>
        ) : null}
        {result && result.history.length > 1 && !run?.finishedAt ? <LossCurve history={result.history} /> : null}
        {result?.version ? (
          <p>{t(result.isPromoted ? "training.serves" : "training.heldBack", { version: result.version })}</p>
        ) : null}
      </div>
    </Section>
  );
}
