import type { Metadata } from "next";
import { pageAccess } from "@/app/(app)/page-access";
import { roleAllows } from "@/lib/auth/access";
import { listRuns } from "@/lib/jobs/runs";
import { listRunsQuery } from "@/lib/jobs/schema";
import { measureAgreement } from "@/lib/quality/agreement";
import { getEncoder } from "@/lib/reward/encoder-choice";
import { getLearningSettings } from "@/lib/reward/noise/learning-settings";
import { findActiveModel, listRewardModels, measureReadiness } from "@/lib/reward/queries";
import { rewardModelListQuery } from "@/lib/reward/schema";
import { getRewardSettings } from "@/lib/reward/settings";
import { fewestPairs } from "@/lib/reward/training/data";
import { Models } from "./_components/models";

export const metadata: Metadata = { title: "Reward model" };

export default async function RewardModelsPage({ params }: { params: Promise<{ slug: string }> }) {
  const { slug } = await params;
  const access = await pageAccess("reward:read", slug);
  const [models, active, settings, encoder, learning, readiness, { agreement }, { items: trainings }] =
    await Promise.all([
      listRewardModels(access, rewardModelListQuery.parse({ limit: 20 })),
      findActiveModel(access),
      getRewardSettings(access),
      getEncoder(access),
      getLearningSettings(access),
      measureReadiness(access),
      measureAgreement(await pageAccess("quality:read", slug)),
      listRuns(await pageAccess("run:read", slug), listRunsQuery.parse({ kind: "train", limit: 1 })),
    ]);
  const aspect = active?.config.aspect ?? "overall";
  return (
    <Models
      slug={slug}
      firstPage={models}
      active={active}
      settings={settings}
      encoder={encoder}
      learning={learning}
      readiness={readiness}
      people={agreement.find((one) => one.aspect === aspect)}
      training={trainings[0] ?? null}
      canTrain={roleAllows(access.role, "reward:train")}
      canManage={roleAllows(access.role, "reward:manage")}
      needed={fewestPairs}
    />
  );
}
