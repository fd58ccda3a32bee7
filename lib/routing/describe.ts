import { say } from "@/lib/say";
import type { PolicyPayload } from "./schema";

/** A policy in one sentence. */
export function describePolicy(policy: PolicyPayload): string {
  const kind = describeKind(policy);
  if (policy.dualShare === 0) return kind;
  return say`${kind} Keep ${formatShare(policy.dualShare)} dual: labelled by people and AI.`;
}

/** A share as a percentage with as many digits as it has, three at most. */
export function formatShare(share: number): string {
  return `${Number((share * 100).toPrecision(3))} %`;
}

function describeKind(policy: PolicyPayload): string {
  switch (policy.kind) {
    case "all-human":
      return say`Send every instance to people.`;
    case "all-ai":
      return say`Send every instance to AI.`;
    case "random":
      return say`Send ${formatShare(policy.humanShare)} to people, drawn at random, and the rest to AI.`;
    case "uncertainty":
      return say`Send ${formatShare(policy.humanShare)} to people, those on which the reward model's members disagree most, and the rest to AI.`;
    case "learned":
      return say`Send ${formatShare(policy.humanShare)} to people, those on which a person's label gains most by fit ${policy.fitVersion}, and the rest to AI.`;
    case "learned-per-cost":
      return say`Send ${formatShare(policy.humanShare)} to people, those on which a person's label gains most for its price by fit ${policy.fitVersion}, and the rest to AI.`;
    case "confidence":
      return say`Send every instance to AI, and on to people where the judge is not confident enough for at most ${formatShare(policy.alpha)} errors in AI's part with a probability of ${formatShare(1 - policy.delta)} (fit ${policy.fitVersion}).`;
    case "cascade":
      return say`Send every instance to one judge, on to a second where the first is not confident enough, and on to people where neither is for at most ${formatShare(policy.alpha)} errors in AI's part with a probability of ${formatShare(1 - policy.delta)} (fit ${policy.fitVersion}).`;
  }
}
