/** Every kind of policy, plainest first. */
export const policyKindNames = [
  "all-human",
  "all-ai",
  "random",
  "uncertainty",
  "confidence",
  "learned",
  "learned-per-cost",
  "cascade",
] as const;
