"use client";

import { useInfiniteQuery, useQuery, useQueryClient } from "@tanstack/react-query";
import { BrainCircuit, Download } from "lucide-react";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useState } from "react";

import { listQuery, refreshList } from "@/app/_components/list-query";
import { ShowMore } from "@/app/_components/show-more";
import { Alert } from "@/app/_components/ui/alert";
import { Button } from "@/app/_components/ui/button";
import { EmptyState } from "@/app/_components/ui/empty-state";
import { formatNumber } from "@/app/_components/ui/numbers";
import { Page, PageHeader, Section } from "@/app/_components/ui/page";
import type { EncoderView } from "@/lib/encoders/schema";
import type { RunView } from "@/lib/jobs/schema";
import type { AspectAgreement } from "@/lib/quality/schema";
import type { LearningSettings } from "@/lib/reward/noise/schema";
import type {
  KeptFiles,
  PreviousModel,
  RewardModelList,
  RewardModelView,
  RewardSettings,
  TrainingReadiness,
} from "@/lib/reward/schema";
import { AccuracyTable } from "./accuracy-table";
import { EncoderForm } from "./encoder-form";
import { Evidence } from "./evidence";
import { KeptFilesForm } from "./kept-files-form";
import { LearningForm } from "./learning-form";
import { LiveTraining } from "./live-training";
import { Facts, ModelPictures, leftOutFacts, wordPart } from "./model-facts";
import { Playground } from "./playground";
import { modelsPath } from "./reward-paths";
import { newestTrainingQuery } from "./reward-queries";
import { RollBackButton } from "./roll-back-button";
import { SettingsForm } from "./settings-form";
import { TrainButton } from "./train-button";
import { ModelState, Versions } from "./versions";

type ModelsProps = {
  slug: string;
  firstPage: RewardModelList;
  active: RewardModelView | null;
  /** What a rollback would lead to; null where nothing served before. */
  previous: PreviousModel | null;
  settings: RewardSettings;
  keptFiles: KeptFiles;
  encoder: EncoderView;
  learning: LearningSettings;
  readiness: TrainingReadiness;
  people: AspectAgreement | undefined;
  /** The newest training. */
  training: RunView | null;
  canTrain: boolean;
  canManage: boolean;
  needed: { train: number; validation: number };
};

/** A project's reward model: what serves, what is being trained, and everything that was. */
export function Models(props: ModelsProps) {
  const { slug, firstPage, active, settings, readiness, canTrain, canManage } = props;
  const [training, setTraining] = useState<{ runId: string; isLive: boolean } | null>(
    props.training && { runId: props.training.id, isLive: props.training.finishedAt === null },
  );
  const router = useRouter();
  const queries = useQueryClient();
  const models = useInfiniteQuery(listQuery<RewardModelView>(modelsPath(slug), firstPage));
  const newest = useQuery(newestTrainingQuery(slug, settings.isEnabled && !training?.isLive)).data?.items[0];
  // Ids of runs grow with time: what was asked for before a training began here is older.
  if (newest && newest.id > (training?.runId ?? "")) setTraining({ runId: newest.id, isLive: true });
  const refresh = () => {
    // A training that had ended before the page came is on it already.
    if (!training?.isLive) return;
    setTraining((before) => before && { ...before, isLive: false });
    void refreshList(queries, modelsPath(slug));
    router.refresh();
  };
  const train = canTrain ? (
    <TrainButton
      slug={slug}
      disabled={training?.isLive ?? false}
      onStarted={(runId) => setTraining({ runId, isLive: true })}
    />
  ) : null;
  return (
    <Page>
      <PageHeader
        title="Reward model"
        purpose="Learns from the labels of people and judges which completion is preferred, scores every completion, and serves over the API."
        actions={train}
      />
      {active ? (
        <Active
          {...{ slug, model: active, readiness, people: props.people }}
          previous={canManage ? props.previous : null}
        />
      ) : null}
      {active === null && models.data.length === 0 ? (
        <Nothing readiness={readiness} needed={props.needed} isScheduled={settings.isEnabled} />
      ) : active === null && !models.data.some(({ isActive }) => isActive) ? (
        // The list may know of a first version that serves a moment before the page does.
        <Alert tone="warning" title="No version serves">
          The gate held back every version. Open one to see why; an admin can promote it with a reason.
        </Alert>
      ) : null}
      {models.data.length > 0 && settings.isEnabled && !isEnough(readiness, props.needed) ? (
        <Alert tone="info" title="Training by itself waits for labels">
          <Needs readiness={readiness} needed={props.needed} />
        </Alert>
      ) : null}
      {training ? (
        <LiveTraining
          key={training.runId}
          slug={slug}
          runId={training.runId}
          initialRun={props.training?.id === training.runId ? props.training : undefined}
          onDone={refresh}
        />
      ) : null}
      {models.data.length > 0 ? (
        <Section title="Versions">
          <Versions slug={slug} models={models.data} />
          <ShowMore query={models} />
        </Section>
      ) : null}
      {active ? <Playground slug={slug} version="active" dense={active.metrics.dense} /> : null}
      {canManage ? <EncoderForm slug={slug} view={props.encoder} /> : null}
      {canManage ? <LearningForm slug={slug} settings={props.learning} /> : null}
      {canManage ? <SettingsForm slug={slug} settings={settings} /> : null}
      {canManage ? <KeptFilesForm slug={slug} rule={props.keptFiles} /> : null}
    </Page>
  );
}

