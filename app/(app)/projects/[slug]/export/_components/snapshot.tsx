"use client";

import { Download } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";

import { RunProgress } from "@/app/_components/run-progress";
import { Badge } from "@/app/_components/ui/badge";
import { Button } from "@/app/_components/ui/button";
import { Card } from "@/app/_components/ui/card";
import { CopyButton } from "@/app/_components/ui/copy-button";
import { Table, TBody, TD, TH, THead, TR } from "@/app/_components/ui/table";
import { RelativeTime } from "@/app/_components/ui/time";
import { useNumbers } from "@/app/_components/ui/use-numbers";
import type { Translate } from "@/app/i18n/translate";
import type { ExportQuery, PreferenceCounts, SnapshotManifest, SnapshotResponse } from "@/lib/datasets/schema";
import type { LabelTypeName } from "@/lib/labels/schema";
import type { ExportDefaults } from "@/lib/projects/export-defaults/schema";
import { firstFile, type FileOptions } from "./first-file";
import { Snippets } from "./snippets";

type SnapshotProps = {
  slug: string;
  snapshot: SnapshotResponse;
  chosen: ExportDefaults | null;
  isOpen: boolean;
  onDone: () => void;
};

/** One snapshot: how far its run is, then what is in it and the files it can be written to. */
export function Snapshot({ slug, snapshot, chosen, isOpen, onDone }: SnapshotProps) {
  const t = useTranslations("datasets.export");
  const { name, filter, manifest, runId, createdAt, createdBy } = snapshot;
  return (
    <Card className="grid grid-cols-1 gap-4 p-4">
      <div className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
        <h3 className="min-w-0 font-semibold [overflow-wrap:anywhere]">{name}</h3>
        <span className="text-[0.8125rem] text-muted-foreground">
          {createdBy ? (
            t.rich("by", { time: () => <RelativeTime value={createdAt} />, name: createdBy })
          ) : (
            <RelativeTime value={createdAt} />
          )}
        </span>
        <span className="flex gap-1.5 sm:ms-auto">
          {filter.split === "all" ? null : <Badge variant="outline">{t("splitOnly", { split: filter.split })}</Badge>}
          {filter.questions?.map((question) => (
            <Badge key={question} variant="outline">
              {question}
            </Badge>
          ))}
          <Badge>{filter.sources.map((source) => t(`sources.${source}`)).join(t("comma"))}</Badge>
        </span>
      </div>
      {manifest === null ? (
        <RunProgress slug={slug} runId={runId} onDone={onDone} />
      ) : (
        <>
          <Contents manifest={manifest} />
          <FirstFile {...{ slug, snapshot }} options={firstFile(manifest, chosen)} />
          <Files slug={slug} snapshot={snapshot} manifest={manifest} />
          <Snippets {...{ slug, snapshot, manifest, chosen, isOpen }} />
        </>
      )}
    </Card>
  );
}

function Contents({ manifest }: { manifest: SnapshotManifest }) {
  const t = useTranslations("datasets.export");
  const { number } = useNumbers();
  const { hash, instances, labels, filter } = manifest;
  const bySource = filter.sources.map((source) =>
    t("counted", { count: labels.bySource[source] ?? 0, what: t(`sources.${source}`) }),
  );
  const byType = Object.entries(labels.byType).map(([type, count]) =>
    t("counted", { count, what: t(`types.${type as LabelTypeName}`) }),
  );
  return (
    <dl className="grid grid-cols-2 gap-x-6 gap-y-2 text-[0.8125rem] sm:flex sm:flex-wrap [&_dt]:text-muted-foreground">
      <div>
        <dt>{t("labels")}</dt>
        <dd className="tabular-nums">{bySource.join(t("comma"))}</dd>
      </div>
      <div>
        <dt>{t("typesOfLabels")}</dt>
        <dd className="tabular-nums">{byType.join(t("comma"))}</dd>
      </div>
      {filter.lmWeight === undefined ? null : (
        <div>
          <dt>{t("weight")}</dt>
          <dd className="tabular-nums">{filter.lmWeight}</dd>
        </div>
      )}
      <div>
        <dt>{t("instances")}</dt>
        <dd className="tabular-nums">{number(instances)}</dd>
      </div>
      <div className="min-w-0">
        <dt>{t("hash")}</dt>
        <dd className="flex items-center gap-1">
          <span title={hash} className="font-mono text-xs">
            {hash.slice(0, 12)}
          </span>
          <CopyButton value={hash} label={t("theHash")} />
        </dd>
      </div>
    </dl>
  );
}

