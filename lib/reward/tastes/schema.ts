import { z } from "zod";
import { estimate } from "../estimate";

/** The output of a version's file with the groups' rewards: [n, groups]. */
export const tastesOutput = "tastes";

/** The groups that a score may be asked for are reduced to one number by their mean, or by the worst of them. */
export const reductions = ["mean", "min"] as const;
export type Reduction = (typeof reductions)[number];

/** A group of annotators with a taste of its own; the largest comes first. */
const group = z.object({
  /** Of the annotators, by the mixture. */
  share: z.number(),
  /** Annotators of whom this is the most probable group, and their labels in the training part. */
  annotators: z.int(),
  labels: z.int(),
  /** Share of its annotators' own held-out answers that its head agrees with, and that the single model does; ties left out. */
  accuracy: estimate.nullable(),
  single: estimate.nullable(),
  /** Correlation of its margins with length and format, each by its name. */
  prefers: z.array(z.object({ feature: z.string(), correlation: z.number() })),
});
export type TasteGroup = z.infer<typeof group>;

const member = z.object({
  /** As labels are signed; versions of a judge are one annotator. */
  annotator: z.string(),
  source: z.enum(["human", "lm"]),
  group: z.int(),
  /** The probability of that group given the annotator's training labels. */
  certainty: z.number(),
  labels: z.int(),
});
export type TasteMember = z.infer<typeof member>;

const dispute = z.object({
  instanceId: z.uuid(),
  target: z.string(),
  /** Each group's margin of the first completion over the second, in standard deviations of its rewards. */
  margins: z.array(z.number()),
});
export type TasteDispute = z.infer<typeof dispute>;

const fitted = z.object({
  kind: z.literal("fitted"),
  annotators: z.int(),
  labels: z.object({ train: z.int(), validation: z.int(), test: z.int() }),
  /** What more groups gained on validation labels over the best smaller number, in nats a label. */
  gains: z.array(z.object({ groups: z.int(), over: z.int(), gain: estimate })),
  /** One group: a single taste explains the labels as well as more. */
  groups: z.array(group).min(1),
  /** The lowest of the groups' accuracies, and the lowest of the single model's on the same groups. */
  worst: z.object({ accuracy: estimate, single: estimate }).nullable(),
  /** Those with the most labels, of several groups. */
  members: z.array(member),
  disputes: z.array(dispute),
});
export type FittedTastes = z.infer<typeof fitted>;

/** Whether a version's annotators have one taste or several, and whose. */
export const tasteMetrics = z.discriminatedUnion("kind", [
  fitted,
  z.object({ kind: z.literal("skipped"), reason: z.string() }),
]);
export type TasteMetrics = z.infer<typeof tasteMetrics>;

/** What a page shows of several groups beside their figures: names of people where they may be seen, and texts. */
export type TastesView = {
  members: (TasteMember & { name: string })[];
  /** Without instances that are gone. */
  disputes: (TasteDispute & { outsideId: string; prompt: string; completions: string[] })[];
};
