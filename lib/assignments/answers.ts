import { AppError, type Fault } from "@/lib/errors";
import { maxStrength, type ComparisonPayload, type ComparisonScale } from "@/lib/labels/schema";
import type { ComparisonQuestion } from "@/lib/projects/schema";
import type { Answer, Answers } from "./schema";

/** Completion indices as shown, first to last. */
export type ShownOrder = readonly [number, number];

/** An answer in shown positions as the canonical payload about the pair. The answer must fit the scale. */
export function payloadOf(answer: Answer, scale: ComparisonScale, shown: ShownOrder): ComparisonPayload {
  const pair: [number, number] = shown[0] < shown[1] ? [shown[0], shown[1]] : [shown[1], shown[0]];
  const tie = { pair, preferred: "tie", bothBad: answer === "both-bad", strength: 0, scale } as const;
  if (answer === "both-bad" || isMiddle(answer, scale)) return tie;
  const isFirstShown = answer <= scale / 2;
  const strength = isFirstShown ? Math.floor(scale / 2) + 1 - answer : answer - Math.ceil(scale / 2);
  const winner = isFirstShown ? shown[0] : shown[1];
  return { pair, preferred: winner === pair[0] ? 0 : 1, bothBad: false, strength, scale };
}

/** The answer that gives this payload; null for one that nobody shown this order could have given. */
export function answerOf(payload: ComparisonPayload, shown: ShownOrder): Answer | null {
  if (!payload.pair.every((index) => shown.includes(index))) return null;
  if (payload.bothBad) return "both-bad";
  if (payload.preferred === "tie") return payload.scale === 2 ? null : (payload.scale + 1) / 2;
  const isFirstShown = payload.pair[payload.preferred] === shown[0];
  return isFirstShown
    ? maxStrength(payload.scale) + 1 - payload.strength
    : Math.ceil(payload.scale / 2) + payload.strength;
}

/** Throws `invalid`, naming every fault, unless the answers are whole and fit the question. */
export function checkAnswers(question: ComparisonQuestion, answers: Answers, reason: string): void {
  const faults: Fault[] = [];
  for (const { id, name } of question.aspects) {
    const answer = answers[id];
    const path = `answers.${id}`;
    if (answer === undefined) faults.push({ path, message: `${name} is not answered` });
    else if (answer === "both-bad" && !question.bothBad)
      faults.push({ path, message: "this project does not offer both bad" });
    else if (answer !== "both-bad" && answer > question.scale) {
      faults.push({ path, message: `${answer} is not on the scale of 1 to ${question.scale}` });
    }
  }
  const known = new Set(question.aspects.map(({ id }) => id));
  for (const id of Object.keys(answers)) {
    if (!known.has(id)) faults.push({ path: `answers.${id}`, message: `this project does not ask about ${id}` });
  }
  if (question.reason === "required" && reason.trim() === "")
    faults.push({ path: "reason", message: "this project asks for a reason" });
  if (question.reason === "off" && reason.trim() !== "")
    faults.push({ path: "reason", message: "this project does not ask for a reason" });
  if (faults.length === 0) return;
  const listed = faults.map(({ message }) => message).join("; ");
  throw new AppError("invalid", `The answers cannot be submitted: ${listed}. Complete them and submit again.`, {
    faults,
  });
}

function isMiddle(point: number, scale: ComparisonScale): boolean {
  return 2 * point === scale + 1;
}
