import { askedAnswers } from "@/lib/assignments/asked/schema";
import type { Answer, Answers, AssignmentView, Flag, SkipInput, SubmitInput } from "@/lib/assignments/schema";
import { answer, clear, redo, touch, undo } from "./edits";
import { assignmentIn, type News } from "./keeping/news";
import { isAnswered, placesOf } from "./places";
import { patience } from "./retry";
import { isSame } from "./same";
import { withRevealed } from "./sealed";

/** What a submission that came back asks the person to decide. */
export type Problem = { message: string; kind: ProblemKind } | DraftProblem;

/**
 * elsewhere: submitted in another tab; lost: others took its place; questions: they have changed; gone: the server knows
 * no such assignment any more; other: the answers or the rights do not fit.
 */
type ProblemKind = "elsewhere" | "lost" | "questions" | "gone" | "other";

/** The same for a draft that this device kept: when that was written, and what the server says beside it. */
export type DraftProblem = { message: string; kind: Exclude<ProblemKind, "lost">; draftAt: string };

/**
 * Where what was said stands: nothing new, not sent yet, on its way (and why an earlier try failed), stored as a draft,
 * or not (and why).
 */
export type SaveState =
  | { status: "clean" | "dirty" | "saved" }
  | { status: "saving"; trouble: string | null }
  | { status: "failed"; message: string };

/** What was said about an assignment, as it is when it comes from somewhere else than this page, and when it was said. */
export type Said = Pick<Work, "assignment" | "answers" | "reason" | "isUnsure" | "flag"> & { at?: string };

/** An assignment and what has been said about it here. */
export type Work = {
  assignment: AssignmentView;
  answers: Answers;
  reason: string;
  isUnsure: boolean;
  /** What the person said here is wrong with the instance, null that nothing is; undefined while they said nothing. */
  flag: Flag | null | undefined;
  /** When the last of it was said, by the clock of who said it; null when that is not known or nothing was. */
  saidAt: string | null;
  /** Earlier answers, oldest first, for undo, and the place at which they were changed, by typing or at once. */
  past: { answers: Answers; place: number; isTyped: boolean }[];
  /** What was undone, the first of it last, for redo. */
  future: Work["past"];
  /** The place that keys answer, as an index. */
  place: number;
  save: SaveState;
  problem: Problem | null;
  /** Milliseconds of the page's clock when it arrived. */
  arrivedAt: number;
};

/** What is asked of the server to end an assignment; the same at every try, but for what else is held. */
export type Request =
  { kind: "submit"; input: Omit<SubmitInput, "held"> } | { kind: "skip"; input: Omit<SkipInput, "held"> };

/** A submission, or a skip, that the server has not confirmed, and how often the server itself failed on it. */
export type Sending = { id: string; work: Work; request: Request; trouble: string | null; failures: number };

export type Session = {
  /** The page has been told what to show, or that it cannot be: what came with the page is not shown again. */
  hasBegun: boolean;
  /** Open work: the first is on the screen, the second was fetched ahead. */
  queue: Work[];
  /** An earlier assignment, on the screen in place of the first of the queue. */
  visit: Work | null;
  /** Earlier assignments that were closed before the newest words about them were stored. */
  aside: Work[];
  sending: Sending[];
  /** Ids of what was submitted or skipped here, oldest first. */
  trail: string[];
  /** The server had nothing left when it was last asked. */
  isExhausted: boolean;
  /** Why the next assignment does not come. */
  loadTrouble: string | null;
  /** Whether this device keeps what the server has not confirmed; null until that was tried. */
  deviceKeeps: boolean | null;
  /** Whether the newest of that is still on its way to the device. */
  isDeviceWriting: boolean;
  /** What there is to say about work from before, oldest first. */
  news: News[];
};

