import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { notFound } from "next/navigation";
import { z } from "zod";
import { pageAccess } from "@/app/(app)/page-access";
import { searchQuery, type SearchParams } from "@/app/(app)/search-query";
import { Page } from "@/app/_components/ui/page";
import { TabLinks } from "@/app/_components/ui/tabs";
import { roleAllows, type Access } from "@/lib/auth/access";
import { AppError } from "@/lib/errors";
import { readQuestions } from "@/lib/judges/form-facts";
import { measureAgreement } from "@/lib/quality/agreement";
import { listSuspects, nameAnnotators } from "@/lib/reward/noise/list-suspects";
import { suspectListQuery } from "@/lib/reward/noise/schema";
import { getRewardModel } from "@/lib/reward/queries";
import { rewardModelParams, type RewardModelView } from "@/lib/reward/schema";
import { viewTastes } from "@/lib/reward/tastes/queries";
import { findWhatChanged } from "@/lib/reward/what-changed";
import { wordAnnotator } from "../../_components/label-words";
import { Playground } from "../_components/playground";
import { AnnotatorsTable } from "./_components/annotators-table";
import { HeadsTab } from "./_components/heads-tab";
import { MadeFrom } from "./_components/made-from";
import { NotKept } from "./_components/not-kept";
import { Overview } from "./_components/overview";
import { Slices } from "./_components/slices";
import { Suspects } from "./_components/suspects";
import { Tastes } from "./_components/tastes";
import { VersionHeader } from "./_components/version-header";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("rewardModels");
  return { title: t("title") };
}

/** What there is to see of a version, by its name in the address. The first one is at the version's own address. */
const tabs = ["overview", "slices", "heads", "people", "labels", "playground", "made-from"] as const;

const pageQuery = z.object({
  tab: z.enum(tabs).default("overview"),
  suspects: suspectListQuery.shape.kind,
  annotator: suspectListQuery.shape.annotator,
});
type PageQuery = z.output<typeof pageQuery>;

type RewardModelPageProps = { params: Promise<{ slug: string; id: string }>; searchParams: SearchParams };

/** One version: how good it is and where, what it learned of whom, and what it was made from. */
export default async function RewardModelPage({ params, searchParams }: RewardModelPageProps) {
  const { slug, ...rest } = await params;
  const access = await pageAccess("reward:read", slug);
  const query = await searchQuery(pageQuery, searchParams);
  const parsed = rewardModelParams.safeParse(rest);
  if (!parsed.success) notFound();
  const model = await getRewardModel(access, parsed.data.id).catch((error: unknown) => {
    if (error instanceof AppError && error.code === "not_found") notFound();
    throw error;
  });
  const path = `/projects/${slug}/reward-models/${model.id}`;
  const t = await getTranslations("rewardModels");
  return (
    <Page>
      <VersionHeader slug={slug} model={model} canManage={roleAllows(access.role, "reward:manage")} />
      <TabLinks
        label={t("version.about")}
        items={tabs.map((tab) => ({
          href: tab === "overview" ? path : `${path}?tab=${tab}`,
          label: t(`version.tabs.${tab}`),
        }))}
      />
      <Shown slug={slug} access={access} model={model} query={query} />
    </Page>
  );
}

type ShownProps = { slug: string; access: Access<"reward:read">; model: RewardModelView; query: PageQuery };

/** The tab that was asked for. What only the others show is not read. */
async function Shown({ slug, access, model, query }: ShownProps) {
  const { metrics } = model;
  const t = await getTranslations("rewardModels");
  switch (query.tab) {
    case "overview": {
      const [{ agreement }, changes] = await Promise.all([
        measureAgreement(await pageAccess("quality:read", slug)),
        findWhatChanged(access, model),
      ]);
      const people = agreement.find(({ aspect }) => aspect === model.config.aspect);
      return <Overview model={model} people={people} changes={changes} />;
    }
    case "slices":
      return <Slices metrics={metrics} />;
    case "heads":
      return <HeadsTab metrics={metrics} />;
    case "people":
      return <People {...{ slug, access, model }} />;
    case "labels":
      return <DoubtfulLabels {...{ slug, access, model, query }} />;
    case "playground":
      return model.artifactBytes === null ? (
        <NotKept>{t("version.cannotScore")}</NotKept>
      ) : (
        <Playground slug={slug} version={model.id} dense={metrics.dense} questions={await readQuestions(access)} />
      );
    case "made-from":
      return <MadeFrom slug={slug} model={model} />;
  }
}

async function People({ slug, access, model: { metrics } }: Omit<ShownProps, "query">) {
  const words = await getTranslations("projects.labels");
  const annotators = metrics.evaluation?.annotators ?? [];
  const [tastes, names] = await Promise.all([
    viewTastes(access, metrics.tastes),
    nameAnnotators(
      access,
      annotators.map(({ annotator }) => annotator),
    ),
  ]);
  return (
    <>
      <Tastes slug={slug} tastes={metrics.tastes} view={tastes} />
      <AnnotatorsTable
        annotators={annotators}
        names={Object.fromEntries([...names].map(([key, named]) => [key, wordAnnotator(named, words)]))}
      />
    </>
  );
}

async function DoubtfulLabels({ slug, access, model, query: { suspects: kind, annotator } }: ShownProps) {
  const { noise } = model.metrics;
  if (!noise) {
    const t = await getTranslations("rewardModels");
    return <NotKept>{t("version.noVotes")}</NotKept>;
  }
  const list = await listSuspects(access, model.id, suspectListQuery.parse({ kind, annotator }));
  return <Suspects {...{ slug, modelId: model.id, noise, list, kind, annotator: annotator ?? null }} />;
}
