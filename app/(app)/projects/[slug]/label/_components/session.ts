import type { Answer, Answers, AssignmentView } from "@/lib/assignments/schema";
import { isAnswered, placesOf } from "./places";
import { isSame } from "./same";

/** What a submission that came back asks the person to decide. */
export type Problem = {
  message: string;
  /**
   * elsewhere: submitted in another tab; lost: others took its place; questions: they have changed; other: the answers
   * or the rights do not fit.
   */
  kind: "elsewhere" | "lost" | "questions" | "other";
};

/** Where what was said stands: nothing new, not sent yet, on its way, stored as a draft, or not (and why). */
export type SaveState = { status: "clean" | "dirty" | "saving" | "saved" } | { status: "failed"; message: string };

/** An assignment and what has been said about it here. */
export type Work = {
  assignment: AssignmentView;
  answers: Answers;
  reason: string;
  /** Earlier answers, oldest first, for undo, and the place at which they were changed, by typing or at once. */
  past: { answers: Answers; place: number; isTyped: boolean }[];
  /** The place that keys answer, as an index. */
  place: number;
  save: SaveState;
  problem: Problem | null;
  /** Milliseconds of the page's clock when it arrived. */
  arrivedAt: number;
};

/** A submission, or a skip, that the server has not confirmed. */
export type Sending = { id: string; work: Work; trouble: string | null };

export type Session = {
  /** Open work: the first is on the screen, the second was fetched ahead. */
  queue: Work[];
  /** An earlier assignment, on the screen in place of the first of the queue. */
  visit: Work | null;
  sending: Sending[];
  /** Ids of what was submitted or skipped here, oldest first. */
  trail: string[];
  /** The server had nothing left when it was last asked. */
  isExhausted: boolean;
  /** Why the next assignment does not come. */
  loadTrouble: string | null;
};

export type SessionAction =
  | { type: "arrived"; assignment: AssignmentView | null; at: number }
  | { type: "not-loaded"; message: string }
  | { type: "saving" | "saved"; assignmentId: string }
  | { type: "not-saved"; assignmentId: string; message: string }
  | { type: "answered"; question: string; answer: Answer; place: number; isTyped?: boolean }
  | { type: "cleared"; question: string }
  | { type: "undone" }
  | { type: "reasoned"; reason: string }
  | { type: "turned"; place: number }
  | { type: "sent"; sendingId: string }
  | { type: "troubled"; sendingId: string; message: string }
  | { type: "confirmed"; sendingId: string }
  | { type: "returned"; sendingId: string; problem: Problem; assignment: AssignmentView | null }
  | { type: "refused"; assignmentId: string; problem: Problem; assignment: AssignmentView | null }
  | { type: "visited"; assignment: AssignmentView; at: number }
  | { type: "left-visit" }
  | { type: "dropped"; assignmentId: string }
  | { type: "renewed"; assignment: AssignmentView; at: number }
  | { type: "revising" }
  | { type: "asked-again" };

export const emptySession: Session = {
  queue: [],
  visit: null,
  sending: [],
  trail: [],
  isExhausted: false,
  loadTrouble: null,
};

/** The work on the screen. */
export function shownWork({ visit, queue }: Session): Work | null {
  return visit ?? queue[0] ?? null;
}

/** Assignments the server must not hand out again. */
export function heldIds({ queue, sending }: Session): string[] {
  return [...new Set([...queue, ...sending.map(({ work }) => work)].map(({ assignment }) => assignment.id))];
}

/** Whether an answer would correct a submission. */
export function isRevision({ assignment }: Work): boolean {
  return assignment.submitted !== null;
}

/** The first place without an answer, as an index; -1 when all are answered. */
export function firstUnanswered({ assignment, answers }: Pick<Work, "assignment" | "answers">): number {
  return placesOf(assignment).findIndex((place) => !isAnswered(place, assignment, answers));
}

/** Whether what is said differs from what was submitted. */
export function hasChanges({ assignment, answers, reason }: Work): boolean {
  const before = assignment.submitted;
  if (before === null) return true;
  return reason !== before.reason || !isSame(answers, before.answers);
}

const dirty: SaveState = { status: "dirty" };

export function reduce(session: Session, action: SessionAction): Session {
  switch (action.type) {
    case "arrived":
      return arrive(session, action.assignment, action.at);
    case "not-loaded":
      return { ...session, loadTrouble: action.message };
    case "saving":
      return changeById(session, action.assignmentId, (work) => ({ ...work, save: { status: "saving" } }));
    case "saved":
      // Something said meanwhile has made it dirty again.
      return changeById(session, action.assignmentId, (work) =>
        work.save.status === "saving" ? { ...work, save: { status: "saved" } } : work,
      );
    case "not-saved":
      return changeById(session, action.assignmentId, (work) => ({
        ...work,
        save: { status: "failed", message: action.message },
      }));
    case "answered":
      return change(session, (work) => answer(work, action));
    case "cleared":
      return change(session, (work) => clear(work, action.question));
    case "undone":
      return change(session, undo);
    case "reasoned":
      return change(session, (work) => touch({ ...work, reason: action.reason }));
    case "turned":
      return change(session, (work) => ({ ...work, place: action.place }));
    case "sent":
      return send(session, action.sendingId);
    case "troubled":
      return {
        ...session,
        sending: session.sending.map((one) =>
          one.id === action.sendingId ? { ...one, trouble: action.message } : one,
        ),
      };
    case "confirmed":
      return { ...session, sending: session.sending.filter(({ id }) => id !== action.sendingId) };
    case "returned":
      return bringBack(session, action);
    case "refused":
      return changeById(session, action.assignmentId, (work) => ({
        ...work,
        problem: action.problem,
        assignment: action.assignment ?? work.assignment,
      }));
    case "visited":
      return visit(session, action.assignment, action.at);
    case "left-visit":
      return { ...session, visit: null };
    case "dropped":
      return remove(session, action.assignmentId);
    case "renewed":
      return change(session, (work) => ({ ...workOf(action.assignment, action.at), reason: work.reason }));
    case "revising":
      return change(session, (work) => ({ ...work, problem: null }));
    case "asked-again":
      return { ...session, isExhausted: false };
  }
}