export type SessionAction =
  | { type: "arrived"; assignment: AssignmentView | null; at: number }
  | { type: "not-loaded"; message: string }
  | { type: "saving" | "saved"; assignmentId: string }
  | { type: "not-saved"; assignmentId: string; message: string }
  | { type: "answered"; question: string; answer: Answer; place: number; isTyped?: boolean }
  | { type: "cleared"; question: string }
  | { type: "undone" | "redone" }
  | { type: "reasoned"; reason: string }
  | { type: "doubted"; isUnsure: boolean }
  | { type: "flagged"; flag: Flag | null }
  | { type: "turned"; place: number }
  | { type: "sent"; sendingId: string; request: Request }
  | { type: "resumed"; sendingId: string; request: Request; said: Said; at: number }
  | { type: "put-back"; said: Said; problem: Problem; at: number }
  | { type: "device"; keeps: boolean }
  | { type: "device-writes" }
  | { type: "news"; news: News[] }
  | { type: "news-read" }
  | { type: "troubled"; sendingId: string; message: string; failures: number }
  | { type: "confirmed"; sendingId: string }
  | { type: "returned"; sendingId: string; problem: Problem; assignment: AssignmentView | null }
  | { type: "refused"; assignmentId: string; problem: Problem; assignment: AssignmentView | null }
  | { type: "visited"; assignment: AssignmentView; at: number }
  | { type: "left-visit" }
  | { type: "dropped"; assignmentId: string }
  | { type: "renewed"; assignment: AssignmentView; at: number }
  | { type: "revealed"; assignment: AssignmentView }
  | { type: "revising" }
  | { type: "asked-again" };

export const emptySession: Session = {
  hasBegun: false,
  queue: [],
  visit: null,
  aside: [],
  sending: [],
  trail: [],
  isExhausted: false,
  loadTrouble: null,
  deviceKeeps: null,
  isDeviceWriting: false,
  news: [],
};

/** The work on the screen. */
export function shownWork({ visit, queue }: Session): Work | null {
  return visit ?? queue[0] ?? null;
}

/** The work that comes to the screen next. */
export function workAhead({ visit, queue }: Session): Work | null {
  return (visit ? queue[0] : queue[1]) ?? null;
}

/** Everything that is open here, on the screen or not. */
export function openWorks({ visit, queue, aside }: Session): Work[] {
  return visit ? [visit, ...queue, ...aside] : [...queue, ...aside];
}

/** Whether something was said that the server is not known to have. */
export function isUnsaved({ save }: Work): boolean {
  return save.status === "dirty" || save.status === "saving" || save.status === "failed";
}

