import type { ComponentType } from "react";
import type { LabelTypeName } from "@/lib/labels/schema";
import { ComparisonQuestion } from "./comparison-question";
import type { QuestionProps } from "./question-type";
import { SpansQuestion } from "./spans-question";

export const questionComponents: { [T in LabelTypeName]?: ComponentType<QuestionProps<T>> } = {
  comparison: ComparisonQuestion,
  spans: SpansQuestion,
};
