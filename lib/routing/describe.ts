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
  }
}
