import type { Fault } from "@/lib/errors";
import type { ComparisonPayload, ComparisonScale } from "@/lib/labels/schema";
import type { ComparisonQuestion } from "@/lib/projects/schema";
import { say } from "@/lib/say";
import {
  choiceIn,
  choiceOf,
  keepOffered,
  reasonsIn,
  sideOf,
  withReasons,
  type ReasonedChoice,
} from "../reasons/schema";
import type { Choice } from "../schema";
import type { AnswerType } from "./answer-type";
import { checkAspects } from "./check-each";

/** A comparison is about the first two completions shown. */
export const comparison: AnswerType<"comparison"> = {
  check(question, answer, { order }) {
    if (order.length < 2)
      return question.aspects.map(({ id, name }) => ({
        path: id,
        message: say`${name} compares two completions, but ${order.length} is shown`,
      }));
    return checkAspects(question.aspects, answer, (given, { id, name }) => [
      ...checkChoice(question, given === undefined ? undefined : choiceIn(given), { id, name }),
      ...checkReasons(question, given, id),
    ]);
  },
  toParts({ aspects, scale }, answer, order) {
    return aspects.map(({ id, reasons }) => {
      const payload = payloadOf(choiceIn(answer[id]!), scale, order);
      const ticked = reasonsIn(withReasons(choiceIn(answer[id]!), reasonsIn(answer[id]), reasons));
      return { aspect: id, payload: ticked.length === 0 ? payload : { ...payload, reasons: [...ticked] } };
    });
  },
  fromParts(parts, order) {
    const choices = parts.flatMap(({ aspect, payload }) => {
      const choice = choiceOf(payload, order);
      return choice === null ? [] : [[aspect, withReasons(choice, payload.reasons ?? [], payload.reasons)] as const];
    });
    return choices.length === 0 ? null : Object.fromEntries(choices);
  },
  fit(question, answer) {
    return keepOffered(question, answer);
  },
};

/** A choice in shown positions as the canonical payload about the pair. The choice must fit the scale. */
export function payloadOf(choice: Choice, scale: ComparisonScale, order: readonly number[]): ComparisonPayload {
  const [first, second] = order as [number, number];
  const pair: [number, number] = first < second ? [first, second] : [second, first];
  if (choice === "cannot-tell") return { pair, preferred: "tie", bothBad: false, strength: 0, scale, cannotTell: true };
  const tie = { pair, preferred: "tie", bothBad: choice === "both-bad", strength: 0, scale } as const;
  if (choice === "both-bad" || isMiddle(choice, scale)) return tie;
  const isFirstShown = choice <= scale / 2;
  const strength = isFirstShown ? Math.floor(scale / 2) + 1 - choice : choice - Math.ceil(scale / 2);
  const winner = isFirstShown ? first : second;
  return { pair, preferred: winner === pair[0] ? 0 : 1, bothBad: false, strength, scale };
}

function checkChoice(
  { scale, bothBad, cannotTell }: ComparisonQuestion,
  choice: Choice | undefined,
  { id, name }: { id: string; name: string },
): Fault[] {
  if (choice === undefined) return [{ path: id, message: say`${name} is not answered` }];
  if (choice === "both-bad") return bothBad ? [] : [{ path: id, message: say`this project does not offer both bad` }];
  if (choice === "cannot-tell")
    return cannotTell ? [] : [{ path: id, message: say`this project does not offer cannot tell` }];
  return choice <= scale ? [] : [{ path: id, message: say`${choice} is not on the scale of 1 to ${scale}` }];
}

function checkReasons({ scale, aspects }: ComparisonQuestion, given: ReasonedChoice | undefined, id: string): Fault[] {
  const reasons = reasonsIn(given);
  if (given === undefined || reasons.length === 0) return [];
  const { name, reasons: offered = [] } = aspects.find((one) => one.id === id)!;
  const path = `${id}.reasons`;
  if (sideOf(choiceIn(given), scale) === null)
    return [{ path, message: say`${name} is a tie, and reasons go with a preference only` }];
  return reasons
    .filter((reason) => !offered.includes(reason))
    .map((reason) => ({ path, message: say`${name} does not offer the reason ${reason}` }));
}

function isMiddle(point: number, scale: ComparisonScale): boolean {
  return 2 * point === scale + 1;
}
