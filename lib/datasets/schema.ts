import { z } from "zod";
import { labelSources } from "@/lib/labels/schema";

/** Sources whose labels may enter a snapshot: rewards of a model and demo labels never do. */
export const snapshotSources = ["human", "lm", "tool", "reaction"] as const satisfies readonly (typeof labelSources)[number][];
export type SnapshotSource = (typeof snapshotSources)[number];

/** Which current labels a snapshot takes. Without `questions` it takes those of every question. */
export const snapshotFilter = z.strictObject({
  sources: z
    .array(z.enum(snapshotSources))
    .min(1, "needs at least one source")
    .refine(isDistinct, "names a source twice"),
  questions: z.array(z.string().min(1).max(200)).min(1, "needs at least one question, or leave it out").refine(isDistinct, "names a question twice").optional(),
  split: z.enum(["train", "test", "all"]).default("all"),
});
export type SnapshotFilter = z.infer<typeof snapshotFilter>;

export const createSnapshotInput = z.strictObject({
  name: z.string().trim().min(1, "needs at least one character").max(100, "can have at most 100 characters"),
  filter: snapshotFilter,
});
export type CreateSnapshotInput = z.infer<typeof createSnapshotInput>;

/** One row a comparison that a majority of its labels decides, or one row a label. */
export const preferenceRows = ["consensus", "labels"] as const;
export type PreferenceRows = (typeof preferenceRows)[number];

/** What a preference file of one aspect holds and what it leaves out. Rows asked for = written + all that is left out. */
export const preferenceCounts = z.object({
  rows: z.enum(preferenceRows),
  aspect: z.string(),
  written: z.int(),
  /** The answer is a tie. */
  tiesLeftOut: z.int(),
  /** The answer is a tie because both completions are bad. */
  bothBadLeftOut: z.int(),
  /** No answer has more labels than every other; only among consensus rows. */
  drawsLeftOut: z.int(),
  /** A text is missing, because it was imported without one. */
  withoutTextLeftOut: z.int(),
});
export type PreferenceCounts = z.infer<typeof preferenceCounts>;

export const snapshotManifest = z.object({
  /** SHA-256 over the set, hex. */
  hash: z.string(),
  exporterVersion: z.int(),
  /** Versions of the task schema under which the labels were given; imported labels have none. */
  taskSchemaVersions: z.array(z.int()),
  filter: z.object({ sources: z.array(z.enum(snapshotSources)), questions: z.array(z.string()).optional(), split: z.enum(["train", "test", "all"]) }),
  instances: z.int(),
  labels: z.object({ total: z.int(), bySource: z.record(z.string(), z.int()), byType: z.record(z.string(), z.int()) }),
  formats: z.object({
    trl: z.array(preferenceCounts),
    "trl-conversational": z.array(preferenceCounts),
    labels: z.object({ written: z.int() }),
  }),
});
export type SnapshotManifest = z.infer<typeof snapshotManifest>;

export const snapshotParams = z.object({ id: z.uuid() });

/** A snapshot as the API answers it. `hash` and `manifest` are null until its run has succeeded. */
export const snapshotResponse = z.object({
  id: z.uuid(),
  name: z.string(),
  filter: snapshotManifest.shape.filter,
  hash: z.string().nullable(),
  manifest: snapshotManifest.nullable(),
  runId: z.uuid(),
  state: z.enum(["uploading", "queued", "running", "succeeded", "failed", "cancelled"]),
  error: z.string().nullable(),
  createdBy: z.string().nullable(),
  createdAt: z.iso.datetime(),
});
export type SnapshotResponse = z.infer<typeof snapshotResponse>;

export const snapshotListQuery = z.object({
  cursor: z.uuid().optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export const snapshotListResponse = z.object({ items: z.array(snapshotResponse), nextCursor: z.string().nullable() });

export const exportFormats = ["trl", "trl-conversational", "labels", "manifest"] as const;
export type ExportFormat = (typeof exportFormats)[number];

export const exportQuery = z.strictObject({
  format: z.enum(exportFormats),
  /** For the TRL formats. */
  rows: z.enum(preferenceRows).default("consensus"),
  /** For the TRL formats: the aspect whose comparisons are written. */
  aspect: z.string().min(1).max(100).default("overall"),
});
export type ExportQuery = z.infer<typeof exportQuery>;

function isDistinct(values: readonly string[]): boolean {
  return new Set(values).size === values.length;
}
