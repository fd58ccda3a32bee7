import { z } from "zod";
import { labelWeight } from "@/lib/labels/schema";

const share = z.number().min(0, "must be at least 0").max(1, "must be at most 1");
const humanShare = share.describe("Share of the instances that go to people, of those that do not go to both: 0 to 1");

const settings = {
  dualShare: share.describe("Share of the instances that go to people and to AI, drawn before anything else: 0 to 1"),
  lmWeight: labelWeight.describe("What an AI's vote counts in a consensus, where a person's counts 1"),
  seed: z.int().min(0).max(2_147_483_647).describe("Seed of the draws; each version of the policy draws anew"),
};

/**
 * The cut of an uncertainty policy, made from the scores at the time it was applied: a higher score goes to people, a
 * lower one to AI, and an equal one to people with probability `share`.
 */
const threshold = z.strictObject({ score: z.number(), share });
export type Threshold = z.infer<typeof threshold>;

/**
 * A routing configuration as it is stored. `all-human`, `all-ai` and `random` look at no instance; `uncertainty` sends
 * those to people on which the members of the reward model disagree most. `threshold` is null when nothing was scored.
 */
export const policyPayload = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("all-human"), ...settings }),
  z.strictObject({ kind: z.literal("all-ai"), ...settings }),
  z.strictObject({ kind: z.literal("random"), humanShare, ...settings }),
  z.strictObject({ kind: z.literal("uncertainty"), humanShare, ...settings, threshold: threshold.nullable() }),
]);
export type PolicyPayload = z.infer<typeof policyPayload>;
export type PolicyKind = PolicyPayload["kind"];

/** A stored configuration with its version, which its draws depend on. */
export type Policy = PolicyPayload & { version: number };

/** The policy that every project starts with. */
export const firstPolicy: PolicyPayload = { kind: "all-human", dualShare: 0, lmWeight: 0.5, seed: 1 };

const left = z.object(settings).partial().shape;

/** A policy as it is asked for. Settings that are left out stay as they are; the cut is found when it is applied. */
export const policyInput = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("all-human"), ...left }),
  z.strictObject({ kind: z.literal("all-ai"), ...left }),
  z.strictObject({ kind: z.literal("random"), humanShare, ...left }),
  z.strictObject({ kind: z.literal("uncertainty"), humanShare, ...left }),
]);
export type PolicyInput = z.infer<typeof policyInput>;

export const applyPolicyInput = z.strictObject({
  policy: policyInput,
  basedOn: z
    .int()
    .min(1)
    .optional()
    .describe("The current version that you looked at; the call is refused when there is a later one"),
});
export type ApplyPolicyInput = z.infer<typeof applyPolicyInput>;

const routeCounts = z.object({ human: z.int(), lm: z.int(), dual: z.int() });
/** Instances by route. */
export type RouteCounts = z.infer<typeof routeCounts>;

/** What the routing of a project's open instances came to. */
export const routeResult = z.object({
  /** Every open instance by the route it has now. */
  routes: routeCounts,
  /** Of them, those that go elsewhere than before. */
  changed: z.int(),
  /** Instances whose consensus was recomputed. */
  reweighed: z.int(),
});
export type RouteResult = z.infer<typeof routeResult>;

/** Payload of a run of kind "route". */
export const routePayload = z.strictObject({ version: z.int(), redraw: z.boolean(), reweigh: z.boolean() });
export type RoutePayload = z.infer<typeof routePayload>;

/** `result` is null when there are so many instances that a run routes them: `runId`. */
export const policyApplied = z.object({
  version: z.int(),
  result: routeResult.nullable(),
  runId: z.uuid().nullable(),
});
export type PolicyApplied = z.infer<typeof policyApplied>;
