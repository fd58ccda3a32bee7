import { z } from "zod";
import { maxReasons } from "@/lib/labels/reasons/schema";
import { comparisonScales, labelSources, maxStrength, type LabelTypeName } from "@/lib/labels/schema";
import { say } from "@/lib/say";
import { exportDefaults } from "./export-defaults/schema";
import { categoryColours } from "./scales/schema";
import { schemaFaults } from "./schema-faults";
import { templateIds } from "./templates/ids";

export const projectSlug = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,62}$/, "must be 1 to 63 small letters, digits and hyphens, not starting with a hyphen");

const id = z.string().regex(/^[a-z0-9][a-z0-9_-]{0,62}$/, "must be small letters, digits, hyphens or underscores");
const shortText = z.string().trim().min(1, "needs at least one character").max(100, "can have at most 100 characters");
/** Asks a question only when another, before it, has one of these answers about any completion. */
const condition = z.strictObject({
  question: id,
  /** Of a rating; any of them without it. */
  aspect: id.optional(),
  is: z.array(z.union([z.boolean(), z.number(), shortText])).min(1, "names no answer"),
});
export type Condition = z.infer<typeof condition>;
const when = condition.optional();

const definition = z.string().trim().max(2000, "can have at most 2000 characters");
/** What is asked: a name, and what it means. */
const asked = { id, name: shortText, definition };

function aspectsOf<T extends z.ZodType<{ id: string }>>(aspect: T) {
  return z
    .array(aspect)
    .min(1, "needs at least one aspect")
    .max(8, "can have at most eight aspects")
    .refine((list) => haveOwnIds(list), "has two aspects with one id");
}

const aspects = aspectsOf(z.strictObject(asked));

/** Why a completion may be preferred, to be ticked: nothing has to be. */
const reasons = z
  .array(shortText)
  .min(1, "offers none; leave it out")
  .max(maxReasons, `can have at most ${maxReasons} reasons`)
  .superRefine((list, context) => {
    list.forEach((one, index) => {
      if (list.indexOf(one) < index) context.addIssue({ code: "custom", path: [index], message: "is offered twice" });
    });
  });

const comparedAspects = aspectsOf(z.strictObject({ ...asked, reasons: reasons.optional() }));

/** What the points of a comparison say, where the usual words do not do. */
export const comparisonWords = z.object({
  /** What its points say of the completion that they prefer, the strongest first: "much better". */
  degrees: z.array(shortText).optional(),
  /** What its middle says; "Tie" without it. */
  tie: shortText.optional(),
});
export type ComparisonWords = z.infer<typeof comparisonWords>;

/** A comparison of two completions, asked once per aspect. */
const comparisonQuestion = z
  .strictObject({
    id,
    type: z.literal("comparison"),
    when,
    scale: z.union(comparisonScales.map((points) => z.literal(points))),
    aspects: comparedAspects,
    /** Offers "both bad" beside the tie. */
    bothBad: z.boolean(),
    /** Offers "cannot tell": such a label is kept, and is no vote and no tie. Not offered without it. */
    cannotTell: z.boolean().optional(),
    ...comparisonWords.shape,
  })
  .superRefine(({ scale, degrees, tie }, context) => {
    const wanted = maxStrength(scale);
    if (degrees && degrees.length !== wanted)
      context.addIssue({
        code: "custom",
        path: ["degrees"],
        message: say`needs ${wanted} for a scale of ${scale} points, the strongest first`,
      });
    if (tie !== undefined && scale === 2)
      context.addIssue({
        code: "custom",
        path: ["tie"],
        message: "is for scales with a middle, which 2 points have not",
      });
  });

/** An order of all completions, ties allowed. */
const rankingQuestion = z.strictObject({ ...asked, type: z.literal("ranking"), when });

const number = z.number("must be a number");

const ratingScale = z.discriminatedUnion("kind", [
  z
    .strictObject({
      kind: z.literal("points"),
      /** 1 to this many. */
      points: z.int("must be a whole number").min(2, "must be at least 2").max(10, "must be at most 10"),
      /** What the lowest and the highest point mean. */
      low: shortText.optional(),
      high: shortText.optional(),
      /** What each point means, the lowest first and empty for nothing, in place of `low` and `high`. */
      names: z.array(z.string().trim().max(100, "can have at most 100 characters")).optional(),
    })
    .refine(({ points, names }) => names === undefined || names.length === points, {
      path: ["names"],
      message: "needs one for each point, empty where there is nothing to say",
    })
    .refine(({ low, high, names }) => names === undefined || (low === undefined && high === undefined), {
      path: ["names"],
      message: "says what all points mean; leave out low and high",
    }),
  z
    .strictObject({
      kind: z.literal("range"),
      min: number,
      max: number,
      step: number.positive("must be above 0"),
    })
    .refine(({ min, max }) => min < max, { path: ["max"], message: "must be above the minimum" })
    .refine(({ min, max, step }) => step <= max - min, { path: ["step"], message: "is wider than the range" }),
  z.strictObject({
    kind: z.literal("categories"),
    /** In their order, the lowest first. */
    categories: z
      .array(z.strictObject({ value: shortText, name: shortText }))
      .min(2, "needs at least two categories")
      .max(9, "can have at most nine categories, one a digit")
      .refine(
        (list) => new Set(list.map(({ value }) => value)).size === list.length,
        "has two categories with one value",
      ),
  }),
]);
export type RatingScale = z.infer<typeof ratingScale>;
export type RatingScaleOf<K extends RatingScale["kind"]> = Extract<RatingScale, { kind: K }>;

