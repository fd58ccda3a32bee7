"use client";

import { useMutation } from "@tanstack/react-query";
import { Bot } from "lucide-react";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { toast } from "sonner";

import { api } from "@/app/_components/api-client";
import { RunProgress } from "@/app/_components/run-progress";
import { Button } from "@/app/_components/ui/button";
import { EmptyState } from "@/app/_components/ui/empty-state";
import { formatNumber } from "@/app/_components/ui/numbers";
import { Page, PageHeader } from "@/app/_components/ui/page";
import { Table, TBody, TD, TH, THead, TR } from "@/app/_components/ui/table";
import type { ImportedAnnotator, ImportedAnnotators } from "@/lib/judges/report/schema";
import { wordFigure, wordQuestion } from "../../_components/report/report-words";

/** The AI annotators whose labels were imported, each with what matters most of its report. */
export function ImportedAnnotatorList({ slug, annotators }: { slug: string; annotators: ImportedAnnotators }) {
  const router = useRouter();
  const { items, isStale, runId } = annotators;
  const start = useMutation({
    mutationFn: () => api<{ id: string }>("POST", `/api/v1/projects/${slug}/quality/ai-annotators`),
    onSuccess: () => router.refresh(),
    onError: (error) => toast.error(error.message),
  });
  return (
    <Page>
      <PageHeader
        title="Imported AI annotators"
        purpose="Language models whose labels came with an import, measured beside people as judges are."
        breadcrumb={[{ href: `/projects/${slug}/judges`, label: "Judges" }]}
        actions={
          items.length > 0 && isStale ? (
            <Button variant="primary" pending={start.isPending || runId !== null} onClick={() => start.mutate()}>
              Compute the reports
            </Button>
          ) : null
        }
      />
      {runId ? <RunProgress key={runId} slug={slug} runId={runId} onDone={() => router.refresh()} /> : null}
      {items.length === 0 ? (
        <EmptyState icon={<Bot />} title="No AI annotator was imported">
          Labels of kind lm in an import file come here under the name of their annotator.
        </EmptyState>
      ) : (
        <AnnotatorTable slug={slug} items={items} />
      )}
    </Page>
  );
}

function AnnotatorTable({ slug, items }: { slug: string; items: ImportedAnnotator[] }) {
  return (
    <Table label="Imported AI annotators">
      <THead>
        <TR>
          <TH>Annotator</TH>
          <TH>Measured on</TH>
          <TH numeric>Accuracy</TH>
          <TH numeric>People</TH>
          <TH numeric>Kappa</TH>
          <TH numeric>Labels</TH>
        </TR>
      </THead>
      <TBody>
        {items.map(({ name, labels, headline }) => (
          <TR key={name}>
            <TD className="min-w-40">
              <Link
                href={`/projects/${slug}/judges/imported?name=${encodeURIComponent(name)}`}
                className="font-medium [overflow-wrap:anywhere] hover:underline"
              >
                {name}
              </Link>
            </TD>
            <TD className="text-muted-foreground">{wordHeadline(headline)}</TD>
            <TD numeric>{wordFigure(headline?.figures.accuracy, true)}</TD>
            <TD numeric>{wordFigure(headline?.figures.peopleAccuracy, true)}</TD>
            <TD numeric>{wordFigure(headline?.figures.kappa, false)}</TD>
            <TD numeric>{formatNumber(labels)}</TD>
          </TR>
        ))}
      </TBody>
    </Table>
  );
}

function wordHeadline(headline: ImportedAnnotator["headline"]): string {
  if (!headline) return "Nothing yet";
  return `${wordQuestion({ ...headline, part: "answer" })}, ${formatNumber(headline.units)} units`;
}
