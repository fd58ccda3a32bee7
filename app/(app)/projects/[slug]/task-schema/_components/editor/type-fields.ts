import type { LabelTypeName } from "@/lib/labels/schema";
import type { Question, QuestionOf } from "@/lib/projects/schema";
import type { Change } from "./editable-list";

export type TypeFieldsProps<T extends LabelTypeName> = {
  question: QuestionOf<T>;
  path: string;
  onChange: Change<QuestionOf<T>>;
};

/** TypeFieldsProps of a question whose type is known only when it runs. */
export type AnyTypeFieldsProps = { question: Question; path: string; onChange: Change<Question> };
