import type { Access } from "@/lib/auth/access";
import { prisma } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import { say } from "@/lib/say";
import { slugFromName } from "@/lib/text/slug";
import { exporterOf, type Exporter } from "./exporters";
import { preferencesOf } from "./preferences";
import type { ExportQuery, SnapshotManifest, SnapshotResponse } from "./schema";
import { findSnapshot } from "./snapshot";
import { readSnapshot, type SnapshotInstance } from "./snapshot-reader";

export type ExportFile = {
  filename: string;
  mediaType: "application/x-ndjson" | "application/json";
  /** Pieces of the file, in order; a whole batch of instances each. */
  chunks: AsyncIterable<string>;
};

/**
 * A file of a snapshot. The same snapshot and options give the same bytes for ever; memory does not grow with the
 * snapshot. Throws `conflict` while the snapshot is being made and `invalid` for an aspect that it does not compare.
 */
export async function exportSnapshot(
  access: Access<"snapshot:read">,
  id: string,
  query: ExportQuery,
): Promise<ExportFile> {
  const snapshot = await findSnapshot(access, id);
  const { manifest } = snapshot;
  if (manifest === null) throw notReady(snapshot);
  const name = [access.slug, slugFromName(snapshot.name) || "snapshot", manifest.hash.slice(0, 8)].join("-");
  if (query.format === "manifest") {
    return {
      filename: `${name}-manifest.json`,
      mediaType: "application/json",
      chunks: once(`${JSON.stringify(manifest, null, 2)}\n`),
    };
  }
  const exporter = exporterOf(manifest.exporterVersion);
  if (query.format !== "labels") requireAspect(manifest, query);
  const variant = query.format === "labels" ? "labels" : [query.format, query.aspect, query.rows].join("-");
  const scope = { projectId: access.projectId, snapshotId: id };
  const { lmWeight } = manifest.filter;
  const write = (instance: SnapshotInstance) => rowsOf(exporter, id, instance, { ...query, lmWeight });
  return {
    filename: `${name}-${variant}.jsonl`,
    mediaType: "application/x-ndjson",
    chunks: chunksOf(scope, query, write),
  };
}

async function* chunksOf(
  scope: { projectId: string; snapshotId: string },
  query: ExportQuery,
  write: (instance: SnapshotInstance) => string[],
): AsyncGenerator<string> {
  for await (const batch of readSnapshot(prisma, scope, { texts: query.format !== "labels" })) {
    const chunk = batch.flatMap(write).join("");
    if (chunk !== "") yield chunk;
  }
}

function rowsOf(
  exporter: Exporter,
  snapshotId: string,
  instance: SnapshotInstance,
  query: ExportQuery & { lmWeight: number | undefined },
): string[] {
  if (query.format === "labels")
    return instance.labels.map((label) => exporter.labelRow({ snapshotId }, instance, label));
  const row = query.format === "trl" ? exporter.standardRow : exporter.conversationalRow;
  return preferencesOf(instance, query).flatMap((outcome) =>
    outcome.kind === "preference" ? row({ snapshotId, aspect: query.aspect }, instance, outcome.preference) : [],
  );
}

async function* once(text: string): AsyncGenerator<string> {
  yield text;
}

function notReady({ id, state, error }: SnapshotResponse): AppError {
  if (state === "failed")
    return new AppError("conflict", say`Snapshot ${id} could not be made: ${error ?? ""} Make a new one.`);
  if (state === "cancelled")
    return new AppError("conflict", say`The making of snapshot ${id} was cancelled. Make a new one.`);
  return new AppError("conflict", say`Snapshot ${id} is still being made. Try again when its run has succeeded.`);
}

function requireAspect(manifest: SnapshotManifest, { aspect }: ExportQuery): void {
  const aspects = [...new Set(manifest.formats.trl.map((counts) => counts.aspect))];
  if (aspects.includes(aspect)) return;
  const message =
    aspects.length === 0
      ? say`This snapshot has no comparisons, so there are no preferences to write. Export it with format=labels.`
      : say`This snapshot has no comparisons on the aspect ${aspect}. It has: ${aspects.join(", ")}.`;
  throw new AppError("invalid", message, { faults: [{ path: "aspect", message: say`is not in this snapshot` }] });
}