function Active({
  slug,
  model,
  readiness,
  people,
  previous,
}: {
  slug: string;
  model: RewardModelView;
  readiness: TrainingReadiness;
  people: AspectAgreement | undefined;
  previous: PreviousModel | null;
}) {
  return (
    <Section
      title={
        <span className="flex flex-wrap items-center gap-2">
          Version {model.version} <ModelState model={model} />
        </span>
      }
      actions={
        <>
          {previous ? <RollBackButton slug={slug} previous={previous} /> : null}
          <Button asChild size="sm">
            <Link href={`/projects/${slug}/reward-models/${model.id}`}>All figures</Link>
          </Button>
          <Button asChild size="sm">
            <a href={`${modelsPath(slug)}/active/artifact`} download>
              <Download /> Download ONNX file
            </a>
          </Button>
        </>
      }
    >
      <Evidence model={model} />
      <div className="grid grid-cols-1 gap-6 lg:grid-cols-2">
        <AccuracyTable metrics={model.metrics} people={people} />
        <Facts
          facts={[
            ["Trained on", wordPart(model.metrics.train)],
            ["Stopped by", wordPart(model.metrics.validation)],
            ["Tested on", wordPart(model.metrics.test)],
            ...leftOutFacts(model.metrics),
            ["Members correlate", model.metrics.memberCorrelation?.toFixed(3) ?? "n/a"],
            ["Labels since the last training", formatNumber(readiness.newLabels)],
          ]}
        />
      </div>
      <ModelPictures model={model} />
    </Section>
  );
}

function Nothing({
  readiness,
  needed,
  isScheduled,
}: {
  readiness: TrainingReadiness;
  needed: ModelsProps["needed"];
  isScheduled: boolean;
}) {
  return (
    <EmptyState icon={<BrainCircuit />} title="No reward model yet">
      <Needs readiness={readiness} needed={needed} />{" "}
      {isScheduled && !isEnough(readiness, needed) ? "Training by itself waits for them. " : null}A few hundred pairs
      make a model worth looking at.
    </EmptyState>
  );
}

function isEnough({ trainPairs, validationPairs }: TrainingReadiness, needed: ModelsProps["needed"]): boolean {
  return trainPairs >= needed.train && validationPairs >= needed.validation;
}

/** What a training needs, and what there is of it. */
function Needs({ readiness, needed }: { readiness: TrainingReadiness; needed: ModelsProps["needed"] }) {
  return (
    <>
      Training needs at least {needed.train} pairs of completions that are not ties in the train part and{" "}
      {needed.validation} that validate; there are {formatNumber(readiness.trainPairs)} and{" "}
      {formatNumber(readiness.validationPairs)} now. The test part stays out of it.
    </>
  );
}
