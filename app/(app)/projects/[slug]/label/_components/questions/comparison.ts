import type { Choice } from "@/lib/assignments/schema";
import { chooseAgain } from "@/lib/assignments/reasons/schema";
import type { QuestionType } from "./question-type";

export const comparison: QuestionType<"comparison"> = {
  parts: ({ aspects }) => aspects.map(({ name, definition }) => ({ name, definition, completion: null })),
  isAnswered: ({ question, answer }, part) => answer?.[question.aspects[part]!.id] !== undefined,
  onKey(key, { question: { aspects, scale, bothBad, cannotTell = false }, answer }, part) {
    const choice: Choice = key === "b" ? "both-bad" : key === "c" ? "cannot-tell" : Number(key);
    const beside = { "both-bad": bothBad, "cannot-tell": cannotTell };
    const isOffered = typeof choice === "string" ? beside[choice] : choice >= 1 && choice <= scale;
    if (!isOffered) return null;
    const aspect = aspects[part]!;
    return { answer: { ...answer, [aspect.id]: chooseAgain(answer?.[aspect.id], choice, { scale, aspect }) } };
  },
};
