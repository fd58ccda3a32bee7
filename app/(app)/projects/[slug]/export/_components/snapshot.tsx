"use client";

import { Download } from "lucide-react";

import { RunProgress } from "@/app/_components/run-progress";
import { Badge } from "@/app/_components/ui/badge";
import { Button } from "@/app/_components/ui/button";
import { Card } from "@/app/_components/ui/card";
import { CopyButton } from "@/app/_components/ui/copy-button";
import { formatNumber } from "@/app/_components/ui/numbers";
import { Table, TBody, TD, TH, THead, TR } from "@/app/_components/ui/table";
import { RelativeTime } from "@/app/_components/ui/time";
import type { ExportQuery, PreferenceCounts, SnapshotManifest, SnapshotResponse } from "@/lib/datasets/schema";
import { Snippets } from "./snippets";

type SnapshotProps = { slug: string; snapshot: SnapshotResponse; isOpen: boolean; onDone: () => void };

/** One snapshot: how far its run is, then what is in it and the files it can be written to. */
export function Snapshot({ slug, snapshot, isOpen, onDone }: SnapshotProps) {
  const { name, filter, manifest, runId, createdAt, createdBy } = snapshot;
  return (
    <Card className="grid grid-cols-1 gap-4 p-4">
      <div className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
        <h3 className="min-w-0 font-semibold [overflow-wrap:anywhere]">{name}</h3>
        <span className="text-[0.8125rem] text-muted-foreground">
          <RelativeTime value={createdAt} />
          {createdBy ? ` by ${createdBy}` : null}
        </span>
        <span className="flex gap-1.5 sm:ml-auto">
          {filter.split === "all" ? null : <Badge variant="outline">{filter.split} only</Badge>}
          {filter.questions?.map((question) => (
            <Badge key={question} variant="outline">
              {question}
            </Badge>
          ))}
          <Badge>{filter.sources.join(", ")}</Badge>
        </span>
      </div>
      {manifest === null ? (
        <RunProgress slug={slug} runId={runId} onDone={onDone} />
      ) : (
        <>
          <Contents manifest={manifest} />
          <Files slug={slug} snapshot={snapshot} manifest={manifest} />
          <Snippets slug={slug} snapshot={snapshot} manifest={manifest} isOpen={isOpen} />
        </>
      )}
    </Card>
  );
}

function Contents({ manifest }: { manifest: SnapshotManifest }) {
  const { hash, instances, labels, filter } = manifest;
  const bySource = filter.sources.map((source) => `${formatNumber(labels.bySource[source] ?? 0)} ${source}`);
  const byType = Object.entries(labels.byType).map(([type, count]) => `${formatNumber(count)} ${type}`);
  return (
    <dl className="grid grid-cols-2 gap-x-6 gap-y-2 text-[0.8125rem] sm:flex sm:flex-wrap [&_dt]:text-muted-foreground">
      <div>
        <dt>Labels</dt>
        <dd className="tabular-nums">{bySource.join(", ")}</dd>
      </div>
      <div>
        <dt>Types</dt>
        <dd className="tabular-nums">{byType.join(", ")}</dd>
      </div>
      {filter.lmWeight === undefined ? null : (
        <div>
          <dt>Weight of an AI&rsquo;s vote</dt>
          <dd className="tabular-nums">{filter.lmWeight}</dd>
        </div>
      )}
      <div>
        <dt>Instances</dt>
        <dd className="tabular-nums">{formatNumber(instances)}</dd>
      </div>
      <div className="min-w-0">
        <dt>Hash</dt>
        <dd className="flex items-center gap-1">
          <span title={hash} className="font-mono text-xs">
            {hash.slice(0, 12)}
          </span>
          <CopyButton value={hash} label="hash" />
        </dd>
      </div>
    </dl>
  );
}

type FilesProps = { slug: string; snapshot: SnapshotResponse; manifest: SnapshotManifest };

function Files({ slug, snapshot, manifest }: FilesProps) {
  const href = (query: Partial<ExportQuery>) =>
    `/api/v1/projects/${slug}/snapshots/${snapshot.id}/export?${new URLSearchParams(query)}`;
  return (
    <Table label={`Files of ${snapshot.name} (${snapshot.id.slice(-8)})`} stickyHead={false} density="compact">
      <THead>
        <TR>
          <TH>File</TH>
          <TH numeric>Rows</TH>
          <TH>Left out</TH>
          <TH>Download</TH>
        </TR>
      </THead>
      <TBody>
        {manifest.formats.trl.map((counts) => (
          <TR key={`${counts.aspect} ${counts.rows}`}>
            <TD>
              Preferences on {counts.aspect},{" "}
              <span className="text-muted-foreground">
                {counts.rows === "consensus" ? "one row a comparison (majority)" : "one row a label"}
              </span>
            </TD>
            <TD numeric>{formatNumber(counts.written)}</TD>
            <TD className="text-muted-foreground">{wordLeftOut(counts)}</TD>
            <TD>
              {counts.written === 0 ? (
                <span className="text-muted-foreground">no rows</span>
              ) : (
                <span className="flex gap-1.5">
                  <DownloadLink
                    href={href({ format: "trl", rows: counts.rows, aspect: counts.aspect })}
                    name="Standard"
                    of={`${counts.aspect}, ${counts.rows}`}
                  />
                  <DownloadLink
                    href={href({ format: "trl-conversational", rows: counts.rows, aspect: counts.aspect })}
                    name="Conversational"
                    of={`${counts.aspect}, ${counts.rows}`}
                  />
                </span>
              )}
            </TD>
          </TR>
        ))}
        <TR>
          <TD>
            Labels, <span className="text-muted-foreground">every column of every label</span>
          </TD>
          <TD numeric>{formatNumber(manifest.formats.labels.written)}</TD>
          <TD className="text-muted-foreground">nothing</TD>
          <TD>
            <span className="flex gap-1.5">
              <DownloadLink href={href({ format: "labels" })} name="Labels" of="all" />
              <DownloadLink href={href({ format: "manifest" })} name="Manifest" of="snapshot" />
            </span>
          </TD>
        </TR>
      </TBody>
    </Table>
  );
}

function DownloadLink({ href, name, of }: { href: string; name: string; of: string }) {
  return (
    <Button asChild size="sm">
      <a href={href} download>
        <Download aria-hidden />
        {name}
        <span className="sr-only"> ({of})</span>
      </a>
    </Button>
  );
}

/** "3 ties, 1 draw", or "nothing". */
function wordLeftOut({ tiesLeftOut, bothBadLeftOut, drawsLeftOut, withoutTextLeftOut }: PreferenceCounts): string {
  const parts = [
    { count: tiesLeftOut, one: "tie", many: "ties" },
    { count: bothBadLeftOut, one: "both bad", many: "both bad" },
    { count: drawsLeftOut, one: "draw", many: "draws" },
    { count: withoutTextLeftOut, one: "without text", many: "without text" },
  ].filter(({ count }) => count > 0);
  return (
    parts.map(({ count, one, many }) => `${formatNumber(count)} ${count === 1 ? one : many}`).join(", ") || "nothing"
  );
}
