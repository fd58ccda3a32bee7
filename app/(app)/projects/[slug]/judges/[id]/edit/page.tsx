import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { notFound } from "next/navigation";
import { pageAccess } from "@/app/(app)/page-access";
import { Page, PageHeader } from "@/app/_components/ui/page";
import { AppError } from "@/lib/errors";
import { readFormFacts } from "@/lib/judges/form-facts";
import { getJudge } from "@/lib/judges/queries";
import { defaultTieBelow, judgeParams, operationalFields } from "@/lib/judges/schema";
import { JudgeForm } from "../../_components/editor/judge-form";
import { RewardModelForm } from "../../_components/reward-model-form";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("judges.editor");
  return { title: t("editTitle") };
}

export default async function EditJudgePage({ params }: { params: Promise<{ slug: string; id: string }> }) {
  const { slug, id } = await params;
  const access = await pageAccess("judge:manage", slug);
  if (!judgeParams.safeParse({ id }).success) notFound();
  const judge = await getJudge(access, id).catch((error: unknown) => {
    if (error instanceof AppError && error.code === "not_found") notFound();
    throw error;
  });
  const t = await getTranslations("judges");
  return (
    <Page width={judge.kind === "lm" ? "wide" : "default"}>
      <PageHeader
        title={t("editor.editName", { name: judge.name })}
        purpose={t("editor.editPurpose")}
        breadcrumb={[
          { href: `/projects/${slug}/judges`, label: t("common.judges") },
          { href: `/projects/${slug}/judges/${id}`, label: judge.name },
        ]}
      />
      {judge.kind === "rm" ? (
        <RewardModelForm slug={slug} judge={judge} defaultTieBelow={defaultTieBelow} />
      ) : (
        <JudgeForm
          slug={slug}
          judge={judge}
          rubric={judge.config.rubric}
          operational={operationalFields}
          {...await readFormFacts(access)}
        />
      )}
    </Page>
  );
}
