import type { Question } from "@/lib/projects/schema";
import type { Answers } from "../schema";

/** Whether a question is asked once these answers are given: it has no condition, or that is met by what was asked. */
export function isAsked({ when }: Question, questions: readonly Question[], answers: Answers): boolean {
  if (when === undefined) return true;
  const source = questions.find(({ id }) => id === when.question);
  if (!source || !isAsked(source, questions, answers)) return false;
  const given = valuesOf(source, answers, when.aspect);
  return when.is.some((value) => given.includes(value));
}

/** The answers to what is asked. Those to other questions are kept as drafts, but say nothing. */
export function askedAnswers(questions: readonly Question[], answers: Answers): Answers {
  const asked = questions.filter((one) => answers[one.id] !== undefined && isAsked(one, questions, answers));
  return Object.fromEntries(asked.map(({ id }) => [id, answers[id]!]));
}

/** What was said of any completion, on the aspect or on any. */
function valuesOf({ id, type }: Question, answers: Answers, aspect: string | undefined): unknown[] {
  const answer: Record<string, unknown> = answers[id] ?? {};
  // Whether an answer has the shape of its question is checked elsewhere.
  const part = type === "binary" ? "values" : aspect;
  return part === undefined ? Object.values(answer).flat() : [answer[part]].flat();
}
