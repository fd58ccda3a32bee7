"use client";

import { useInfiniteQuery, useQuery, useQueryClient } from "@tanstack/react-query";
import { BrainCircuit, Download } from "lucide-react";
import { useTranslations } from "next-intl";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useState } from "react";

import { listQuery, refreshList } from "@/app/_components/list-query";
import { ShowMore } from "@/app/_components/show-more";
import { Alert } from "@/app/_components/ui/alert";
import { Button } from "@/app/_components/ui/button";
import { EmptyState } from "@/app/_components/ui/empty-state";
import type { Numbers } from "@/app/_components/ui/numbers";
import { Page, PageHeader, Section } from "@/app/_components/ui/page";
import { useNumbers } from "@/app/_components/ui/use-numbers";
import type { Translate } from "@/app/i18n/translate";
import type { EncoderView } from "@/lib/encoders/schema";
import type { RunView } from "@/lib/jobs/schema";
import type { Question } from "@/lib/projects/schema";
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
import { joinSentences, wordFigure } from "./words";

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
  /** What the task schema asks now. */
  questions: Question[];
};

/** A project's reward model: what serves, what is being trained, and everything that was. */
export function Models(props: ModelsProps) {
  const { slug, firstPage, active, settings, readiness, canTrain, canManage } = props;
  const numbers = useNumbers();
  const t = useTranslations("rewardModels");
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
      <PageHeader title={t("title")} purpose={t("list.purpose")} actions={train} />
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
        <Alert tone="warning" title={t("list.noneServes")}>
          {t("list.noneServesHint")}
        </Alert>
      ) : null}
      {models.data.length > 0 && settings.isEnabled && !isEnough(readiness, props.needed) ? (
        <Alert tone="info" title={t("list.waits")}>
          {wordNeeds(readiness, props.needed, numbers, t)}
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
        <Section title={t("words.versions")}>
          <Versions slug={slug} models={models.data} />
          <ShowMore query={models} />
        </Section>
      ) : null}
      {active ? (
        <Playground slug={slug} version="active" dense={active.metrics.dense} questions={props.questions} />
      ) : null}
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
  const t = useTranslations("rewardModels");
  const numbers = useNumbers();
  return (
    <Section
      title={
        <span className="flex flex-wrap items-center gap-2">
          {t("words.version", { version: model.version })} <ModelState model={model} />
        </span>
      }
      actions={
        <>
          {previous ? <RollBackButton slug={slug} previous={previous} /> : null}
          <Button asChild size="sm">
            <Link href={`/projects/${slug}/reward-models/${model.id}`}>{t("list.allFigures")}</Link>
          </Button>
          <Button asChild size="sm">
            <a href={`${modelsPath(slug)}/active/artifact`} download>
              <Download /> {t("words.downloadOnnx")}
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
            [t("facts.trainedOn"), wordPart(model.metrics.train, numbers, t)],
            [t("facts.stoppedBy"), wordPart(model.metrics.validation, numbers, t)],
            [t("facts.testedOn"), wordPart(model.metrics.test, numbers, t)],
            ...leftOutFacts(model.metrics, numbers, t),
            [t("words.membersCorrelate"), wordFigure(model.metrics.memberCorrelation, numbers, t)],
            [t("facts.newLabels"), numbers.number(readiness.newLabels)],
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
  const t = useTranslations("rewardModels");
  const numbers = useNumbers();
  return (
    <EmptyState icon={<BrainCircuit />} title={t("list.none")}>
      {joinSentences(
        [
          wordNeeds(readiness, needed, numbers, t),
          ...(isScheduled && !isEnough(readiness, needed) ? [t("list.waitsForThem")] : []),
          t("list.fewHundred"),
        ],
        t,
      )}
    </EmptyState>
  );
}

function isEnough({ trainPairs, validationPairs }: TrainingReadiness, needed: ModelsProps["needed"]): boolean {
  return trainPairs >= needed.train && validationPairs >= needed.validation;
}

/** What a training needs, and what there is of it. */
function wordNeeds(
  readiness: TrainingReadiness,
  needed: ModelsProps["needed"],
  numbers: Numbers,
  t: Translate<"rewardModels">,
): string {
  return t("list.needs", {
    ...needed,
    trainPairs: numbers.number(readiness.trainPairs),
    validationPairs: numbers.number(readiness.validationPairs),
  });
}
