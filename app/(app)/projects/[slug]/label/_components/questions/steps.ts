import type { AnswerOf, AssignmentView } from "@/lib/assignments/schema";
import type { QuestionType } from "./question-type";

export type JudgedSteps = AnswerOf<"steps">["completions"][number];
export type StepLabel = NonNullable<JudgedSteps["labels"][number]>;

export const stepOptions: { label: StepLabel; sign: string; keys: string[] }[] = [
  // The plus without Shift counts, too.
  { label: "good", sign: "+", keys: ["+", "=", "1"] },
  { label: "neutral", sign: "0", keys: ["0", "2"] },
  { label: "bad", sign: "\u2212", keys: ["-", "3"] },
];
/** The digits that the labels leave are for the flags. */
export const flagKeys = ["4", "5", "6", "7", "8", "9"];

/** Every step of every completion: signs judge it and go on to the next one, arrows go where they point. */
export const steps: QuestionType<"steps"> = {
  parts: ({ name, definition }, { completions }) =>
    completions.flatMap((shown, completion) =>
      (shown.steps ?? []).map((_, step) => ({ name, definition, completion, detail: step + 1 })),
    ),
  isAnswered({ answer, assignment }, part) {
    const { completion, step } = stepAt(assignment, part);
    return answer?.completions[completion]?.labels[step] != null;
  },
  onKey(key, { question, answer, assignment }, part) {
    const at = stepAt(assignment, part);
    const towards = moves[key]?.(assignment, at);
    if (towards !== undefined) return { part: towards ?? part };
    const option = stepOptions.find(({ keys }) => keys.includes(key));
    if (option) {
      const after = change(answer, assignment, at.completion, (judged) => judge(judged, at.step, option.label));
      return { answer: after, part: nextPart(assignment, at) ?? part };
    }
    const flag = question.flags[flagKeys.indexOf(key)];
    if (flag !== undefined)
      return { answer: change(answer, assignment, at.completion, (judged) => toggleFlag(judged, at.step, flag)) };
    if (key !== "e" || judgedSteps(answer, assignment)[at.completion]!.labels[at.step] !== "bad") return null;
    return { answer: change(answer, assignment, at.completion, (judged) => toggleFirstError(judged, at.step)) };
  },
};

type StepPlace = { completion: number; step: number };
type Move = (assignment: AssignmentView, at: StepPlace) => number | null;

const moves: Record<string, Move> = {
  ArrowDown: nextPart,
  ArrowUp: (assignment, { completion, step }) => Math.max(0, partOf(assignment, completion, step) - 1),
  ArrowRight: (assignment, at) => besides(assignment, at, 1),
  ArrowLeft: (assignment, at) => besides(assignment, at, -1),
};

function countSteps({ completions }: AssignmentView, completion: number): number {
  return completions[completion]?.steps?.length ?? 0;
}

/** The part of the question that a step of a completion is. */
export function partOf(assignment: AssignmentView, completion: number, step: number): number {
  const before = assignment.completions.slice(0, completion);
  return before.reduce((sum, { steps }) => sum + (steps?.length ?? 0), step);
}

function stepAt(assignment: AssignmentView, part: number): StepPlace {
  let [completion, step] = [0, part];
  while (completion < assignment.completions.length && step >= countSteps(assignment, completion)) {
    step -= countSteps(assignment, completion);
    completion += 1;
  }
  return { completion, step };
}

/** The next step, in the next completion when this one has no more; null after the last. */
function nextPart(assignment: AssignmentView, { completion, step }: StepPlace): number | null {
  const next = partOf(assignment, completion, step) + 1;
  return next < partOf(assignment, assignment.completions.length, 0) ? next : null;
}

/** The same step, or the last, of the nearest completion with steps on that side; null when there is none. */
function besides(assignment: AssignmentView, { completion, step }: StepPlace, direction: 1 | -1): number | null {
  let other = completion + direction;
  while (assignment.completions[other] && countSteps(assignment, other) === 0) other += direction;
  const count = countSteps(assignment, other);
  return count === 0 ? null : partOf(assignment, other, Math.min(step, count - 1));
}

/** One list for all, so that rows in which nothing has changed are the same. */
const noFlags: string[] = [];

/** What was said of the steps of every completion shown, with an entry for each step. */
export function judgedSteps(
  answer: AnswerOf<"steps"> | undefined,
  { completions }: Pick<AssignmentView, "completions">,
): JudgedSteps[] {
  return completions.map(({ steps }, position) => {
    const given = answer?.completions[position];
    return {
      labels: (steps ?? []).map((_, step) => given?.labels[step] ?? null),
      flags: (steps ?? []).map((_, step) => given?.flags[step] ?? noFlags),
      firstError: given?.firstError ?? null,
    };
  });
}

/** The answer with what is said of one completion changed. */
export function change(
  answer: AnswerOf<"steps"> | undefined,
  assignment: Pick<AssignmentView, "completions">,
  completion: number,
  update: (judged: JudgedSteps) => JudgedSteps,
): AnswerOf<"steps"> {
  const all = judgedSteps(answer, assignment);
  return { completions: all.map((judged, position) => (position === completion ? update(judged) : judged)) };
}

/** Labels a step. The first error stays the first bad step unless it was moved or cleared. */
export function judge(judged: JudgedSteps, step: number, label: StepLabel): JudgedSteps {
  const { firstError } = judged;
  const labels = judged.labels.with(step, label);
  const wasChosen = firstError !== firstBad(judged.labels);
  const holds = firstError === null ? labels.includes("bad") : labels[firstError] === "bad";
  return { ...judged, labels, firstError: wasChosen && holds ? firstError : firstBad(labels) };
}

/** Puts the first error into a bad step, or takes it away when it is there. */
export function toggleFirstError(judged: JudgedSteps, step: number): JudgedSteps {
  return { ...judged, firstError: judged.firstError === step ? null : step };
}

export function toggleFlag(judged: JudgedSteps, step: number, flag: string): JudgedSteps {
  const before = judged.flags[step]!;
  const after = before.includes(flag) ? before.filter((one) => one !== flag) : [...before, flag];
  return { ...judged, flags: judged.flags.with(step, after) };
}

function firstBad(labels: JudgedSteps["labels"]): number | null {
  const index = labels.indexOf("bad");
  return index === -1 ? null : index;
}
