import { hash } from "node:crypto";
import type { RouteKind } from "@/lib/db/generated/enums";
import { inLocale } from "@/lib/say";
import { reasonOf } from "./reason";
import type { Policy, PolicyKind, Threshold } from "./schema";

/**
 * An instance as a policy sees it. `score` is what the policy ranks by, null while nothing has scored it, and `because`
 * through which of its characteristics, in words, largest first. AI reads texts alone: one with images can only go to
 * people.
 */
export type Candidate = { id: string; score: number | null; because?: readonly Because[]; hasImages: boolean };
export type Because = { words: string; gain: number };

export type Decision = {
  route: RouteKind;
  /** Probability with which the policy chose this route. */
  propensity: number;
  /** What the choice was made by; null where the policy looked at no score. */
  score: number | null;
  /** In English, to be stored; `reasonOf` says it in the language of a request. */
  reason: string;
};

type RankingKind = "uncertainty" | "learned" | "learned-per-cost";

export type Propensities = Record<RouteKind, number>;

/**
 * Who is to label an instance. Both are drawn first, with the policy's dual share whatever the score, so that the dual
 * sample is a random one; the rest goes to people or AI as the kind of policy says.
 *
 * The draws are a hash of seed, version and instance: the same whenever, wherever and in whichever order they are made.
 * The version is part of it because instances that are still unlabelled under a later policy are those that earlier
 * draws sent to the slower side; drawn by the same numbers again, their propensities would be untrue.
 */
export function decide(policy: Policy, instance: Candidate): Decision {
  if (instance.hasImages) {
    return { route: "human", propensity: 1, score: null, reason: storedReason(policy, instance, "human") };
  }
  const propensities = routePropensities(policy, instance);
  const [first, second] = drawsOf(policy, instance.id);
  const peopleShare = peopleShareOf(policy, instance);
  const route = first < policy.dualShare ? "dual" : second < peopleShare ? "human" : "lm";
  const score = ranks(policy) ? instance.score : null;
  return { route, propensity: propensities[route], score, reason: storedReason(policy, instance, route) };
}

/** Why, as it is stored with the decision: in the same language for everybody. */
function storedReason(policy: Policy, instance: Candidate, route: RouteKind): string {
  return inLocale("en", () => reasonOf(policy, instance, route));
}

/** The probabilities with which a policy sends an instance each way; they sum to 1. */
export function routePropensities(policy: Policy, instance: Candidate): Propensities {
  if (instance.hasImages) return { dual: 0, human: 1, lm: 0 };
  const people = peopleShareOf(policy, instance);
  const rest = 1 - policy.dualShare;
  return { dual: policy.dualShare, human: rest * people, lm: rest * (1 - people) };
}

/** Whether a policy ranks instances by a score. */
export function ranks<T extends { kind: PolicyKind }>(policy: T): policy is Extract<T, { kind: RankingKind }> {
  return policy.kind === "uncertainty" || policy.kind === "learned" || policy.kind === "learned-per-cost";
}

/**
 * The cut that sends `humanShare` of the scores, the highest, to people; null without scores. Where several instances
 * have the score at the cut, as many of them are drawn as the share still wants.
 */
export function thresholdOf(scores: Float64Array, humanShare: number): Threshold | null {
  if (scores.length === 0) return null;
  const descending = scores.toSorted().reverse();
  const wanted = Math.round(humanShare * descending.length);
  const score = descending[Math.max(0, wanted - 1)]!;
  const above = descending.indexOf(score);
  const upTo = descending.lastIndexOf(score) + 1;
  return { score, share: (wanted - above) / (upTo - above) };
}

/** Probability of going to people for an instance that was not drawn for both. */
function peopleShareOf(policy: Policy, { score }: Candidate): number {
  switch (policy.kind) {
    case "all-human":
      return 1;
    case "all-ai":
    case "confidence":
    case "cascade":
      // A judge labels first; its confidence decides later (escalationsOf).
      return 0;
    case "random":
      return policy.humanShare;
    case "uncertainty":
    case "learned":
    case "learned-per-cost": {
      const { threshold } = policy;
      if (score === null || threshold === null) return policy.humanShare;
      return score > threshold.score ? 1 : score < threshold.score ? 0 : threshold.share;
    }
  }
}

/** Two independent numbers in [0, 1): the first draws both, the second a side. */
function drawsOf({ seed, version }: Policy, instanceId: string): [number, number] {
  const digest = hash("sha256", `${seed} ${version} ${instanceId}`, "buffer");
  return [digest.readUIntBE(0, 6) / 2 ** 48, digest.readUIntBE(6, 6) / 2 ** 48];
}
