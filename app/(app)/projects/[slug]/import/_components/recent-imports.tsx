import { Upload } from "lucide-react";
import { useTranslations } from "next-intl";
import Link from "next/link";

import { Badge, type BadgeVariant } from "@/app/_components/ui/badge";
import { EmptyState } from "@/app/_components/ui/empty-state";
import { Section } from "@/app/_components/ui/page";
import { Table, TBody, TD, TH, THead, TR } from "@/app/_components/ui/table";
import { RelativeTime } from "@/app/_components/ui/time";
import { useNumbers } from "@/app/_components/ui/use-numbers";
import type { ImportSummary } from "@/lib/datasets/schema";

const badges: Record<ImportSummary["state"], BadgeVariant> = {
  uploading: "indigo",
  queued: "neutral",
  running: "indigo",
  succeeded: "emerald",
  failed: "rose",
  cancelled: "neutral",
};

type RecentImportsProps = { slug: string; imports: ImportSummary[]; shown: string | undefined };

/** The latest imports and checks; a click shows one's report. */
export function RecentImports({ slug, imports, shown }: RecentImportsProps) {
  const t = useTranslations("datasets.import.recent");
  const { number } = useNumbers();
  return (
    <Section title={t("title")}>
      {imports.length === 0 ? (
        <EmptyState icon={<Upload />} title={t("none")}>
          {t("noneText")}
        </EmptyState>
      ) : (
        <Table label={t("title")} density="compact" stickyHead={false}>
          <THead>
            <TR>
              <TH>{t("file")}</TH>
              <TH>{t("state")}</TH>
              <TH numeric>{t("instancesCreated")}</TH>
              <TH numeric>{t("labelsCreated")}</TH>
              <TH numeric>{t("leftOut")}</TH>
              <TH>{t("started")}</TH>
            </TR>
          </THead>
          <TBody>
            {imports.map(({ id, state, kind, dryRun, filename, createdAt, createdBy, counts }) => (
              <TR key={id} data-state={id === shown ? "selected" : undefined}>
                <TD className="min-w-48">
                  <Link
                    href={`/projects/${slug}/import?run=${id}`}
                    scroll={false}
                    aria-current={id === shown ? "true" : undefined}
                    className="font-medium [overflow-wrap:anywhere] hover:underline"
                  >
                    {filename ?? t("nameless", { kind })}
                  </Link>
                  {kind === "labels" ? <span className="text-muted-foreground"> {t("ofLabels")}</span> : null}
                </TD>
                <TD>
                  <span className="flex gap-1.5">
                    <Badge variant={badges[state]}>{t(`states.${state}`)}</Badge>
                    {dryRun ? <Badge variant="outline">{t("check")}</Badge> : null}
                  </span>
                </TD>
                <TD numeric>{dryRun || !counts || kind === "labels" ? "" : number(counts.instances.created)}</TD>
                <TD numeric>{dryRun || !counts ? "" : number(counts.labels.created)}</TD>
                <TD numeric>{counts ? number(counts.faults.total) : ""}</TD>
                <TD className="text-muted-foreground">
                  {t.rich("startedBy", { time: () => <RelativeTime value={createdAt} />, name: createdBy })}
                </TD>
              </TR>
            ))}
          </TBody>
        </Table>
      )}
    </Section>
  );
}
