import { joinOrders, type PairOutcome } from "./protocols/combine/comparison";
import { comparison, comparisonVerdict, type ComparisonSaid, type ComparisonVerdict } from "./protocols/comparison";
import { dataOf as textsOf } from "./protocols/fence";
import type { ChatMessage, Invalid, JudgeQuestion } from "./protocols/protocol";
import { repairPrompt as askAgain } from "./protocols/repair";

export type { ChatMessage, PairOutcome };

/** The version of what comparisons are asked with. */
export const pairwisePromptVersion = "pairwise-1";

/** Two completions of one conversation in the order shown, and what is asked about them. */
export type PairQuestion = Omit<JudgeQuestion<"comparison">, "type" | "reference" | "completions"> & {
  /** As shown: A, then B. */
  completions: readonly [string, string];
};

/** What an answer says about the completions as they were shown. */
export type PairAnswer = ComparisonSaid | Invalid;

/** What one order of presentation says about a pair of completions: `preferred` counts within the pair. */
export type PairVerdict = ComparisonVerdict | Invalid;

/** All texts of a question that are not ours: none of them may contain the fence's key. */
export function dataOf(question: PairQuestion): string[] {
  return textsOf(asJudged(question));
}

/** The messages that ask for a comparison. */
export function pairwisePrompt(question: PairQuestion, rubric: string, key: string): ChatMessage[] {
  return comparison.ask(asJudged(question), { rubric, key, demonstrations: [] });
}

/** The messages that ask again after an answer that could not be read. */
export function repairPrompt(
  asked: ChatMessage[],
  answer: string,
  problem: string,
  question: PairQuestion,
): ChatMessage[] {
  return askAgain(asked, { text: answer, problem, describeAnswer: comparison.describeAnswer(asJudged(question)) });
}

/** Reads an answer: its last JSON object is the verdict, and whatever does not fit exactly is invalid. */
export function parsePairAnswer(text: string, scale: Pick<PairQuestion, "maxStrength" | "allowsTie">): PairAnswer {
  const anyTexts = {
    conversation: [],
    context: null,
    completions: ["", ""] as const,
    aspect: { name: "", definition: "" },
  };
  return comparison.parse({ text }, asJudged({ ...anyTexts, ...scale }));
}

/** An answer about what was shown, as a verdict on the pair: with `isSwapped`, A was the pair's second. */
export function verdictOf(answer: PairAnswer, isSwapped: boolean): PairVerdict {
  return answer.kind === "invalid" ? answer : comparisonVerdict(answer, isSwapped);
}

/** What the verdicts of the two orders come to. */
export const combine = joinOrders;

function asJudged(question: PairQuestion): JudgeQuestion<"comparison"> {
  return { type: "comparison", reference: null, ...question };
}
