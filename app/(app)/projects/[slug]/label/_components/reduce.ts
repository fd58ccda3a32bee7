import type { AssignmentView } from "@/lib/assignments/schema";
import { answer, clear, redo, touch, undo } from "./edits";
import { assignmentIn } from "./keeping/news";
import {
  heldIds,
  isRevision,
  isUnsaved,
  shownWork,
  workOf,
  type Request,
  type SaveState,
  type Session,
  type SessionAction,
  type Work,
} from "./session";
import { withRevealed } from "./sealed";

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