type FirstFileProps = { slug: string; snapshot: SnapshotResponse; options: FileOptions | null };

/** The file that the project is exported by, before all others. */
function FirstFile({ slug, snapshot, options }: FirstFileProps) {
  const t = useTranslations("datasets.export.first");
  if (!options) return null;
  const { format } = options;
  const what = format === "labels" ? t("labels") : t(format, { aspect: options.aspect, rows: options.rows });
  return (
    <p className="flex flex-wrap items-center gap-x-3 gap-y-2">
      <Button asChild variant="primary">
        <a href={fileHref(slug, snapshot, options)} download>
          <Download aria-hidden />
          {what}
        </a>
      </Button>
      <span className="text-[0.8125rem] text-muted-foreground">{t("why")}</span>
    </p>
  );
}

function fileHref(slug: string, { id }: SnapshotResponse, options: Partial<ExportQuery>): string {
  return `/api/v1/projects/${slug}/snapshots/${id}/export?${new URLSearchParams(options)}`;
}

type FilesProps = { slug: string; snapshot: SnapshotResponse; manifest: SnapshotManifest };

function Files({ slug, snapshot, manifest }: FilesProps) {
  const t = useTranslations("datasets.export.files");
  const { number } = useNumbers();
  const muted = (chunks: ReactNode) => <span className="text-muted-foreground">{chunks}</span>;
  const href = (query: Partial<ExportQuery>) => fileHref(slug, snapshot, query);
  return (
    <Table label={t("label", { name: snapshot.name, id: snapshot.id.slice(-8) })} stickyHead={false} density="compact">
      <THead>
        <TR>
          <TH>{t("file")}</TH>
          <TH numeric>{t("rows")}</TH>
          <TH>{t("leftOut")}</TH>
          <TH>{t("download")}</TH>
        </TR>
      </THead>
      <TBody>
        {manifest.formats.trl.map((counts) => (
          <TR key={`${counts.aspect} ${counts.rows}`}>
            <TD>{t.rich(counts.rows === "consensus" ? "byConsensus" : "byLabel", { aspect: counts.aspect, muted })}</TD>
            <TD numeric>{number(counts.written)}</TD>
            <TD className="text-muted-foreground">{wordLeftOut(counts, t)}</TD>
            <TD>
              {counts.written === 0 ? (
                <span className="text-muted-foreground">{t("noRows")}</span>
              ) : (
                <span className="flex gap-1.5">
                  <DownloadLink
                    href={href({ format: "trl", rows: counts.rows, aspect: counts.aspect })}
                    name={t("standard")}
                    of={t("rowsOf", { aspect: counts.aspect, rows: counts.rows })}
                  />
                  <DownloadLink
                    href={href({ format: "trl-conversational", rows: counts.rows, aspect: counts.aspect })}
                    name={t("conversational")}
                    of={t("rowsOf", { aspect: counts.aspect, rows: counts.rows })}
                  />
                </span>
              )}
            </TD>
          </TR>
        ))}
        <TR>
          <TD>{t.rich("allLabels", { muted })}</TD>
          <TD numeric>{number(manifest.formats.labels.written)}</TD>
          <TD className="text-muted-foreground">{t("nothing")}</TD>
          <TD>
            <span className="flex gap-1.5">
              <DownloadLink href={href({ format: "labels" })} name={t("labels")} of={t("all")} />
              <DownloadLink href={href({ format: "manifest" })} name={t("manifest")} of={t("snapshot")} />
            </span>
          </TD>
        </TR>
      </TBody>
    </Table>
  );
}

function DownloadLink({ href, name, of }: { href: string; name: string; of: string }) {
  const t = useTranslations("datasets.export.files");
  return (
    <Button asChild size="sm">
      <a href={href} download>
        <Download aria-hidden />
        {name}
        <span className="sr-only"> {t("of", { what: of })}</span>
      </a>
    </Button>
  );
}

/** "3 ties, 1 draw", or "nothing". */
function wordLeftOut(counts: PreferenceCounts, t: Translate<"datasets.export.files">): string {
  const parts = [
    { count: counts.tiesLeftOut, key: "ties" },
    { count: counts.bothBadLeftOut, key: "bothBad" },
    { count: counts.cannotTellLeftOut ?? 0, key: "cannotTell" },
    { count: counts.drawsLeftOut, key: "draws" },
    { count: counts.withoutTextLeftOut, key: "withoutText" },
  ] as const;
  const told = parts.filter(({ count }) => count > 0).map(({ count, key }) => t(key, { count }));
  return told.length > 0 ? told.join(t("comma")) : t("nothing");
}
