import { askedAnswers } from "@/lib/assignments/asked/schema";
import type { Answer, Answers, AssignmentView, Flag, SkipInput, SubmitInput } from "@/lib/assignments/schema";
import type { News } from "./keeping/news";
import { isAnswered, placesOf } from "./places";
import { patience } from "./retry";
import { isSame } from "./same";

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
    save: unsaved ? { status: "dirty" } : { status: "clean" },
    problem: null,
    arrivedAt: at,
  };
}
