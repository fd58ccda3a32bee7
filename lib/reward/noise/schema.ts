import { z } from "zod";

const certainty = z
  .number()
  .min(0.5, "must be at least 0.5")
  .max(1, "must be at most 1")
  .default(0.6)
  .describe("Applies to labels that are wrong with at least this probability");

/** What training does about labels that may be wrong. The labels that are stored never change. */
export const noiseTreatment = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("none") }),
  z.strictObject({
    kind: z.literal("smooth"),
    share: z
      .number()
      .gt(0, "must be above 0")
      .max(0.4, "must be at most 0.4")
      .default(0.1)
      .describe("Every label is believed to be wrong with this probability (label smoothing)"),
  }),
  /** Every label is believed to be wrong with the probability that the votes give. */
  z.strictObject({ kind: z.literal("soft") }),
  z.strictObject({ kind: z.literal("flip"), certainty }),
  z.strictObject({ kind: z.literal("drop"), certainty }),
]);
export type NoiseTreatment = z.infer<typeof noiseTreatment>;

/** How training weighs and corrects labels. */
export const learningSettings = z.strictObject({
  noise: noiseTreatment.default({ kind: "none" }).describe("What is done about labels that may be wrong"),
  adaptsMargins: z
    .boolean()
    .default(false)
    .describe("Whether the reward of what the votes prefer has to lead by as much as they are sure of it"),
  lmWeight: z
    .enum(["policy", "learned"])
    .default("policy")
    .describe("What an AI's vote counts: as routing says, or what predicts people's validation labels best"),
  balancesDomains: z
    .boolean()
    .default(false)
    .describe("Whether pairs weigh by the inverse of how many their domain has, so that no domain drowns the others"),
});
export type LearningSettings = z.infer<typeof learningSettings>;

/** What votes on labels by models that did not learn from them say (Secrets of RLHF II). */
export const noiseMetrics = z.object({
  /** Decided pairs of the training and validation part that were voted on, and ties, which cannot be flipped. */
  pairs: z.int(),
  ties: z.int(),
  folds: z.int(),
  members: z.int(),
  /** Share of labels that are wrong, as far as the most certain votes tell. */
  flipRate: z.number().nullable(),
  /** Pairs whose label is rather wrong than right. */
  suspects: z.int(),
  /** Share of the suspects that are expected to be wrong indeed. */
  expectedPrecision: z.number().nullable(),
  /** Training pairs that were treated. */
  treated: z.int(),
  /** What an AI's vote counted. */
  lmWeight: z.number(),
  /** Weights that were tried, with the log loss on people's validation labels; empty where none was to be learned. */
  triedWeights: z.array(z.object({ weight: z.number(), logLoss: z.number() })),
  /** Why there are no votes; null where there are. */
  skipped: z.string().nullable(),
});
export type NoiseMetrics = z.infer<typeof noiseMetrics>;

export const suspectKinds = ["suspicious", "hardest"] as const;

const namedAnnotator = z.object({
  annotator: z.string().describe("As labels have it"),
  annotatorEmail: z.string().nullable().describe("For those who may read the members"),
  annotatorName: z.string().nullable().describe("Of a judge"),
});
export type NamedAnnotator = z.infer<typeof namedAnnotator>;

/** A pair of the training or validation part whose label is doubtful. */
export const suspectView = z.object({
  kind: z.enum(suspectKinds).describe("Suspicious: voted against. Hardest: the votes are even"),
  rank: z.int().describe("From 0"),
  instanceId: z.uuid(),
  outsideId: z.string(),
  question: z.string(),
  target: z.string().describe("The pair of completions"),
  answer: z.union([z.literal(0), z.literal(1)]).describe("Which of the two the labels prefer"),
  mu: z.number().describe("Mean margin in favour of the label, in logits, by models that did not learn from it"),
  sd: z.number().describe("Standard deviation of the members' margins"),
  wrong: z.number().describe("Probability that the label is wrong"),
  annotators: z.array(namedAnnotator).describe("Who gave this answer"),
});
export type SuspectView = z.infer<typeof suspectView>;

export const suspectListQuery = z.strictObject({
  kind: z.enum(suspectKinds).default("suspicious"),
  annotator: z.string().min(1).max(300).optional().describe("Only labels by this annotator, named as labels have it"),
  offset: z.coerce.number().int().min(0).max(1000).default(0),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export type SuspectListQuery = z.infer<typeof suspectListQuery>;

export const suspectList = z.object({
  items: z.array(suspectView),
  total: z.int(),
  annotators: z
    .array(namedAnnotator.extend({ labels: z.int() }))
    .describe("Who gave labels of this kind, those with the most first"),
});
export type SuspectList = z.infer<typeof suspectList>;
