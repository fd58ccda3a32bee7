"use client";

import { useQuery } from "@tanstack/react-query";

import { RunProgress } from "@/app/_components/run-progress";
import { Section } from "@/app/_components/ui/page";
import type { RunView } from "@/lib/jobs/schema";
import type { TrainResult } from "@/lib/reward/schema";
import { LossCurve } from "./loss-curve";
import { trainingQuery } from "./reward-queries";

const phases: Record<TrainResult["phase"], string> = {
  snapshot: "Making a snapshot of the labels",
  loading: "Reading the texts",
  encoding: "Encoding the texts",
  training: "Training",
  tastes: "Looking for groups of annotators with tastes of their own",
  preference: "Looking for preferences that are not a scale",
  dense: "Learning segments and steps",
  measuring: "Measuring it on the test pairs, and once more with labels drawn at random",
  done: "Done",
};

type LiveTrainingProps = { slug: string; runId: string; initialRun: RunView | undefined; onDone: () => void };

/** A training that is under way, or the last one: how far it is, and the loss as it falls. */
export function LiveTraining({ slug, runId, initialRun, onDone }: LiveTrainingProps) {
  const { data: run } = useQuery(trainingQuery(slug, runId, initialRun));
  const result = run?.result as TrainResult | null | undefined;
  return (
    <Section title={run?.finishedAt ? "Last training" : "Training"}>
      <div className="grid gap-3 rounded-lg border p-4">
        <RunProgress {...{ slug, runId, initialRun, onDone }} />
        {result && !run?.finishedAt ? (
          <p role="status" className="text-muted-foreground">
            {phases[result.phase]}
            {result.loss === null || result.phase !== "training"
              ? ""
              : `, epoch ${result.epoch + 1}, loss ${result.loss.toFixed(3)}`}
          </p>
        ) : null}
        {result && result.history.length > 1 && !run?.finishedAt ? <LossCurve history={result.history} /> : null}
        {result?.version ? (
          <p>
            Made version {result.version}, which{" "}
            {result.isPromoted ? "passed the gate and serves." : "the gate held back."}
          </p>
        ) : null}
      </div>
    </Section>
  );
}