/** Whether the server goes on failing on that: it is tried again in the background, and nothing waits for it. */
export function isStuck({ failures }: Sending): boolean {
  return failures >= patience;
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

/** Whether what is said differs from what was submitted; what is asked for again counts as said anew. */
export function hasChanges({ assignment, answers, reason, isUnsure }: Work): boolean {
  const before = assignment.submitted;
  if (before === null || assignment.askedAgain) return true;
  const { questions } = assignment.schema;
  // What was submitted under older conditions may answer what is not asked now.
  return (
    reason !== before.reason ||
    isUnsure !== before.isUnsure ||
    !isSame(askedAnswers(questions, answers), askedAnswers(questions, before.answers))
  );
}

/** The flag as it stands: as it was said here, else as it came. */
export function flagOf({ assignment, flag }: Work): Flag | null {
  return flag === undefined ? assignment.flag : flag;
}

const dirty: SaveState = { status: "dirty" };

/** What tells the page, or a person, what to show. */
const beginnings: SessionAction["type"][] = ["arrived", "put-back", "resumed", "visited", "not-loaded"];

export function reduce(before: Session, action: SessionAction): Session {
  const session = before.hasBegun || !beginnings.includes(action.type) ? before : { ...before, hasBegun: true };
  switch (action.type) {
    case "arrived":
      return arrive(session, action.assignment, action.at);
    case "not-loaded":
      return { ...session, loadTrouble: action.message };
    case "saving":
      return changeById(session, action.assignmentId, (work) => ({
        ...work,
        save: { status: "saving", trouble: work.save.status === "failed" ? work.save.message : null },
      }));
    case "saved":
      return tidyAside(
        changeById(session, action.assignmentId, (work) =>
          // Something said meanwhile has made it dirty again.
          work.save.status === "saving" ? { ...work, save: { status: "saved" } } : work,
        ),
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
    case "redone":
      return change(session, redo);
    case "reasoned":
      return change(session, (work) => touch({ ...work, reason: action.reason }));
    case "doubted":
      return change(session, (work) => touch({ ...work, isUnsure: action.isUnsure }));
    case "flagged":
      return change(session, (work) => touch({ ...work, flag: action.flag }));
    case "turned":
      return change(session, (work) => ({ ...work, place: action.place }));
    case "sent":
      return send(session, action.sendingId, action.request);
    case "resumed":
      return resume(session, action);
    case "put-back":
      return putBack(
        session,
        { ...workOf(action.said.assignment, action.at, action.said), problem: action.problem },
        "queue",
      );
    case "device":
      return { ...session, deviceKeeps: action.keeps, isDeviceWriting: false };
    case "device-writes":
      return { ...session, isDeviceWriting: true };
    case "news":
      return { ...session, news: [...session.news, ...action.news] };
    case "news-read":
      return { ...session, news: [] };
    case "troubled":
      return {
        ...session,
        sending: session.sending.map((one) =>
          one.id === action.sendingId ? { ...one, trouble: action.message, failures: action.failures } : one,
        ),
      };
    case "confirmed":
      return { ...session, sending: session.sending.filter(({ id }) => id !== action.sendingId) };
    case "returned":
      return bringBack(session, action);
    case "refused":
      return refuse(session, action);
    case "visited":
      return visit(session, action.assignment, action.at);
    case "left-visit":
      return leaveEarlier(session);
    case "dropped":
      return remove(session, action.assignmentId);
    case "renewed":
      return change(session, (work) => renew(work, action.assignment, action.at));
    case "revealed":
      return changeById(session, action.assignment.id, (work) => withRevealed(work, action.assignment));
    case "revising":
      return change(session, (work) => ({ ...work, problem: null }));
    case "asked-again":
      return { ...session, isExhausted: false };
  }
}

/** Work on an assignment from what the server knows of it, else from words that it does not have. */
export function workOf(assignment: AssignmentView, at: number, unsaved?: Said): Work {
  const said = unsaved ?? assignment.draft ?? assignment.submitted;
  const { suggestions } = assignment;
  const answers = said?.answers ?? (suggestions?.mode === "prefilled" ? suggestions.answers : {});
  return {
    assignment,
    answers,
    reason: said?.reason ?? "",
    isUnsure: said?.isUnsure ?? false,
    flag: unsaved?.flag,
    saidAt: unsaved?.at ?? assignment.draft?.writtenAt ?? null,
    past: [],
    future: [],
    place: Math.max(0, firstUnanswered({ assignment, answers })),
    save: unsaved ? dirty : { status: "clean" },
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

/** The shown work goes on its way and the next one comes to the screen, before the server has said anything. */
function send(session: Session, sendingId: string, request: Request): Session {
  const work = shownWork(session);
  if (!work) return session;
  const { id } = work.assignment;
  const rest = remove(session, id);
  return {
    ...rest,
    sending: [
      ...session.sending,
      { id: sendingId, work: { ...work, problem: null }, request, trouble: null, failures: 0 },
    ],
    trail: [...session.trail.filter((one) => one !== id), id],
    news: rest.news.filter((one) => assignmentIn(one) !== undefined),
  };
}

/** A submission or skip of an earlier visit to the page is on its way again. */
function resume(
  session: Session,
  { sendingId, request, said, at }: Extract<SessionAction, { type: "resumed" }>,
): Session {
  if (session.sending.some(({ id }) => id === sendingId)) return session;
  const work = workOf(said.assignment, at, said);
  return {
    ...session,
    sending: [...session.sending, { id: sendingId, work, request, trouble: null, failures: 0 }],
    trail: [...session.trail, said.assignment.id],
  };
}

/** What the server refused is on the screen again as it was sent, with the reason. */
function bringBack(
  session: Session,
  { sendingId, problem, assignment }: Extract<SessionAction, { type: "returned" }>,
): Session {
  const sent = session.sending.find(({ id }) => id === sendingId);
  if (!sent) return session;
  const work = { ...sent.work, problem, assignment: assignment ?? sent.work.assignment, save: dirty };
  const rest = {
    ...session,
    sending: session.sending.filter((one) => one !== sent),
    trail: session.trail.filter((id) => id !== work.assignment.id),
  };
  return putBack(rest, work, isRevision(sent.work) ? "visit" : "queue");
}

/** Puts work that needs a decision on the screen, before everything else. */
function putBack(session: Session, work: Work, where: "visit" | "queue"): Session {
  const closed = closeVisit(remove(session, work.assignment.id));
  return where === "visit" ? { ...closed, visit: work } : { ...closed, queue: [work, ...closed.queue] };
}

function visit(session: Session, assignment: AssignmentView, at: number): Session {
  const isOpen = session.queue.findIndex((work) => work.assignment.id === assignment.id);
  const closed = closeVisit(session);
  if (isOpen === 0) return closed;
  const before = closed.aside.find((work) => work.assignment.id === assignment.id);
  const aside = closed.aside.filter((work) => work !== before);
  return { ...closed, aside, visit: before ?? workOf(assignment, at) };
}

function closeVisit(session: Session): Session {
  return session.visit ? setAside({ ...session, visit: null }, session.visit) : session;
}

/** Closes the earlier assignment on the screen, also one that came to the queue; one to be decided about stays there. */
function leaveEarlier(session: Session): Session {
  const [first, ...queue] = session.queue;
  if (session.visit || !first || !isRevision(first)) return closeVisit(session);
  return first.problem && first.problem.kind !== "other" ? session : setAside({ ...session, queue }, first);
}

/** Words about what is closed that no draft holds yet stay until one does. */
function setAside(session: Session, work: Work): Session {
  const problem = work.problem?.kind === "other" ? null : work.problem;
  return isUnsaved(work) ? { ...session, aside: [...session.aside, { ...work, problem }] } : session;
}

/** What was closed is forgotten once it is stored. */
function tidyAside(session: Session): Session {
  return session.aside.every(isUnsaved) ? session : { ...session, aside: session.aside.filter(isUnsaved) };
}

/** A draft that the server will not have. Who closed the assignment already is told. */
function refuse(
  session: Session,
  { assignmentId, problem, assignment }: Extract<SessionAction, { type: "refused" }>,
): Session {
  const refused = changeById(session, assignmentId, (work) => ({
    ...work,
    problem,
    assignment: assignment ?? work.assignment,
  }));
  if (!session.aside.some((work) => work.assignment.id === assignmentId)) return refused;
  return { ...refused, news: [...session.news, { kind: "refused", assignmentId, message: problem.message }] };
}

/** New questions: the answers meant others, what was said about the whole still holds. */
function renew({ reason, isUnsure, flag }: Work, assignment: AssignmentView, at: number): Work {
  const work = workOf(assignment, at);
  const isKnown = reason === work.reason && isUnsure === work.isUnsure && flag === undefined;
  return isKnown ? work : touch({ ...work, reason, isUnsure, flag });
}

function remove(session: Session, id: string): Session {
  const isOther = (work: Work) => work.assignment.id !== id;
  return {
    ...session,
    visit: session.visit && isOther(session.visit) ? session.visit : null,
    queue: session.queue.filter(isOther),
    aside: session.aside.filter(isOther),
    news: session.news.filter((one) => assignmentIn(one) !== id),
  };
}

function change(session: Session, update: (work: Work) => Work): Session {
  if (session.visit) return { ...session, visit: update(session.visit) };
  const [first, ...others] = session.queue;
  return first ? { ...session, queue: [update(first), ...others] } : session;
}

function changeById(session: Session, id: string, update: (work: Work) => Work): Session {
  const apply = (work: Work) => (work.assignment.id === id ? update(work) : work);
  return {
    ...session,
    visit: session.visit && apply(session.visit),
    queue: session.queue.map(apply),
    aside: session.aside.map(apply),
  };
}
