import type { LabelTypeName } from "@/lib/labels/schema";
import { binary } from "./binary";
import { comparison } from "./comparison";
import { critique } from "./critique";
import type { AnyQuestionType } from "./question-type";
import { ranking } from "./ranking";
import { rating } from "./rating";
import { spans } from "./spans";
import { steps } from "./steps";

export const questionTypes: Record<LabelTypeName, AnyQuestionType> = {
  comparison,
  ranking,
  rating,
  binary,
  spans,
  steps,
  critique,
};
