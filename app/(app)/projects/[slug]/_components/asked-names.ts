import type { Translate } from "@/app/i18n/translate";
import type { LabelTypeName } from "@/lib/labels/schema";
import type { Question, QuestionOf } from "@/lib/projects/schema";
import { isolate } from "@/lib/text/direction";
import { optionsOf } from "../label/_components/questions/rating";

type Answered = { question: string; type: LabelTypeName; aspect: string };

/** The names of a question and of the aspect that was answered, as the task schema has them, else their ids. */
export function namesOfAnswered(
  question: Question | undefined,
  { question: id, type, aspect }: Answered,
  types: Translate<"projects.types">,
): { question: string; aspect: string } {
  if (question === undefined) return { question: id, aspect };
  if ("name" in question) return { question: question.name, aspect: "" };
  return { question: types(type), aspect: question.aspects.find((one) => one.id === aspect)?.name ?? aspect };
}

/** What was asked in a few words: the aspect of a question that has several, else the question. */
export function nameAsked(
  question: Question | undefined,
  { question: id, aspect }: Pick<Answered, "question" | "aspect">,
  t: Translate<"projects.labels">,
): string {
  if (question === undefined)
    return aspect === "overall" || aspect === id ? id : t("questionOn", { question: id, aspect });
  if ("name" in question) return isolate(question.name);
  return isolate(question.aspects.find((one) => one.id === aspect)?.name ?? aspect);
}

export type SpanCategories = QuestionOf<"spans">["categories"];

/** The categories of a question about spans, or of the one among `questions` whose spans a critique quotes. */
export function spanCategoriesOf(question: Question | undefined, questions: readonly Question[] = []): SpanCategories {
  if (question?.type === "spans") return question.categories;
  const quoted = question?.type === "critique" ? question.quotes : undefined;
  return quoted === undefined ? [] : spanCategoriesOf(questions.find(({ id }) => id === quoted));
}

/** What a category is called; one that is not asked for by its id. */
export function nameCategory(categories: SpanCategories, id: string): string {
  return isolate(categories.find((one) => one.id === id)?.name ?? id);
}

/** A value in the words of its scale, such as "4, clear" or the name of a category. */
export function wordValue(question: Question | undefined, value: number | string): string {
  const options = question?.type === "rating" ? optionsOf(question.scale) : [];
  return isolate(options.find((option) => option.value === value)?.words ?? String(value));
}