/** A value for each completion on each aspect. */
const ratingQuestion = z.strictObject({ id, type: z.literal("rating"), when, aspects, scale: ratingScale });

/** Yes or no for each completion. */
const binaryQuestion = z.strictObject({
  ...asked,
  type: z.literal("binary"),
  when,
  /** What the answer says, such as "thumb" or "correct"; labels keep it. */
  kind: id,
});

/** What is marked as a whole: parts of sentences (lib/text/cut-segments.ts), sentences, or the whole text. */
export const markUnits = ["segment", "sentence", "text"] as const;
export type MarkUnit = (typeof markUnits)[number];

const spanCategory = z.strictObject({
  ...asked,
  /** Marks grow to whole units of this kind; any words can be marked without it. */
  unit: z.enum(markUnits).optional(),
  /** One of the palette; without it the next in turn. */
  colour: z.int().min(1).max(categoryColours, `must be one of the colours 1 to ${categoryColours}`).optional(),
  /** The key that marks with it, which also stands at the marks; without it one of its name. */
  letter: z
    .string()
    .regex(/^[a-z]$/, "must be one small letter from a to z")
    .optional(),
});

/** Marked stretches of the completions. */
const spansQuestion = z.strictObject({
  ...asked,
  type: z.literal("spans"),
  when,
  categories: z
    .array(spanCategory)
    .min(1, "needs at least one category")
    .max(20, "can have at most twenty categories")
    .refine((list) => haveOwnIds(list), "has two categories with one id")
    .superRefine((list, context) => {
      list.forEach(({ letter }, index) => {
        if (letter !== undefined && list.findIndex((one) => one.letter === letter) < index)
          context.addIssue({
            code: "custom",
            path: [index, "letter"],
            message: say`is ${letter}, as another category's`,
          });
      });
    }),
  /** Without one no severity is asked. */
  severities: z
    .array(shortText)
    .max(9, "can have at most nine severities")
    .refine((list) => new Set(list).size === list.length, "names a severity twice"),
  /** Whether the prompt can be marked, too. */
  onPrompt: z.boolean(),
});

export const stepCuts = ["import", "line", "sentence"] as const;

/** A judgement of every step of each completion. */
const stepsQuestion = z.strictObject({
  ...asked,
  type: z.literal("steps"),
  when,
  /** Steps that were imported are always used; a completion without any is cut like this, "import" leaves it whole. */
  cut: z.enum(stepCuts),
  /** What can be said of a step besides its label. */
  flags: z
    .array(shortText)
    .max(20, "can have at most twenty flags")
    .refine((list) => new Set(list).size === list.length, "names a flag twice"),
});

/** A written critique of each completion, and a better version of it. */
const critiqueQuestion = z.strictObject({
  ...asked,
  type: z.literal("critique"),
  when,
  isRequired: z.boolean(),
  rewrite: z.enum(["off", "optional", "required"]),
  /** The question about spans whose answers the critique of a completion can quote. */
  quotes: id.optional(),
});

export const question = z.discriminatedUnion("type", [
  comparisonQuestion,
  rankingQuestion,
  ratingQuestion,
  binaryQuestion,
  spansQuestion,
  stepsQuestion,
  critiqueQuestion,
]);
export type Question = z.infer<typeof question>;
export type QuestionOf<T extends LabelTypeName> = Extract<Question, { type: T }>;
export type ComparisonQuestion = QuestionOf<"comparison">;

export const revealedTexts = ["prompt", "context", "reference"] as const;

/** A text that is kept back until a question is answered, whose answer then stays as it is. */
const reveal = z.strictObject({ show: z.enum(revealedTexts), after: id });
export type Reveal = z.infer<typeof reveal>;

/** Whether people see what AI labels answer: not at all, beside the question, or as the answers they begin with. */
export const suggestionModes = ["off", "shown", "prefilled"] as const;

