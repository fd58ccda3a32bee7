import type { AnswerOf, AssignmentView } from "@/lib/assignments/schema";
import { pointNames } from "@/lib/projects/scales/schema";
import type { QuestionOf, RatingScale } from "@/lib/projects/schema";
import type { QuestionType } from "./question-type";

type Value = number | string;

/** A value for each completion on each aspect: aspect by aspect, through its completions. */
export const rating: QuestionType<"rating"> = {
  parts: ({ aspects }, { completions }) =>
    aspects.flatMap(({ name, definition }) => completions.map((_, completion) => ({ name, definition, completion }))),
  isAnswered({ question, answer, assignment }, part) {
    const { aspect, completion } = placeOf(question, assignment, part);
    const value = answer?.[aspect]?.[completion] ?? null;
    return question.scale.kind === "range" && typeof value === "number"
      ? isInRange(question.scale, value)
      : value !== null;
  },
  onKey(key, { question, answer, assignment }, part) {
    const option = optionsOf(question.scale).find((one) => one.key === key);
    if (!option) return null;
    const { aspect, completion } = placeOf(question, assignment, part);
    return { answer: rate(answer, { aspect, completion, value: option.value, assignment }) };
  },
};

export type RatingOption = { value: Value; words: string; key: string };

/** What can be chosen on a scale of points or categories; nothing on a range, whose numbers are typed. */
export function optionsOf(scale: RatingScale): RatingOption[] {
  switch (scale.kind) {
    case "points":
      return pointNames(scale).map((meaning, index) => {
        const words = meaning === "" ? String(index + 1) : `${index + 1}, ${meaning}`;
        // The tenth point is on the key after 9.
        return { value: index + 1, words, key: String((index + 1) % 10) };
      });
    case "categories":
      return scale.categories.map(({ value, name }, index) => ({ value, words: name, key: String(index + 1) }));
    case "range":
      return [];
  }
}

/** Whether a number that was typed is one of the range. */
export function isInRange({ min, max, step }: Extract<RatingScale, { kind: "range" }>, value: number): boolean {
  const steps = (value - min) / step;
  // Steps such as 0.1 are not exact in binary.
  return value >= min && value <= max && (value === max || Math.abs(steps - Math.round(steps)) < 1e-6);
}

type Rated = { aspect: string; completion: number; value: Value | null; assignment: AssignmentView };

/** The answer with another value for one completion on one aspect. */
export function rate(
  answer: AnswerOf<"rating"> | undefined,
  { aspect, completion, value, assignment }: Rated,
): AnswerOf<"rating"> {
  const before = answer?.[aspect] ?? [];
  const values = assignment.completions.map((_, position) =>
    position === completion ? value : (before[position] ?? null),
  );
  return { ...answer, [aspect]: values };
}

function placeOf({ aspects }: QuestionOf<"rating">, { completions }: AssignmentView, part: number) {
  return { aspect: aspects[Math.floor(part / completions.length)]!.id, completion: part % completions.length };
}
