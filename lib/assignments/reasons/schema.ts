import type { ComparisonPayload } from "@/lib/labels/schema";
import type { ComparisonQuestion } from "@/lib/projects/schema";
import type { AnswerOf, Choice } from "../schema";

/** What is said to one aspect of a comparison: a choice, with the reasons that were ticked for it if any were. */
export type ReasonedChoice = AnswerOf<"comparison">[string];

type Aspect = ComparisonQuestion["aspects"][number];

/** The choice alone. */
export function choiceIn(given: ReasonedChoice): Choice {
  return typeof given === "object" ? given.choice : given;
}

/** The reasons that are ticked; none with a bare choice. */
export function reasonsIn(given: ReasonedChoice | undefined): readonly string[] {
  return typeof given === "object" ? given.reasons : [];
}

/** The choice that gives this payload; null for one that nobody shown this order could have given. */
export function choiceOf(payload: ComparisonPayload, order: readonly number[]): Choice | null {
  const { pair, preferred, bothBad, cannotTell, strength, scale } = payload;
  if (!pair.every((index) => order.slice(0, 2).includes(index))) return null;
  if (bothBad) return "both-bad";
  if (cannotTell) return "cannot-tell";
  if (preferred === "tie") return scale === 2 ? null : (scale + 1) / 2;
  const isFirstShown = pair[preferred] === order[0];
  return isFirstShown ? Math.floor(scale / 2) + 1 - strength : Math.ceil(scale / 2) + strength;
}

/** Which of the two shown a choice prefers; null for a tie and for what is no preference. */
export function sideOf(choice: Choice | undefined, scale: number): 0 | 1 | null {
  const middle = (scale + 1) / 2;
  if (typeof choice !== "number" || choice === middle) return null;
  return choice < middle ? 0 : 1;
}

/** A choice with these reasons: those that the aspect offers, in its order. Bare without any, so that labels stay as they were. */
export function withReasons(
  choice: Choice,
  reasons: readonly string[],
  offered: readonly string[] = [],
): ReasonedChoice {
  const kept = offered.filter((reason) => reasons.includes(reason));
  return typeof choice === "number" && kept.length > 0 ? { choice, reasons: kept } : choice;
}

/** What another choice makes of what was said: reasons are about the completion that is preferred, and stay while it is. */
export function chooseAgain(
  before: ReasonedChoice | undefined,
  choice: Choice,
  { scale, aspect }: { scale: number; aspect: Aspect },
): ReasonedChoice {
  const side = sideOf(choice, scale);
  const isKept = side !== null && before !== undefined && sideOf(choiceIn(before), scale) === side;
  return withReasons(choice, isKept ? reasonsIn(before) : [], aspect.reasons);
}

/** An answer without reasons that are not offered any more. */
export function keepOffered({ aspects }: ComparisonQuestion, answer: AnswerOf<"comparison">): AnswerOf<"comparison"> {
  const offered = new Map(aspects.map(({ id, reasons }) => [id, reasons]));
  return Object.fromEntries(
    Object.entries(answer).map(([id, given]) => [id, withReasons(choiceIn(given), reasonsIn(given), offered.get(id))]),
  );
}

/** An answer without reasons. */
export function withoutReasons(answer: AnswerOf<"comparison">): Record<string, Choice> {
  return Object.fromEntries(Object.entries(answer).map(([id, given]) => [id, choiceIn(given)]));
}
