import { z } from "zod";
import { runStates } from "@/lib/jobs/schema";
import { labelWeight, type labelSources } from "@/lib/labels/schema";

/** Sources whose labels may enter a snapshot: rewards of a model and demo labels never do. */
export const snapshotSources = [
  "human",
  "lm",
  "tool",
  "reaction",
] as const satisfies readonly (typeof labelSources)[number][];
export type SnapshotSource = (typeof snapshotSources)[number];

/** Which current labels a snapshot takes. Without `questions` it takes those of every question. */
export const snapshotFilter = z.strictObject({
  sources: z
    .array(z.enum(snapshotSources))
    .min(1, "needs at least one source")
    .refine(isDistinct, "names a source twice"),
  questions: z
    .array(z.string().min(1).max(200))
    .min(1, "needs at least one question, or leave it out")
    .refine(isDistinct, "names a question twice")
    .optional(),
  split: z.enum(["train", "test", "all"]).default("all"),
  lmWeight: labelWeight
    .optional()
    .describe("What an AI's vote counts in consensus rows, where a person's counts 1; the project's unless given"),
});
export type SnapshotFilter = z.infer<typeof snapshotFilter>;

/** Payload of a snapshot run. */
export const snapshotPayload = z.strictObject({ snapshotId: z.uuid() });

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
  /** Nobody could tell; absent where there is none. */
  cannotTellLeftOut: z.int().optional(),
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
  filter: z.object({
    sources: z.array(z.enum(snapshotSources)),
    questions: z.array(z.string()).optional(),
    split: z.enum(["train", "test", "all"]),
    /** With the source lm; in snapshots made before AI had a weight every label is one vote. */
    lmWeight: z.number().optional(),
  }),
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
  state: z.enum(runStates),
  error: z.string().nullable(),
  createdBy: z.string().nullable(),
  createdAt: z.iso.datetime(),
});
export type SnapshotResponse = z.infer<typeof snapshotResponse>;

export const snapshotListQuery = z.strictObject({
  cursor: z.uuid().optional().describe("The nextCursor of the page before"),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export const snapshotListResponse = z.object({ items: z.array(snapshotResponse), nextCursor: z.string().nullable() });

export const exportFormats = ["trl", "trl-conversational", "labels", "manifest"] as const;
export type ExportFormat = (typeof exportFormats)[number];

export const exportQuery = z.strictObject({
  format: z.enum(exportFormats),
  rows: z
    .enum(preferenceRows)
    .default("consensus")
    .describe("TRL formats: one row a comparison that its majority decides, or one row a label"),
  aspect: z
    .string()
    .min(1)
    .max(100)
    .default("overall")
    .describe("TRL formats: the aspect whose comparisons are written"),
  compression: z.enum(["none", "gzip"]).default("none").describe("gzip gives a .gz file with the same content"),
});
export type ExportQuery = z.infer<typeof exportQuery>;

function isDistinct(values: readonly string[]): boolean {
  return new Set(values).size === values.length;
}

/** Most bytes one line, or one element of a JSON array, may have. */
export const maxRecordBytes = 16 * 1024 * 1024;
/** Most bytes of an uploaded file, as sent. */
export const maxUploadBytes = 2 * 1024 ** 3;
/** How many faults a result lists; it counts all of them. */
export const maxListedFaults = 1000;

/** What a file holds: instances (with labels, if there are any), or labels of instances that are already here. */
export const importKinds = ["instances", "labels"] as const;
export type ImportKind = (typeof importKinds)[number];

export const importFaultCodes = [
  "encoding",
  "json",
  "too_long",
  "damaged",
  "invalid",
  "unstorable",
  "duplicate",
  "conflict",
  "not_found",
] as const;
export type ImportFaultCode = (typeof importFaultCodes)[number];

/** Why one line of a file did not go in. */
export const importFault = z.object({
  /** From 1; in a JSON array the line on which the element begins. */
  line: z.int(),
  /** Path of the field, such as labels.2.preferred; empty for the line as a whole. */
  field: z.string(),
  code: z.enum(importFaultCodes),
  message: z.string(),
});
export type ImportFault = z.infer<typeof importFault>;

/** Payload of an import run. */
export const importPayload = z.strictObject({
  kind: z.enum(importKinds),
  dryRun: z.boolean(),
  /** What the person called the file. */
  filename: z.string().nullable(),
  /** Bytes of the file as sent; null while it is being uploaded. */
  bytes: z.int().nullable(),
});
export type ImportPayload = z.infer<typeof importPayload>;

/** What an import did, or would do when it is a dry run. The records in the file are those that went in + faults.total. */
export const importResult = z.object({
  kind: z.enum(importKinds),
  dryRun: z.boolean(),
  filename: z.string().nullable(),
  records: z.int(),
  instances: z.object({ created: z.int(), replaced: z.int(), unchanged: z.int() }),
  labels: z.object({ created: z.int(), revised: z.int(), unchanged: z.int() }),
  faults: z.object({ total: z.int(), first: z.array(importFault) }),
  /** Records by the form they came in. */
  formats: z.object({ record: z.int(), preference: z.int(), label: z.int() }),
});
export type ImportResult = z.infer<typeof importResult>;

export const importQuery = z.strictObject({
  dryRun: z.enum(["true", "false"]).default("false"),
  filename: z.string().trim().min(1).max(300).optional(),
});
export type ImportQuery = z.infer<typeof importQuery>;

/** An import as the list of recent ones shows it. */
export type ImportSummary = Pick<ImportPayload, "kind" | "dryRun" | "filename"> & {
  id: string;
  state: "uploading" | "queued" | "running" | "succeeded" | "failed" | "cancelled";
  createdAt: string;
  /** Who started it. */
  createdBy: string;
  /** What is in so far; null before the first batch. */
  counts: (Pick<ImportResult, "instances" | "labels"> & { faults: { total: number } }) | null;
};
