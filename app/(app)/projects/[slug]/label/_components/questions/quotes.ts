import type { Answer, AnswerOf, Answers, AssignmentView } from "@/lib/assignments/schema";
import type { Question, QuestionOf } from "@/lib/projects/schema";
import { followQuotes, orderQuotes } from "@/lib/text/quotes";
import { writtenOf, type Written } from "./critique";
import type { MarkedSpan, SpansAnswer } from "./spans";

/** The spans that the critique of a completion can quote, on it and on what it answers; none where it may quote nothing. */
export function quotable({ quotes }: QuestionOf<"critique">, answers: Answers, completion: number): MarkedSpan[] {
  const marked = quotes === undefined ? undefined : (answers[quotes] as SpansAnswer | undefined);
  return marked?.spans.filter(({ on }) => on === completion || typeof on !== "number") ?? [];
}

/** The answer with one more quote for a completion, or without that one. */
export function toggleQuote(
  answer: AnswerOf<"critique"> | undefined,
  assignment: Pick<AssignmentView, "completions">,
  completion: number,
  id: string,
): AnswerOf<"critique"> {
  return mapQuotes({ completions: writtenOf(answer, assignment) }, (quotes, position) => {
    if (position !== completion) return quotes;
    return quotes.includes(id) ? quotes.filter((one) => one !== id) : orderQuotes([...quotes, id]);
  });
}

/** The answers with another one to a question. Quotes go where their spans go. */
export function withAnswer(questions: readonly Question[], before: Answers, id: string, answer: Answer): Answers {
  return withQuotes(questions, before, { ...before, [id]: answer });
}

/** The answers without that to a question. Quotes go with their spans. */
export function withoutAnswer(questions: readonly Question[], before: Answers, id: string): Answers {
  const { [id]: _, ...after } = before;
  return withQuotes(questions, before, after);
}

function withQuotes(questions: readonly Question[], before: Answers, after: Answers): Answers {
  const followed = questions.flatMap((question) => {
    if (question.type !== "critique" || question.quotes === undefined || !after[question.id]) return [];
    const critique = mapQuotes(after[question.id] as AnswerOf<"critique">, (quotes, completion) =>
      followQuotes(quotes, quotable(question, before, completion), quotable(question, after, completion)),
    );
    return [[question.id, critique] as const];
  });
  return { ...after, ...Object.fromEntries(followed) };
}

/** Other quotes for the completions; the field is left out where there are none, as answers of the server have it. */
function mapQuotes(
  { completions }: AnswerOf<"critique">,
  change: (quotes: string[], completion: number) => string[],
): AnswerOf<"critique"> {
  return {
    completions: completions.map(({ quotes: before = [], ...written }, completion): Written => {
      const quotes = change(before, completion);
      return quotes.length === 0 ? written : { ...written, quotes };
    }),
  };
}
