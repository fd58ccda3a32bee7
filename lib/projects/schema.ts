import { z } from "zod";
import { comparisonScales, labelSources } from "@/lib/labels/schema";

export const projectSlug = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,62}$/, "must be 1 to 63 small letters, digits and hyphens, not starting with a hyphen");

const aspect = z.strictObject({
  id: z.string().regex(/^[a-z0-9][a-z0-9_-]{0,62}$/, "must be small letters, digits, hyphens or underscores"),
  name: z.string().trim().min(1).max(100),
  definition: z.string().trim().max(2000),
});

/** A comparison of two completions, asked once per aspect. */
export const comparisonQuestion = z.strictObject({
  id: z.literal("comparison"),
  type: z.literal("comparison"),
  scale: z.union(comparisonScales.map((points) => z.literal(points))),
  aspects: z
    .array(aspect)
    .min(1, "needs at least one aspect")
    .max(8, "can have at most eight aspects")
    .refine((list) => new Set(list.map((one) => one.id)).size === list.length, "has two aspects with one id"),
  /** Offers "both bad" beside the tie. */
  bothBad: z.boolean(),
  /** A written reason. */
  reason: z.enum(["off", "optional", "required"]),
});
export type ComparisonQuestion = z.infer<typeof comparisonQuestion>;

/** Which questions an instance asks; versioned with the project. */
export const taskSchema = z.strictObject({ questions: z.tuple([comparisonQuestion]) });
export type TaskSchema = z.infer<typeof taskSchema>;

export const defaultTaskSchema: TaskSchema = {
  questions: [
    {
      id: "comparison",
      type: "comparison",
      scale: 5,
      aspects: [
        {
          id: "overall",
          name: "Overall",
          definition: "Which completion is the better answer to the prompt, all things considered?",
        },
      ],
      bothBad: true,
      reason: "optional",
    },
  ],
};

const name = z.string().trim().min(1, "needs at least one character").max(120, "can have at most 120 characters");
const description = z.string().trim().max(2000, "can have at most 2000 characters");
const overlap = z.int("must be a whole number").min(1, "must be at least 1").max(100, "must be at most 100");
const leaseSeconds = z
  .int("must be a whole number")
  .min(60, "must be at least 60 seconds")
  .max(86_400, "must be at most 86400 seconds, one day");
const guidelines = z.string().max(100_000, "can have at most 100000 characters");

export const createProjectInput = z.strictObject({
  slug: projectSlug,
  name,
  description: description.default(""),
  /** How many people label one instance. */
  overlap: overlap.default(3),
  leaseSeconds: leaseSeconds.default(1800),
  taskSchema: taskSchema.default(defaultTaskSchema),
  /** Markdown. */
  guidelines: guidelines.default(""),
});
export type CreateProjectInput = z.input<typeof createProjectInput>;

/** Fields that are left out stay as they are. A task schema or guidelines that differ become the next version. */
export const updateProjectInput = z
  .strictObject({ name, description, overlap, leaseSeconds, taskSchema, guidelines })
  .partial()
  .refine((input) => Object.keys(input).length > 0, "names no field to change");
export type UpdateProjectInput = z.infer<typeof updateProjectInput>;

const roleName = z.enum(["admin", "researcher", "annotator"]);

/** Instances by how far their labelling is. labelable = unlabelled + inProgress + waitingForAi + complete. */
export const progressCounts = z.object({
  instances: z.int(),
  /** Those a person can be asked about: at least two completions with texts. */
  labelable: z.int(),
  unlabelled: z.int(),
  inProgress: z.int(),
  /** Routed to AI alone and not labelled by one yet. */
  waitingForAi: z.int(),
  complete: z.int(),
});
export type ProgressCounts = z.infer<typeof progressCounts>;

/** A project as lists show it. `progress` is for those who may read instances. */
export const projectListItem = z.object({
  slug: z.string(),
  name: z.string(),
  description: z.string(),
  isDemo: z.boolean(),
  role: roleName,
  createdAt: z.iso.datetime(),
  progress: progressCounts.nullable(),
});
export type ProjectListItem = z.infer<typeof projectListItem>;

export const projectListQuery = z.strictObject({
  cursor: z.uuid().optional().describe("The nextCursor of the page before"),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export const projectListResponse = z.object({ items: z.array(projectListItem), nextCursor: z.string().nullable() });

/** One project with its current task schema and guidelines. */
export const projectResponse = z.object({
  slug: z.string(),
  name: z.string(),
  description: z.string(),
  isDemo: z.boolean(),
  role: roleName,
  overlap: z.int(),
  leaseSeconds: z.int(),
  schemaVersion: z.int(),
  taskSchema,
  guidelinesVersion: z.int(),
  guidelines: z.string(),
  createdAt: z.iso.datetime(),
});
export type ProjectResponse = z.infer<typeof projectResponse>;

const version = z.object({ version: z.int(), createdAt: z.iso.datetime(), createdBy: z.string().nullable() });
/** When each version of a project's task schema and guidelines was written, and by whom. */
export const projectVersions = z.object({ taskSchema: z.array(version), guidelines: z.array(version) });
export type ProjectVersions = z.infer<typeof projectVersions>;

/** The figures of a project's first page. */
export const projectOverview = z.object({
  progress: progressCounts,
  /** Instances with at least one label from any source. */
  labelled: z.int(),
  labels: z.object({
    total: z.int(),
    bySource: z.array(z.object({ source: z.enum(labelSources), labels: z.int() })),
    /** Given here by people since midnight UTC. */
    today: z.int(),
  }),
});
export type ProjectOverview = z.infer<typeof projectOverview>;
