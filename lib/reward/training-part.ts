import type { TrainingPair } from "./training/data";

/** A fifth of the prompts of the train part validates: by digits of the hash that did not decide the split. */
export function partOf({ promptHash, split }: { promptHash: string; split: "train" | "test" }): TrainingPair["split"] {
  if (split === "test") return "test";
  return Number.parseInt(promptHash.slice(8, 16), 16) % 100 < 20 ? "validation" : "train";
}
