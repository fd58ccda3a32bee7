import type { LabelTypeName } from "@/lib/labels/schema";

/** How each type of question is called. */
export const typeWords: Record<LabelTypeName, string> = {
  comparison: "Comparison",
  ranking: "Ranking",
  rating: "Rating",
  binary: "Yes or no",
  spans: "Spans",
  steps: "Steps",
  critique: "Critique",
};
