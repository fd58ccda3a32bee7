import type { Metadata } from "next";
import Link from "next/link";
import { z } from "zod";
import { pageAccess } from "@/app/(app)/page-access";
import { searchQuery, type SearchParams } from "@/app/(app)/search-query";
import { Button } from "@/app/_components/ui/button";
import { Page, PageHeader } from "@/app/_components/ui/page";
import { defaultRubric, defaultTieBelow } from "@/lib/judges/schema";
import { JudgeForm } from "../_components/judge-form";
import { RewardModelForm } from "../_components/reward-model-form";

export const metadata: Metadata = { title: "New judge" };

const kinds = [
  { kind: "lm", label: "Language model" },
  { kind: "rm", label: "Reward model of this project" },
] as const;

const purposes = {
  lm: "A model behind an OpenAI-compatible address: a provider's, or a server of your own such as vLLM, Ollama or llama.cpp.",
  rm: "The promoted version of this project's reward model. Its labels stay out of training, consensus and agreement.",
};

const pageQuery = z.object({ kind: z.enum(["lm", "rm"]).default("lm") });

type NewJudgePageProps = { params: Promise<{ slug: string }>; searchParams: SearchParams };

export default async function NewJudgePage({ params, searchParams }: NewJudgePageProps) {
  const { slug } = await params;
  await pageAccess("judge:manage", slug);
  const { kind } = await searchQuery(pageQuery, searchParams);
  return (
    <Page>
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
        <JudgeForm slug={slug} judge={null} rubric={defaultRubric} />
      )}
    </Page>
  );
}
