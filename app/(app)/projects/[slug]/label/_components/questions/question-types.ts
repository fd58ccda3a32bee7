import type { LabelTypeName } from "@/lib/labels/schema";
import { comparison } from "./comparison";
import type { AnyQuestionType } from "./question-type";
import { spans } from "./spans";

export const questionTypes: Partial<Record<LabelTypeName, AnyQuestionType>> = {
  comparison,
  spans,
};
