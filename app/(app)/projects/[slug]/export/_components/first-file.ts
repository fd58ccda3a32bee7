import type { SnapshotManifest } from "@/lib/datasets/schema";
import type { ExportDefaults } from "@/lib/projects/export-defaults/schema";

/** A file of a snapshot as the API names it. */
export type FileOptions = ExportDefaults;

/** The file that a project is exported by, where the snapshot has rows for it; null where none was chosen. */
export function firstFile({ formats }: SnapshotManifest, chosen: ExportDefaults | null): FileOptions | null {
  if (chosen === null || chosen.format === "labels") return chosen;
  const { format, rows, aspect } = chosen;
  const counts = formats[format].find((one) => one.rows === rows && one.aspect === aspect);
  return counts && counts.written > 0 ? chosen : null;
}

/** The file that examples are about: that of the project, else the first preferences that there are. */
export function exampleFile(manifest: SnapshotManifest, chosen: ExportDefaults | null): FileOptions {
  const first = firstFile(manifest, chosen);
  if (first) return first;
  const counts = manifest.formats.trl.find(({ written }) => written > 0);
  return counts ? { format: "trl", rows: counts.rows, aspect: counts.aspect } : { format: "labels" };
}
