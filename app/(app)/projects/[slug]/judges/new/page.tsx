import type { Metadata } from "next";
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

export const metadata: Metadata = { title: "New judge" };

const kinds = [
  { kind: "lm", label: "Language model" },
  { kind: "rm", label: "Reward model of this project" },
] as const;

const purposes = {
  lm: "A model of a provider, or of a server of your own such as vLLM, Ollama or llama.cpp, with a rubric and a price.",
  rm: "The promoted version of this project's reward model. Its labels stay out of training, consensus and agreement.",
};

const pageQuery = z.object({ kind: z.enum(["lm", "rm"]).default("lm") });

type NewJudgePageProps = { params: Promise<{ slug: string }>; searchParams: SearchParams };

export default async function NewJudgePage({ params, searchParams }: NewJudgePageProps) {
  const { slug } = await params;
  const access = await pageAccess("judge:manage", slug);
  const { kind } = await searchQuery(pageQuery, searchParams);
  return (
    <Page width={kind === "lm" ? "wide" : "default"}>
      <PageHeader
        title="New judge"
        purpose={purposes[kind]}
        breadcrumb={[{ href: `/projects/${slug}/judges`, label: "Judges" }]}
      />
      <nav aria-label="Kind of judge" className="flex flex-wrap gap-2">
        {kinds.map((each) => (
          <Button key={each.kind} asChild variant={each.kind === kind ? "secondary" : "ghost"}>
            <Link
              href={`/projects/${slug}/judges/new?kind=${each.kind}`}
              aria-current={each.kind === kind ? "page" : undefined}
            >
              {each.label}
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
