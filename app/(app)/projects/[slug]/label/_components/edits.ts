import type { Answers } from "@/lib/assignments/schema";
import { withAnswer, withoutAnswer } from "./questions/quotes";
import { isSame } from "./same";
import { isSealed } from "./sealed";
import type { SessionAction, Work } from "./session";

/** What is said to a question, with what there was before for undo. */
export function answer(
  work: Work,
  { question, answer, place, isTyped = false }: Extract<SessionAction, { type: "answered" }>,
): Work {
  const turned = { ...work, place };
  if (isSame(work.answers[question], answer) || isSealed(work.assignment, question)) return turned;
  const last = work.past.at(-1);
  const goesOn = isTyped && last !== undefined && last.isTyped && last.place === place;
  const past = goesOn ? work.past : [...work.past, { answers: work.answers, place, isTyped }];
  const answers = withAnswer(work.assignment.schema.questions, work.answers, question, answer);
  return touch({ ...turned, answers, past, future: [] });
}

/** Takes an answer back, which undo brings again. */
export function clear(work: Work, question: string): Work {
  if (isSealed(work.assignment, question)) return work;
  const answers = withoutAnswer(work.assignment.schema.questions, work.answers, question);
  const past = [...work.past, { answers: work.answers, place: work.place, isTyped: false }];
  return touch({ ...work, answers, past, future: [] });
}

/** New words wait to be saved, also after a failure, which stays on show until the next try; and they answer a complaint. */
export function touch(work: Work): Work {
  const { save } = work;
  const trouble = save.status === "saving" ? save.trouble : save.status === "failed" ? save.message : null;
  return {
    ...work,
    saidAt: new Date().toISOString(),
    save: trouble === null ? { status: "dirty" } : { status: "failed", message: trouble },
    problem: work.problem?.kind === "other" ? null : work.problem,
  };
}

/** The answers before the last change, at the place where it was made. */
export function undo(work: Work): Work {
  const before = work.past.at(-1);
  if (!before) return work;
  const { answers, place } = before;
  const future = [...work.future, { ...before, answers: work.answers }];
  return touch({ ...work, answers: keepSealed(work, answers), place, past: work.past.slice(0, -1), future });
}

/** The answers before an undo, at the place where they were changed. */
export function redo(work: Work): Work {
  const after = work.future.at(-1);
  if (!after) return work;
  const { answers, place } = after;
  const past = [...work.past, { ...after, answers: work.answers }];
  return touch({ ...work, answers: keepSealed(work, answers), place, past, future: work.future.slice(0, -1) });
}

/** Answers that revealed a text stay as they were then. */
function keepSealed({ assignment }: Work, answers: Answers): Answers {
  return { ...answers, ...assignment.sealed };
}
