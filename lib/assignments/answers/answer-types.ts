import type { Fault } from "@/lib/errors";
import type { LabelPayload, LabelTypeName } from "@/lib/labels/schema";
import type { Question } from "@/lib/projects/schema";
import type { Answer } from "../schema";
import type { Shown } from "./answer-type";
import { binary } from "./binary";
import { comparison } from "./comparison";
import { critique } from "./critique";
import { ranking } from "./ranking";
import { rating } from "./rating";
import { spans } from "./spans";
import { steps } from "./steps";

/** AnswerType of a question whose type is known only when it runs; question, answer and labels must be of one type. */
type AnyAnswerType = {
  check(question: Question, answer: Answer, shown: Shown): Fault[];
  toParts(question: Question, answer: Answer, order: readonly number[]): { aspect: string; payload: LabelPayload }[];
  fromParts(parts: readonly { aspect: string; payload: LabelPayload }[], order: readonly number[]): Answer | null;
  fit?(question: Question, answer: Answer, shown: Shown): Answer;
};

export const answerTypes: Record<LabelTypeName, AnyAnswerType> = {
  comparison,
  ranking,
  rating,
  binary,
  spans,
  steps,
  critique,
};
