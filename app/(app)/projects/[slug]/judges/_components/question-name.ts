import type { Question } from "@/lib/projects/schema";
import type { QuestionNames } from "./setting-words";

/** What a question is called: some have a name, the others their aspects'. */
export function nameQuestion(question: Question): string {
  return "name" in question ? question.name : question.aspects.map(({ name }) => name).join(", ");
}

export function namesOf(questions: readonly Question[]): QuestionNames {
  return Object.fromEntries(questions.map((question) => [question.id, nameQuestion(question)]));
}
