import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import Link from "next/link";
import { z } from "zod";
import { pageAccess } from "@/app/(app)/page-access";
import { searchQuery, type SearchParams } from "@/app/(app)/search-query";
import { Button } from "@/app/_components/ui/button";
import { Page, PageHeader } from "@/app/_components/ui/page";
import { readFormFacts } from "@/lib/judges/form-facts";
import { defaultRubric, defaultTieBelow, operationalFields } from "@/lib/judges/schema";
import { JudgeForm } from "../_components/editor/judge-form";
import { RewardModelForm } from "../_components/reward-model-form";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("judges.editor");
  return { title: t("newTitle") };
}

const kinds = [
  { kind: "lm", label: "kindLm" },
  { kind: "rm", label: "kindRm" },
] as const;

const pageQuery = z.object({ kind: z.enum(["lm", "rm"]).default("lm") });

type NewJudgePageProps = { params: Promise<{ slug: string }>; searchParams: SearchParams };

export default async function NewJudgePage({ params, searchParams }: NewJudgePageProps) {
  const { slug } = await params;
  const access = await pageAccess("judge:manage", slug);
  const { kind } = await searchQuery(pageQuery, searchParams);
  const t = await getTranslations("judges.editor");
  const common = await getTranslations("judges.common");
  return (
    <Page width={kind === "lm" ? "wide" : "default"}>
      <PageHeader
        title={t("newTitle")}
        purpose={t(kind === "lm" ? "purposeLm" : "purposeRm")}
        breadcrumb={[{ href: `/projects/${slug}/judges`, label: common("judges") }]}
      />
      <nav aria-label={t("kind")} className="flex flex-wrap gap-2">
        {kinds.map((each) => (
          <Button key={each.kind} asChild variant={each.kind === kind ? "secondary" : "ghost"}>
            <Link
              href={`/projects/${slug}/judges/new?kind=${each.kind}`}
              aria-current={each.kind === kind ? "page" : undefined}
            >
              {t(each.label)}
            </Link>
          </Button>
        ))}
      </nav>
      {kind === "rm" ? (
        <RewardModelForm slug={slug} judge={null} defaultTieBelow={defaultTieBelow} />
      ) : (
        <JudgeForm
          slug={slug}
          judge={null}
          rubric={defaultRubric}
          operational={operationalFields}
          {...await readFormFacts(access)}
        />
      )}
    </Page>
  );
}
