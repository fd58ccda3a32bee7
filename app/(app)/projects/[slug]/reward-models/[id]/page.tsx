import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { pageAccess } from "@/app/(app)/page-access";
import { roleAllows } from "@/lib/auth/access";
import { AppError } from "@/lib/errors";
import { measureAgreement } from "@/lib/quality/agreement";
import { getRewardModel } from "@/lib/reward/queries";
import { rewardModelParams } from "@/lib/reward/schema";
import { viewTastes } from "@/lib/reward/tastes/queries";
import { Model } from "./_components/model";

export const metadata: Metadata = { title: "Reward model" };

export default async function RewardModelPage({ params }: { params: Promise<{ slug: string; id: string }> }) {
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
  return (
    <Model
      slug={slug}
      model={model}
      people={agreement.find(({ aspect }) => aspect === model.config.aspect)}
      tastes={tastes}
      canManage={roleAllows(access.role, "reward:manage")}
    />
  );
}
