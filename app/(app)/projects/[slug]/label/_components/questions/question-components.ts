import type { ComponentType } from "react";
import type { LabelTypeName } from "@/lib/labels/schema";
import { BinaryQuestion } from "./binary-question";
import { ComparisonQuestion } from "./comparison-question";
import type { QuestionProps } from "./question-type";
import { RankingQuestion } from "./ranking-question";
import { RatingQuestion } from "./rating-question";
import { SpansQuestion } from "./spans-question";
import { StepsQuestion } from "./steps-question";

/** What the bar shows of a question. What is written stands in the panes of the completions alone. */
export const questionComponents: { [T in LabelTypeName]?: ComponentType<QuestionProps<T>> } = {
  comparison: ComparisonQuestion,
  ranking: RankingQuestion,
  rating: RatingQuestion,
  binary: BinaryQuestion,
  spans: SpansQuestion,
  steps: StepsQuestion,
};
