import { z } from "zod";
import { figure } from "../learn/schema";
import { policyKindNames } from "../policy-kinds";

/** What is wanted of a policy with a share: to spend so much, or to reach a quality for as little as possible. */
export const planGoal = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("spend"),
    micros: z.int().min(0).describe("Millionths of the project's currency, for all that is open now"),
  }),
  z.strictObject({
    kind: z.literal("reach"),
    labelAccuracy: z.number().min(0).max(1).describe("Share of labels that people's consensus confirms"),
  }),
]);
export type PlanGoal = z.infer<typeof planGoal>;

export const planInput = z.strictObject({
  policy: z.enum(policyKindNames).extract(["random", "uncertainty", "learned", "learned-per-cost"]),
  goal: planGoal,
});
export type PlanInput = z.infer<typeof planInput>;

/** What a plan will buy, before it is applied. */
export const plan = z.object({
  humanShare: z.number(),
  open: z.int(),
  /** Instances people would label, and AI would. */
  people: z.int(),
  ai: z.int(),
  costMicros: z.number(),
  /** Of a person's label and of a judge's, per instance. */
  humanMicros: z.number(),
  judgeMicros: z.number(),
  labelAccuracy: figure.nullable(),
  rewardAccuracy: figure.nullable(),
  /** The plan in words, or why the goal is out of reach and what is nearest. */
  sentence: z.string(),
  isReached: z.boolean(),
});
export type Plan = z.infer<typeof plan>;

/** A budget that the share for people follows: every day it becomes what the rest of the money buys until the last day. */
export const pacing = z
  .strictObject({
    micros: z.int().min(1).describe("Millionths of the project's currency, for labels by people and judges"),
    startsOn: z.iso.date().describe("The first day, in UTC"),
    endsOn: z.iso.date().describe("The last day"),
  })
  .refine(({ startsOn, endsOn }) => startsOn <= endsOn, { message: "must not be before startsOn", path: ["endsOn"] });
export type Pacing = z.infer<typeof pacing>;
