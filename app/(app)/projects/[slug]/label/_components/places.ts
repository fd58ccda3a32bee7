import type { Translate } from "@/app/i18n/translate";
import type { Answers, AssignmentView } from "@/lib/assignments/schema";
import { isAsked } from "@/lib/assignments/asked/schema";
import type { Question } from "@/lib/projects/schema";
import { letterOf } from "@/lib/text/letter";
import type { Part } from "./questions/question-type";
import { questionTypes } from "./questions/question-types";

/** A part of a question, among those of all questions. */
export type Place = Part & { question: Question; part: number };

/** Everything that an assignment asks, in order. */
export function placesOf(assignment: AssignmentView): Place[] {
  return assignment.schema.questions.flatMap((question) => {
    const parts = questionTypes[question.type].parts(question, assignment);
    return parts.map((one, part) => ({ ...one, question, part }));
  });
}

/** Whether this place has its answer, or is not asked for one with these answers. */
export function isAnswered({ question, part }: Place, assignment: AssignmentView, answers: Answers): boolean {
  if (!isAsked(question, assignment.schema.questions, answers)) return true;
  const given = { question, answer: answers[question.id], assignment };
  return questionTypes[question.type].isAnswered(given, part);
}

/** What a place is called, such as "Helpful of A" or "Steps of A, step 3". */
export function wordPlace({ name, completion, detail }: Part, t: Translate<"label">): string {
  const whole = completion === null ? name : t("of", { name, letter: letterOf(completion) });
  if (detail === undefined) return whole;
  return detail === "rewrite" ? t("answers.rewrite", { whole }) : t("answers.step", { whole, step: detail });
}
