import { Upload } from "lucide-react";
import Link from "next/link";

import { Badge, type BadgeVariant } from "@/app/_components/ui/badge";
import { EmptyState } from "@/app/_components/ui/empty-state";
import { formatNumber } from "@/app/_components/ui/numbers";
import { Section } from "@/app/_components/ui/page";
import { Table, TBody, TD, TH, THead, TR } from "@/app/_components/ui/table";
import { RelativeTime } from "@/app/_components/ui/time";
import type { ImportSummary } from "@/lib/datasets/schema";

const states: Record<ImportSummary["state"], { variant: BadgeVariant; label: string }> = {
  uploading: { variant: "indigo", label: "Uploading" },
  queued: { variant: "neutral", label: "Waiting" },
  running: { variant: "indigo", label: "Running" },
  succeeded: { variant: "emerald", label: "Done" },
  failed: { variant: "rose", label: "Failed" },
  cancelled: { variant: "neutral", label: "Cancelled" },
};

type RecentImportsProps = { slug: string; imports: ImportSummary[]; shown: string | undefined };

/** The latest imports and checks; a click shows one's report. */
export function RecentImports({ slug, imports, shown }: RecentImportsProps) {
  return (
    <Section title="Recent imports">
      {imports.length === 0 ? (
        <EmptyState icon={<Upload />} title="Nothing has been imported yet">
          Files that are imported or checked are listed here with what came of them. Choose a file above, or see the
          format below.
        </EmptyState>
      ) : (
        <Table label="Recent imports" density="compact" stickyHead={false}>
          <THead>
            <TR>
              <TH>File</TH>
              <TH>State</TH>
              <TH numeric>Instances created</TH>
              <TH numeric>Labels created</TH>
              <TH numeric>Lines left out</TH>
              <TH>Started</TH>
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
                    {filename ?? `${kind} without a name`}
                  </Link>
                  {kind === "labels" ? <span className="text-muted-foreground"> (labels)</span> : null}
                </TD>
                <TD>
                  <span className="flex gap-1.5">
                    <Badge variant={states[state].variant}>{states[state].label}</Badge>
                    {dryRun ? <Badge variant="outline">Check</Badge> : null}
                  </span>
                </TD>
                <TD numeric>{dryRun || !counts || kind === "labels" ? "" : formatNumber(counts.instances.created)}</TD>
                <TD numeric>{dryRun || !counts ? "" : formatNumber(counts.labels.created)}</TD>
                <TD numeric>{counts ? formatNumber(counts.faults.total) : ""}</TD>
                <TD className="text-muted-foreground">
                  <RelativeTime value={createdAt} /> by {createdBy}
                </TD>
              </TR>
            ))}
          </TBody>
        </Table>
      )}
    </Section>
  );
}
