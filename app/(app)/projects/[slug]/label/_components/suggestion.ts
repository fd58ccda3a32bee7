import type { Translate } from "@/app/i18n/translate";
import type { Answer, AnswerOf, Answers } from "@/lib/assignments/schema";
import { chooseAgain, choiceIn } from "@/lib/assignments/reasons/schema";
import type { ComparisonQuestion, Question } from "@/lib/projects/schema";
import { wordAnswer } from "./answer-words";
import { isSame } from "./same";

/** What AI suggests to answer, in words: "A much better", or "Helpful: A 4, B 2; Clear: A 5, B 5". */
export function wordSuggestion(question: Question, answer: Answer, t: Translate<"label">): string {
  const said = (answerOrPart: unknown): string =>
    wordAnswer(
      {
        ...{ question: question.id, aspect: "", type: question.type, answer: answerOrPart },
        ...(question.type === "comparison" && { scale: question.scale, words: question }),
      } as Parameters<typeof wordAnswer>[0],
      t,
    );
  if (!("aspects" in question)) return said(answer);
  const parts = question.aspects.flatMap(({ id, name }) => {
    const part = (answer as Record<string, unknown>)[id];
    return part === undefined ? [] : [{ name, words: said(part) }];
  });
  return question.aspects.length === 1
    ? parts.map(({ words }) => words).join()
    : parts.map((part) => t("list.named", part)).join(t("list.semicolon"));
}

/** "AI marked 3 places", or "AI suggests: A better". */
export function wordWhatAiSays(question: Question, answer: Answer, t: Translate<"label">): string {
  if (question.type !== "spans") return t("suggestion.says", { words: wordSuggestion(question, answer, t) });
  return t("suggestion.marked", { count: (answer as AnswerOf<"spans">).spans.length });
}

/** The answer that follows a suggestion: aspects about which AI says nothing, and texts looked through, stay. */
export function following(question: Question, before: Answer | undefined, suggested: Answer): Answer {
  if (question.type === "comparison")
    return followChoices(question, before as AnswerOf<"comparison"> | undefined, suggested as AnswerOf<"comparison">);
  if ("aspects" in question) return { ...before, ...suggested } as Answer;
  if (question.type !== "spans") return suggested;
  const { covered } = (before as AnswerOf<"spans"> | undefined) ?? { covered: [] };
  return { ...(suggested as AnswerOf<"spans">), covered };
}

/** Reasons that a person ticked stay where the suggestion prefers the same completion. */
function followChoices(
  { aspects, scale }: ComparisonQuestion,
  before: AnswerOf<"comparison"> | undefined,
  suggested: AnswerOf<"comparison">,
): Answer {
  const followed = aspects.flatMap((aspect) => {
    const choice = suggested[aspect.id];
    if (choice === undefined) return [];
    return [[aspect.id, chooseAgain(before?.[aspect.id], choiceIn(choice), { scale, aspect })] as const];
  });
  return { ...before, ...Object.fromEntries(followed) };
}

/** Whether an answer says what is suggested. */
export function isFollowed(question: Question, answers: Answers, suggested: Answer): boolean {
  const answer = answers[question.id];
  if (answer === undefined) return false;
  if (question.type !== "spans") return isSame(answer, following(question, answer, suggested));
  const marks = ({ spans }: AnswerOf<"spans">) =>
    spans.map(({ on, start, end, category, severity = "" }) => [on, start, end, category, severity].join(" ")).sort();
  return isSame(marks(answer as AnswerOf<"spans">), marks(suggested as AnswerOf<"spans">));
}