function workOf(assignment: AssignmentView, at: number): Work {
  const said = assignment.draft ?? assignment.submitted;
  const { suggestions } = assignment;
  const answers = said?.answers ?? (suggestions?.mode === "prefilled" ? suggestions.answers : {});
  return {
    assignment,
    answers,
    reason: said?.reason ?? "",
    past: [],
    place: Math.max(0, firstUnanswered({ assignment, answers })),
    save: { status: "clean" },
    problem: null,
    arrivedAt: at,
  };
}

/** Two tabs of the same person, or a repeated request, may bring what is here already. */
function arrive(session: Session, assignment: AssignmentView | null, at: number): Session {
  const loaded = { ...session, loadTrouble: null, isExhausted: assignment === null };
  if (assignment === null || heldIds(session).includes(assignment.id)) return loaded;
  return { ...loaded, queue: [...session.queue, workOf(assignment, at)] };
}

function answer(
  work: Work,
  { question, answer, place, isTyped = false }: Extract<SessionAction, { type: "answered" }>,
): Work {
  const turned = { ...work, place };
  if (isSame(work.answers[question], answer)) return turned;
  const last = work.past.at(-1);
  const goesOn = isTyped && last !== undefined && last.isTyped && last.place === place;
  const past = goesOn ? work.past : [...work.past, { answers: work.answers, place, isTyped }];
  return touch({ ...turned, answers: { ...work.answers, [question]: answer }, past });
}

/** Takes an answer back, which undo brings again. */
function clear(work: Work, question: string): Work {
  const { [question]: _, ...answers } = work.answers;
  const past = [...work.past, { answers: work.answers, place: work.place, isTyped: false }];
  return touch({ ...work, answers, past });
}

/** New words wait to be saved, also after a failure, which stays on show until the next try; and they answer a complaint. */
function touch(work: Work): Work {
  return {
    ...work,
    save: work.save.status === "failed" ? work.save : dirty,
    problem: work.problem?.kind === "other" ? null : work.problem,
  };
}

function undo(work: Work): Work {
  const before = work.past.at(-1);
  if (!before) return work;
  const { answers, place } = before;
  return touch({ ...work, answers, place, past: work.past.slice(0, -1) });
}

/** The shown work goes on its way and the next one comes to the screen, before the server has said anything. */
function send(session: Session, sendingId: string): Session {
  const work = shownWork(session);
  if (!work) return session;
  const { id } = work.assignment;
  return {
    ...remove(session, id),
    sending: [...session.sending, { id: sendingId, work: { ...work, problem: null }, trouble: null }],
    trail: [...session.trail.filter((one) => one !== id), id],
  };
}

/** What the server refused is on the screen again as it was sent, with the reason. */
function bringBack(
  session: Session,
  { sendingId, problem, assignment }: Extract<SessionAction, { type: "returned" }>,
): Session {
  const sent = session.sending.find(({ id }) => id === sendingId);
  if (!sent) return session;
  const wasRevision = isRevision(sent.work);
  const work = { ...sent.work, problem, assignment: assignment ?? sent.work.assignment, save: dirty };
  const rest = {
    ...session,
    sending: session.sending.filter((one) => one !== sent),
    trail: session.trail.filter((id) => id !== work.assignment.id),
  };
  return wasRevision ? { ...rest, visit: work } : { ...rest, visit: null, queue: [work, ...session.queue] };
}

function visit(session: Session, assignment: AssignmentView, at: number): Session {
  const isOpen = session.queue.findIndex((work) => work.assignment.id === assignment.id);
  if (isOpen === 0) return { ...session, visit: null };
  return { ...session, visit: workOf(assignment, at) };
}

function remove(session: Session, id: string): Session {
  const isOther = (work: Work) => work.assignment.id !== id;
  return {
    ...session,
    visit: session.visit && isOther(session.visit) ? session.visit : null,
    queue: session.queue.filter(isOther),
  };
}

function change(session: Session, update: (work: Work) => Work): Session {
  if (session.visit) return { ...session, visit: update(session.visit) };
  const [first, ...others] = session.queue;
  return first ? { ...session, queue: [update(first), ...others] } : session;
}

function changeById(session: Session, id: string, update: (work: Work) => Work): Session {
  const apply = (work: Work) => (work.assignment.id === id ? update(work) : work);
  return { ...session, visit: session.visit && apply(session.visit), queue: session.queue.map(apply) };
}
