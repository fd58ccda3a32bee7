/** Parts of a version that can fail without the rest of it: its main heads are not among them. */
export const failedParts = [
  "gate",
  "tastes",
  "preference",
  "dense",
  "noise",
  "evaluation",
  "one-to-many",
  "consistency",
  "comparison",
] as const;
export type FailedPart = (typeof failedParts)[number];

/** What a version does without, as the beginning of a sentence. */
export const failedPartWords: Record<FailedPart, string> = {
  gate: "The weights of the aspects",
  tastes: "The groups of annotators",
  preference: "The general preference head",
  dense: "The heads for segments and steps",
  noise: "The search for labels that may be wrong",
  evaluation: "The figures beyond accuracy",
  "one-to-many": "One right answer among wrong ones, and the best of n",
  consistency: "Prompts that resemble each other",
  comparison: "The comparison with the version that serves",
};

/** What to do about parts that failed. */
export const failedPartsAdvice =
  "The rest of the version is whole and can serve. Do what the reasons say, then train again: what was learned and measured is made anew, and texts that are encoded stay so.";
