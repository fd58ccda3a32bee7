import type { PolicyPayload } from "./schema";

/** A policy in one sentence. */
export function describePolicy(policy: PolicyPayload): string {
  const both = policy.dualShare > 0 ? ` Keep ${formatShare(policy.dualShare)} dual: labelled by people and AI.` : "";
  return `${describeKind(policy)}${both}`;
}

/** A share as a percentage with as many digits as it has, three at most. */
export function formatShare(share: number): string {
  return `${Number((share * 100).toPrecision(3))} %`;
}

function wordPromise({ alpha, delta, fitVersion }: { alpha: number; delta: number; fitVersion: number }): string {
  return `for at most ${formatShare(alpha)} errors in AI's part with a probability of ${formatShare(1 - delta)} (fit ${fitVersion})`;
}

function describeKind(policy: PolicyPayload): string {
  switch (policy.kind) {
    case "all-human":
      return "Send every instance to people.";
    case "all-ai":
      return "Send every instance to AI.";
    case "random":
      return `Send ${formatShare(policy.humanShare)} to people, drawn at random, and the rest to AI.`;
    case "uncertainty":
      return `Send ${formatShare(policy.humanShare)} to people, those on which the reward model's members disagree most, and the rest to AI.`;
    case "learned":
      return `Send ${formatShare(policy.humanShare)} to people, those on which a person's label gains most by fit ${policy.fitVersion}, and the rest to AI.`;
    case "learned-per-cost":
      return `Send ${formatShare(policy.humanShare)} to people, those on which a person's label gains most for its price by fit ${policy.fitVersion}, and the rest to AI.`;
    case "confidence":
      return `Send every instance to AI, and on to people where the judge is not confident enough ${wordPromise(policy)}.`;
    case "cascade":
      return `Send every instance to one judge, on to a second where the first is not confident enough, and on to people where neither is ${wordPromise(policy)}.`;
  }
}
