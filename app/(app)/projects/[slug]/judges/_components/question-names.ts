import type { Question } from "@/lib/projects/schema";
import { nameOfQuestion } from "@/lib/text/question-name";
import type { QuestionNames } from "./setting-words";

export function namesOf(questions: readonly Question[]): QuestionNames {
  return Object.fromEntries(questions.map((question) => [question.id, nameOfQuestion(question)]));
}
