import type { Submission } from "@/lib/labels/submit";
import type { Question, TaskSchema } from "@/lib/projects/schema";
import type { Answers } from "../schema";
import { onlyAspect } from "./answer-type";
import { answerTypes } from "./answer-types";
import type { AnswerLabel } from "./read-answers";

/** The labels of answers without faults, and what they answer. */
export function toLabels(
  { questions }: TaskSchema,
  answers: Answers,
  order: readonly number[],
): Pick<Submission, "answered"> & { labels: AnswerLabel[] } {
  return {
    answered: questions.flatMap((question) => aspectsOf(question).map((aspect) => ({ question: question.id, aspect }))),
    labels: questions.flatMap((question) => {
      const answer = answers[question.id];
      const parts = answer === undefined ? [] : answerTypes[question.type].toParts(question, answer, order);
      return parts.map((part) => ({ question: question.id, type: question.type, ...part }));
    }),
  };
}

function aspectsOf(question: Question): string[] {
  if ("aspects" in question) return question.aspects.map(({ id }) => id);
  return [question.type === "binary" ? question.kind : onlyAspect];
}
