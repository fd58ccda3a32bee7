import type { PolicyPayload } from "./schema";

/**
 * What a policy becomes that has lost what it goes by. Where a reward model serves, its members' disagreement stands in for
 * what was learned, else the same share is drawn; a promise about AI's part that cannot be kept any more leaves AI nothing.
 * The dual share stays in any case, so that all can be judged again.
 */
export function fallBackOf(policy: PolicyPayload, hasModel: boolean): PolicyPayload {
  const { dualShare, lmWeight, seed } = policy;
  const same = { dualShare, lmWeight, seed };
  if (policy.kind !== "learned" && policy.kind !== "learned-per-cost") return { kind: "all-human", ...same };
  const { humanShare, pacing } = policy;
  return hasModel
    ? { kind: "uncertainty", humanShare, pacing, ...same, threshold: null, modelVersion: null }
    : { kind: "random", humanShare, pacing, ...same };
}