const askedAndShown = z.strictObject({
  questions: z
    .array(question)
    .min(1, "needs at least one question")
    .max(12, "can have at most twelve questions")
    .refine((list) => haveOwnIds(list), "has two questions with one id")
    .refine(
      (list) => new Set(list.flatMap((one) => (one.type === "steps" ? one.cut : []))).size <= 1,
      "cuts the completions into steps in two ways; let all questions about steps cut alike",
    ),
  /** A written reason for the whole submission. */
  reason: z.enum(["off", "optional", "required"]),
  /** What is shown besides the prompt, its context and the completions. A reference answer sways people: not without this. */
  shows: z.strictObject({ reference: z.boolean() }).optional(),
  reveal: z.array(reveal).min(1, "reveals nothing; leave it out").max(revealedTexts.length).optional(),
  /** Hides the names by which completions tell who wrote them; false without it. */
  maskModelNames: z.boolean().optional(),
  /** "off" without it. */
  suggestions: z.enum(suggestionModes).optional(),
});
export type TaskSchema = z.infer<typeof askedAndShown>;

/** Which questions an instance asks and what is shown when; versioned with the project. */
export const taskSchema = askedAndShown.superRefine((schema, context) => {
  for (const fault of schemaFaults(schema)) context.addIssue({ code: "custom", ...fault });
});

export const defaultComparison: ComparisonQuestion = {
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
};

export const defaultTaskSchema: TaskSchema = { questions: [defaultComparison], reason: "optional" };

/** The comparison that judges, reward models and agreement are about: the first one; undefined where none is asked. */
export function comparisonOf({ questions }: TaskSchema): ComparisonQuestion | undefined {
  return questions.find((one) => one.type === "comparison");
}

/** Whether people see all completions; where only comparisons are asked they see two. */
export function showsAll({ questions }: TaskSchema): boolean {
  return questions.some(({ type }) => type !== "comparison");
}

/** A person can order this many at most. */
const maxRanked = 10;

/** How many completions, all of them with texts, an instance must have for people to be asked; `most` is null for any number. */
export function labelableCompletions({ questions }: TaskSchema): { least: number; most: number | null } {
  const asks = (type: LabelTypeName) => questions.some((one) => one.type === type);
  return { least: asks("comparison") || asks("ranking") ? 2 : 1, most: asks("ranking") ? maxRanked : null };
}

function haveOwnIds(list: { id: string }[]): boolean {
  return new Set(list.map((one) => one.id)).size === list.length;
}

const name = z.string().trim().min(1, "needs at least one character").max(120, "can have at most 120 characters");
const description = z.string().trim().max(2000, "can have at most 2000 characters");
const overlap = z.int("must be a whole number").min(1, "must be at least 1").max(100, "must be at most 100");
const leaseSeconds = z
  .int("must be a whole number")
  .min(60, "must be at least 60 seconds")
  .max(86_400, "must be at most 86400 seconds, one day");
const guidelines = z.string().max(100_000, "can have at most 100000 characters");

export const createProjectInput = z
  .strictObject({
    slug: projectSlug,
    name,
    description: description.default(""),
    leaseSeconds: leaseSeconds.default(1800),
    template: z
      .enum(templateIds)
      .optional()
      .describe(
        "What the project begins with, see GET /templates; the fields below take its place where they are given",
      ),
    samples: z.boolean().default(false).describe("Imports the sample instances of the template"),
    overlap: overlap.optional().describe("How many people label one instance; 3 without a template"),
    taskSchema: taskSchema.optional().describe("Without it and a template: one comparison on 5 points"),
    guidelines: guidelines.optional().describe("Markdown"),
    exportDefaults: exportDefaults.optional().describe("The file that is offered first when a snapshot is exported"),
  })
  .refine(({ template, samples }) => !samples || template !== undefined, {
    path: ["samples"],
    message: "are those of a template; name one",
  });
export type CreateProjectInput = z.input<typeof createProjectInput>;

/** Fields that are left out stay as they are. A task schema or guidelines that differ become the next version. */
export const updateProjectInput = z
  .strictObject({
    ...{ name, description, overlap, leaseSeconds, taskSchema, guidelines, exportDefaults },
    /** The versions that the change was made from: refused when there is a newer one. */
    schemaVersion: z.int().min(1),
    guidelinesVersion: z.int().min(1),
  })
  .partial()
  .refine((input) => Object.keys(input).length > 0, "names no field to change");
export type UpdateProjectInput = z.infer<typeof updateProjectInput>;

const roleName = z.enum(["admin", "researcher", "annotator"]);

/** Instances by how far their labelling is. labelable = unlabelled + inProgress + waitingForAi + complete. */
export const progressCounts = z.object({
  instances: z.int(),
  /** Those a person can be asked about: with as many completions, all with texts, as the task schema needs. */
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
  exportDefaults: exportDefaults.nullable(),
  createdAt: z.iso.datetime(),
});
export type ProjectResponse = z.infer<typeof projectResponse>;

/** A project that was just made, with the run that imports its sample instances. */
export const createdProject = projectResponse.extend({ samplesRunId: z.uuid().nullable() });
export type CreatedProject = z.infer<typeof createdProject>;

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
