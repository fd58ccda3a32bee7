import type { AnswerOf, AssignmentView } from "@/lib/assignments/schema";
import type { QuestionOf } from "@/lib/projects/schema";
import type { QuestionType } from "./question-type";

/** Yes or no for each completion. */
export const binary: QuestionType<"binary"> = {
  parts: ({ name, definition }, { completions }) =>
    completions.map((_, completion) => ({ name, definition, completion })),
  isAnswered: ({ answer }, part) => answer?.values[part] != null,
  onKey(key, { question, answer, assignment }, part) {
    const option = optionsOf(question).find((one) => one.key === key);
    return option ? { answer: decide(answer, { completion: part, value: option.value, assignment }) } : null;
  },
};

export function optionsOf({ kind }: Pick<QuestionOf<"binary">, "kind">) {
  const isThumb = kind === "thumb";
  return [
    { value: true, said: isThumb ? "thumbUp" : "yes", key: "1" },
    { value: false, said: isThumb ? "thumbDown" : "no", key: "2" },
  ] as const;
}

/** The answer with another value for one completion. */
export function decide(
  answer: AnswerOf<"binary"> | undefined,
  { completion, value, assignment }: { completion: number; value: boolean; assignment: AssignmentView },
): AnswerOf<"binary"> {
  const values = assignment.completions.map((_, position) =>
    position === completion ? value : (answer?.values[position] ?? null),
  );
  return { values };
}
