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
