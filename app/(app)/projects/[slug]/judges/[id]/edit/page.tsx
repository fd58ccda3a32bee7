import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { pageAccess } from "@/app/(app)/page-access";
import { Page, PageHeader } from "@/app/_components/ui/page";
import { AppError } from "@/lib/errors";
import { readFormFacts } from "@/lib/judges/form-facts";
import { getJudge } from "@/lib/judges/queries";
import { defaultTieBelow, judgeParams, operationalFields } from "@/lib/judges/schema";
import { JudgeForm } from "../../_components/editor/judge-form";
import { RewardModelForm } from "../../_components/reward-model-form";

export const metadata: Metadata = { title: "Edit judge" };

export default async function EditJudgePage({ params }: { params: Promise<{ slug: string; id: string }> }) {
  const { slug, id } = await params;
  const access = await pageAccess("judge:manage", slug);
  if (!judgeParams.safeParse({ id }).success) notFound();
  const judge = await getJudge(access, id).catch((error: unknown) => {
    if (error instanceof AppError && error.code === "not_found") notFound();
    throw error;
  });
  return (
    <Page width={judge.kind === "lm" ? "wide" : "default"}>
      <PageHeader
        title={`Edit ${judge.name}`}
        purpose="Whatever changes its answers makes the next version. What older versions have said stays; the next run asks the new one about all that is routed to AI."
        breadcrumb={[
          { href: `/projects/${slug}/judges`, label: "Judges" },
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
