import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { pageAccess } from "@/app/(app)/page-access";
import { roleAllows } from "@/lib/auth/access";
import { AppError } from "@/lib/errors";
import { measureAgreement } from "@/lib/quality/agreement";
import { listSuspects, nameAnnotators } from "@/lib/reward/noise/list-suspects";
import { suspectListQuery } from "@/lib/reward/noise/schema";
import { getRewardModel } from "@/lib/reward/queries";
import { rewardModelParams } from "@/lib/reward/schema";
import { viewTastes } from "@/lib/reward/tastes/queries";
import { findWhatChanged } from "@/lib/reward/what-changed";
import { describeAnnotator } from "../../_components/label-words";
import { Model } from "./_components/model";

export const metadata: Metadata = { title: "Reward model" };

type RewardModelPageProps = {
  params: Promise<{ slug: string; id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export default async function RewardModelPage({ params, searchParams }: RewardModelPageProps) {
  const { slug, ...rest } = await params;
  const access = await pageAccess("reward:read", slug);
  const parsed = rewardModelParams.safeParse(rest);
  if (!parsed.success) notFound();
  const [model, { agreement }] = await Promise.all([
    getRewardModel(access, parsed.data.id).catch((error: unknown) => {
      if (error instanceof AppError && error.code === "not_found") notFound();
      throw error;
    }),
    measureAgreement(await pageAccess("quality:read", slug)),
  ]);
  const tastes = await viewTastes(access, model.metrics.tastes);
  const { suspects, annotator } = await searchParams;
  const query = suspectListQuery.catch(suspectListQuery.parse({})).parse({ kind: suspects, annotator });
  const annotators = (model.metrics.evaluation?.annotators ?? []).map((one) => one.annotator);
  const [changes, list, names] = await Promise.all([
    findWhatChanged(access, model),
    listSuspects(access, model.id, query),
    nameAnnotators(access, annotators),
  ]);
  return (
    <Model
      slug={slug}
      model={model}
      people={agreement.find(({ aspect }) => aspect === model.config.aspect)}
      tastes={tastes}
      changes={changes}
      suspects={{ list, kind: query.kind, annotator: query.annotator ?? null }}
      names={Object.fromEntries([...names].map(([key, named]) => [key, describeAnnotator(named)]))}
      canManage={roleAllows(access.role, "reward:manage")}
    />
  );
}
