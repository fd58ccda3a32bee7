import type { DraftInput } from "@/lib/assignments/schema";
import { messageOf, type Calls, isPassing } from "./calls";
import type { Wait } from "./retry";
import { openWorks, type Session, type SessionAction, type Work } from "./session";
import type { Store } from "./store";

/** Milliseconds after the last change before a draft is sent. */
const quietMs = 400;
const retryMs = 3000;

type Options = {
  store: Store<Session, SessionAction>;
  calls: Calls;
  wait: Wait;
  activeMs: (work: Work) => number;
  /** The server refused the draft for good. */
  onRefused: (work: Work, error: unknown) => Promise<void>;
};

/** Sends what was said to the server soon after it was said, one request at a time, and says truly where it stands. */
export function createDraftSaver({ store, calls, wait, activeMs, onRefused }: Options) {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isSaving = false;

  async function save(): Promise<void> {
    const work = unsaved(store.get());
    if (!work || isSaving) return;
    const assignmentId = work.assignment.id;
    isSaving = true;
    store.dispatch({ type: "saving", assignmentId });
    try {
      await calls.saveDraft(assignmentId, draftOf(work, activeMs(work)));
      store.dispatch({ type: "saved", assignmentId });
    } catch (error) {
      store.dispatch({ type: "not-saved", assignmentId, message: messageOf(error) });
      if (isPassing(error)) await wait(retryMs);
      else await onRefused(work, error);
    } finally {
      isSaving = false;
      schedule();
    }
  }

  function schedule(): void {
    clearTimeout(timer);
    if (unsaved(store.get())) timer = setTimeout(() => void save(), quietMs);
  }

  return {
    /** Starts to watch; the answer ends it. */
    watch: (): (() => void) => {
      const unsubscribe = store.subscribe(() => {
        if (!isSaving) schedule();
      });
      schedule();
      return () => {
        clearTimeout(timer);
        unsubscribe();
      };
    },
    /** Sends what is unsaved at once, for a page that is being left. */
    flush: (): void => {
      const work = unsaved(store.get());
      if (work) calls.saveDraft(work.assignment.id, draftOf(work, activeMs(work)), true).catch(() => {});
    },
  };
}

/** Work whose newest words no draft holds. What came back with a problem waits for the person's decision. */
export function unsaved(session: Session): Work | undefined {
  return openWorks(session).find(
    ({ problem, save }) => problem === null && (save.status === "dirty" || save.status === "failed"),
  );
}

/** Work as it is sent to the server, which tells the newer of two drafts by when they were said. */
export function draftOf(work: Work, activeMs: number): DraftInput {
  const { assignment, answers, reason, isUnsure, flag, saidAt } = work;
  const { schemaVersion, submitted } = assignment;
  const revises = submitted?.submissionId;
  return { schemaVersion, answers, reason, isUnsure, flag, activeMs, writtenAt: saidAt ?? undefined, revises };
}
