import type { AnswerOf, AssignmentView } from "@/lib/assignments/schema";
import type { QuestionOf } from "@/lib/projects/schema";
import type { QuestionType } from "./question-type";

export type Written = AnswerOf<"critique">["completions"][number];
type Field = "text" | "rewrite";

/** A text about each completion, and where that is asked a better version of it. Keys type. */
export const critique: QuestionType<"critique"> = {
  parts: ({ name, definition, rewrite }, { completions }) =>
    completions.flatMap((_, completion) => {
      const text = { name, definition, completion };
      return rewrite === "off" ? [text] : [text, { ...text, detail: "rewrite" }];
    }),
  isAnswered({ question, answer, assignment }, part) {
    const { completion, field } = fieldAt(question, part);
    const written = writtenOf(answer, assignment)[completion]!;
    const isAsked = question.isRequired || !isBlank(written.text);
    const isNeeded = field === "text" ? needsText(question, written) : question.rewrite === "required" && isAsked;
    return !isNeeded || !isBlank(written[field]);
  },
  onKey: () => null,
};

/** Whether something has to be written about a completion: what quotes a span says something of it. */
export function needsText({ isRequired }: Pick<QuestionOf<"critique">, "isRequired">, { quotes }: Written): boolean {
  return isRequired || quotes !== undefined;
}

/** The part of the question that a field about a completion is. */
export function partOf({ rewrite }: Pick<QuestionOf<"critique">, "rewrite">, completion: number, field: Field): number {
  return rewrite === "off" ? completion : 2 * completion + (field === "text" ? 0 : 1);
}

function fieldAt({ rewrite }: QuestionOf<"critique">, part: number): { completion: number; field: Field } {
  if (rewrite === "off") return { completion: part, field: "text" };
  return { completion: Math.floor(part / 2), field: part % 2 === 0 ? "text" : "rewrite" };
}

/** What was written about every completion shown. */
export function writtenOf(
  answer: AnswerOf<"critique"> | undefined,
  { completions }: Pick<AssignmentView, "completions">,
): Written[] {
  return completions.map((_, position) => answer?.completions[position] ?? { text: "", rewrite: null });
}

/** The answer with something else written about one completion. */
export function write(
  answer: AnswerOf<"critique"> | undefined,
  assignment: Pick<AssignmentView, "completions">,
  completion: number,
  change: Partial<Written>,
): AnswerOf<"critique"> {
  const all = writtenOf(answer, assignment);
  return { completions: all.map((one, position) => (position === completion ? { ...one, ...change } : one)) };
}

/** A completion's text as a text box holds it, whose lines end in one way. */
export function editable(text: string): string {
  return text.replaceAll(/\r\n?/g, "\n");
}

function isBlank(text: string | null): boolean {
  return text === null || text.trim() === "";
}
