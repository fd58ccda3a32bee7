"use client";

import { useMutation } from "@tanstack/react-query";
import { Bot } from "lucide-react";
import { useTranslations } from "next-intl";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { toast } from "sonner";

import { api } from "@/app/_components/api-client";
import { RunProgress } from "@/app/_components/run-progress";
import { Button } from "@/app/_components/ui/button";
import { EmptyState } from "@/app/_components/ui/empty-state";
import { useNumbers } from "@/app/_components/ui/use-numbers";
import { Page, PageHeader } from "@/app/_components/ui/page";
import { Table, TBody, TD, TH, THead, TR } from "@/app/_components/ui/table";
import type { ImportedAnnotator, ImportedAnnotators } from "@/lib/judges/report/schema";
import { wordFigure, wordUnits } from "../../_components/report/report-words";

/** The AI annotators whose labels were imported, each with what matters most of its report. */
export function ImportedAnnotatorList({ slug, annotators }: { slug: string; annotators: ImportedAnnotators }) {
  const t = useTranslations("judges");
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
        title={t("common.imported")}
        purpose={t("imported.purpose")}
        breadcrumb={[{ href: `/projects/${slug}/judges`, label: t("common.judges") }]}
        actions={
          items.length > 0 && isStale ? (
            <Button variant="primary" pending={start.isPending || runId !== null} onClick={() => start.mutate()}>
              {t("imported.compute")}
            </Button>
          ) : null
        }
      />
      {runId ? <RunProgress key={runId} slug={slug} runId={runId} onDone={() => router.refresh()} /> : null}
      {items.length === 0 ? (
        <EmptyState icon={<Bot />} title={t("imported.empty")}>
          {t("imported.emptyHelp")}
        </EmptyState>
      ) : (
        <AnnotatorTable slug={slug} items={items} />
      )}
    </Page>
  );
}

function AnnotatorTable({ slug, items }: { slug: string; items: ImportedAnnotator[] }) {
  const t = useTranslations("judges.imported");
  const common = useTranslations("judges.common");
  const words = useTranslations("judges.words");
  const types = useTranslations("projects.types");
  const numbers = useNumbers();
  return (
    <Table label={common("imported")}>
      <THead>
        <TR>
          <TH>{t("annotator")}</TH>
          <TH>{t("measuredOn")}</TH>
          <TH numeric>{common("accuracy")}</TH>
          <TH numeric>{common("people")}</TH>
          <TH numeric>{t("kappa")}</TH>
          <TH numeric>{common("labels")}</TH>
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
            <TD className="text-muted-foreground">
              {headline ? wordUnits(headline, numbers, { types, words }) : t("nothing")}
            </TD>
            <TD numeric>{wordFigure(headline?.figures.accuracy, true, numbers, words)}</TD>
            <TD numeric>{wordFigure(headline?.figures.peopleAccuracy, true, numbers, words)}</TD>
            <TD numeric>{wordFigure(headline?.figures.kappa, false, numbers, words)}</TD>
            <TD numeric>{numbers.number(labels)}</TD>
          </TR>
        ))}
      </TBody>
    </Table>
  );
}
