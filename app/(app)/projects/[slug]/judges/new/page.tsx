import type { Metadata } from "next";
import { pageAccess } from "@/app/(app)/page-access";
import { Page, PageHeader } from "@/app/_components/ui/page";
import { defaultRubric } from "@/lib/judges/schema";
import { JudgeForm } from "../_components/judge-form";

export const metadata: Metadata = { title: "New judge" };

export default async function NewJudgePage({ params }: { params: Promise<{ slug: string }> }) {
  const { slug } = await params;
  await pageAccess("judge:manage", slug);
  return (
    <Page>
      <PageHeader
        title="New judge"
        purpose="A model behind an OpenAI-compatible address: a provider's, or a server of your own such as vLLM, Ollama or llama.cpp."
        breadcrumb={[{ href: `/projects/${slug}/judges`, label: "Judges" }]}
      />
      <JudgeForm slug={slug} judge={null} rubric={defaultRubric} />
    </Page>
  );
}
