import type { LabelTypeName } from "@/lib/labels/schema";

/** How each type of question is called in English, for those that do not take it from `projects.types` yet. */
export const typeWords: Record<LabelTypeName, string> = {
  comparison: "Comparison",
  ranking: "Ranking",
  rating: "Rating",
  binary: "Yes or no",
  spans: "Spans",
  steps: "Steps",
  critique: "Critique",
};
