import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { pageAccess } from "@/app/(app)/page-access";
import { roleAllows } from "@/lib/auth/access";
import { listRuns } from "@/lib/jobs/runs";
import { listRunsQuery } from "@/lib/jobs/schema";
import { readQuestions } from "@/lib/judges/form-facts";
import { measureAgreement } from "@/lib/quality/agreement";
import { getEncoder } from "@/lib/reward/encoder-choice";
import { getLearningSettings } from "@/lib/reward/noise/learning-settings";
import { getKeptFiles } from "@/lib/reward/old-versions";
import { findActiveModel, listRewardModels, measureReadiness } from "@/lib/reward/queries";
import { findPreviousModel } from "@/lib/reward/roll-back";
import { rewardModelListQuery } from "@/lib/reward/schema";
import { getRewardSettings } from "@/lib/reward/settings";
import { fewestPairs } from "@/lib/reward/training/data";
import { Models } from "./_components/models";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("rewardModels");
  return { title: t("title") };
}

export default async function RewardModelsPage({ params }: { params: Promise<{ slug: string }> }) {
  const { slug } = await params;
  const access = await pageAccess("reward:read", slug);
  const [
    models,
    active,
    previous,
    settings,
    keptFiles,
    encoder,
    learning,
    readiness,
    questions,
    { agreement },
    { items: trainings },
  ] = await Promise.all([
    listRewardModels(access, rewardModelListQuery.parse({ limit: 20 })),
    findActiveModel(access),
    findPreviousModel(access),
    getRewardSettings(access),
    getKeptFiles(access),
    getEncoder(access),
    getLearningSettings(access),
    measureReadiness(access),
    readQuestions(access),
    measureAgreement(await pageAccess("quality:read", slug)),
    listRuns(await pageAccess("run:read", slug), listRunsQuery.parse({ kind: "train", limit: 1 })),
  ]);
  const aspect = active?.config.aspect ?? "overall";
  return (
    <Models
      slug={slug}
      firstPage={models}
      // Its slices and annotators stand on its own page, and are long.
      active={active && { ...active, metrics: { ...active.metrics, evaluation: null } }}
      previous={previous}
      settings={settings}
      keptFiles={keptFiles}
      encoder={encoder}
      learning={learning}
      readiness={readiness}
      people={agreement.find((one) => one.aspect === aspect)}
      training={trainings[0] ?? null}
      canTrain={roleAllows(access.role, "reward:train")}
      canManage={roleAllows(access.role, "reward:manage")}
      needed={fewestPairs}
      questions={questions}
    />
  );
}
