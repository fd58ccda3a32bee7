import type { LabelTypeName } from "@/lib/labels/schema";
import { comparison } from "./comparison";
import type { AnyQuestionType } from "./question-type";

export const questionTypes: Partial<Record<LabelTypeName, AnyQuestionType>> = {
  comparison,
};
