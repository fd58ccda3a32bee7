import type { AssignmentView, DraftInput } from "@/lib/assignments/schema";
import { isSame } from "../same";
import { isUnsaved, openWorks, type Request, type Said, type Session, type Work } from "../session";

/** What no server has confirmed yet: a draft, or a submission or skip (then with its id and request). */
export type Unconfirmed = Said & { sending: { id: string; request: Request } | null };

/** That on its way to the device, or back from there. */
export type Kept = Unconfirmed & {
  key: string;
  /** Made anew with each writing: tells whether another tab has written since. */
  version: string;
  /** When it was said, by this device's clock. */
  at: string;
  activeMs: number;
};

/** Everything in a session that the server has not confirmed, by the key under which a device keeps it. */
export function unconfirmedIn(session: Session): Map<string, Unconfirmed> {
  const all = new Map<string, Unconfirmed>();
  for (const work of openWorks(session).filter(isUnsaved).reverse())
    all.set(`draft ${work.assignment.id}`, { ...saidIn(work), sending: null });
  for (const { id, request, work } of session.sending)
    all.set(`sending ${id}`, { ...saidIn(work), sending: { id, request } });
  return all;
}

function saidIn({ assignment, answers, reason, isUnsure, flag, saidAt }: Work): Said {
  return { assignment, answers, reason, isUnsure, flag, ...(saidAt !== null && { at: saidAt }) };
}

/** Whether two say the same; everything in a session is replaced when it changes, never edited. */
export function isSameWriting(a: Said, b: Said): boolean {
  return (
    a.answers === b.answers &&
    a.reason === b.reason &&
    a.isUnsure === b.isUnsure &&
    a.flag === b.flag &&
    a.assignment.submitted === b.assignment.submitted
  );
}

/** What is to be done with a draft that the device kept, seen beside what the server knows. */
export type Verdict =
  /** The server has this or something newer. */
  | "known"
  /** It was submitted otherwise meanwhile. */
  | "elsewhere"
  /** The questions have changed. */
  | "questions"
  /** The server is to have it. */
  | "newer";

export function judgeDraft(kept: Kept, view: AssignmentView): Verdict {
  const { submitted, draft } = view;
  if (submitted && says(kept, submitted)) return "known";
  if (submitted?.submissionId !== kept.assignment.submitted?.submissionId) return "elsewhere";
  if (draft && (says(kept, draft) || isAfter(draft.writtenAt, kept.at))) return "known";
  return view.schemaVersion === kept.assignment.schemaVersion ? "newer" : "questions";
}

function isAfter(a: string | null, b: string): boolean {
  return a !== null && Date.parse(a) > Date.parse(b);
}

/** Whether that is all that was said. A change of the flag stands beside it and is said again. */
function says(kept: Said, other: Pick<Said, "answers" | "reason" | "isUnsure">): boolean {
  const { reason, isUnsure, answers, flag } = kept;
  return flag === undefined && reason === other.reason && isUnsure === other.isUnsure && isSame(answers, other.answers);
}

/** A kept draft as it is sent to the server. */
export function draftInputOf({ assignment, answers, reason, isUnsure, flag, activeMs, at }: Kept): DraftInput {
  const { schemaVersion, submitted } = assignment;
  const revises = submitted?.submissionId;
  return { schemaVersion, answers, reason, isUnsure, flag, activeMs, writtenAt: at, revises };
}
