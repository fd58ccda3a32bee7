import { z } from "zod";

/** Kinds of long work. A run of a kind is done by the job of the same name. */
export const runKinds = [
  "import",
  "snapshot",
  "judge",
  "route",
  "train",
  "score",
  "judge-report",
  "judge-attack",
  "tagging",
  "routing-features",
  "tag-classifier",
  "routing-fit",
] as const;
export type RunKind = (typeof runKinds)[number];

export const runStates = ["uploading", "queued", "running", "succeeded", "failed", "cancelled"] as const;

/** What a run of each kind counts, until its handler says otherwise. */
export const runUnits: Record<RunKind, string> = {
  import: "lines",
  snapshot: "labels",
  judge: "instances",
  route: "instances",
  train: "steps",
  score: "instances",
  "judge-report": "instances",
  "judge-attack": "instances",
  tagging: "instances",
  "routing-features": "instances",
  "tag-classifier": "instances",
  "routing-fit": "instances",
};

/**
 * Of these a project does one at a time: two judging runs would ask, and pay for, the same thing twice, of two policies
 * the later one should have the last word, and a training is compared with the version that is active when it ends.
 */
export const runsInTurn: readonly RunKind[] = [
  "judge",
  "route",
  "train",
  "score",
  "judge-report",
  "judge-attack",
  "tagging",
  "routing-features",
  "tag-classifier",
  "routing-fit",
];

const runJob = z.strictObject({ projectId: z.uuid(), runId: z.uuid() });
export type RunJob = z.infer<typeof runJob>;

/** Every job's name and payload, apart from its handler: what enqueues a job need not load what does it. */
export const jobPayloads = {
  import: runJob,
  snapshot: runJob,
  judge: runJob,
  route: runJob,
  train: runJob,
  score: runJob,
  "judge-report": runJob,
  "judge-attack": runJob,
  tagging: runJob,
  "routing-features": runJob,
  "tag-classifier": runJob,
  "routing-fit": runJob,
  "sweep-reward": z.object({}),
  "score-new": z.strictObject({ projectId: z.uuid() }),
  "retrain-due": z.strictObject({ projectId: z.uuid() }),
  "sweep-runs": z.object({}),
  "sweep-leases": z.object({}),
  "sweep-vectors": z.object({}),
  "sweep-judges": z.object({}),
  "sweep-reports": z.object({}),
  "features-new": z.strictObject({ projectId: z.uuid() }),
  "sweep-routing": z.object({}),
  "apply-scheduled": z.object({}),
} as const satisfies Record<RunKind, typeof runJob> & Record<string, z.ZodType>;
export type JobName = keyof typeof jobPayloads;
export const jobNames = Object.keys(jobPayloads) as [JobName, ...JobName[]];

/** WORKER_TASKS: the jobs that a worker takes, as a comma-separated list; undefined for all of them. */
export const workerTasks = z
  .string()
  .transform((list, context) => {
    const names = new Set(list.split(",").flatMap((name) => name.trim() || []));
    const unknown = [...names].find((name) => !(jobNames as string[]).includes(name));
    if (unknown !== undefined) context.addIssue(`names ${unknown}, which is no job; there are ${jobNames.join(", ")}`);
    return names.size === 0 ? undefined : ([...names] as JobName[]);
  })
  .optional();

/** How far a run is; `total` is null while the whole is unknown. */
export const runProgress = z.object({ done: z.int().min(0), total: z.int().min(0).nullable(), unit: z.string() });
export type RunProgress = z.infer<typeof runProgress>;

const time = z.iso.datetime();

/** A run as the API shows it. */
export const runView = z.object({
  id: z.uuid(),
  kind: z.enum(runKinds),
  state: z.enum(runStates),
  progress: runProgress,
  /** What came out, by kind; null until it succeeded, but an import tells after each batch what is in. */
  result: z.record(z.string(), z.unknown()).nullable(),
  /** Why it failed, in words for the person who started it. */
  error: z.string().nullable(),
  createdAt: time,
  startedAt: time.nullable(),
  /** Null until it has ended: succeeded, failed or cancelled. */
  finishedAt: time.nullable(),
  cancelRequestedAt: time.nullable(),
  /** Name of who started it; null when it follows from something else, such as judging from an import. */
  createdBy: z.string().nullable(),
  /** The one thing it is about, if there is one: the judge that judges, the snapshot that is taken. */
  subjectId: z.uuid().nullable(),
  /** True when it failed because the next question could have passed a cap on money. */
  stoppedAtCap: z.boolean(),
  /** True while it waits and no live worker takes its kind of run. */
  lacksWorker: z.boolean(),
});
export type RunView = z.infer<typeof runView>;

export const runPage = z.object({ items: z.array(runView), nextCursor: z.string().nullable() });
export type RunPage = z.infer<typeof runPage>;

export const runParams = z.object({ id: z.uuid() });

export const listRunsQuery = z.strictObject({
  kind: z.enum(runKinds).optional(),
  state: z.enum(runStates).optional(),
  /** The nextCursor of the page before. */
  cursor: z.uuid().optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export type ListRunsQuery = z.infer<typeof listRunsQuery>;
