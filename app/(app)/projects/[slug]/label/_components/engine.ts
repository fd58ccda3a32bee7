import { ApiError } from "@/app/_components/api-client";
import { askedAnswers } from "@/lib/assignments/asked/schema";
import type { AssignmentView, SubmitInput } from "@/lib/assignments/schema";
import { startActiveClock, type ActiveClock } from "./active-clock";
import { messageOf, type Calls } from "./calls";
import { createDraftSaver, draftOf } from "./draft-saver";
import { createKeeper } from "./keeping/keeper";
import { isSameWriting } from "./keeping/kept";
import { recover } from "./keeping/recovery";
import type { Shelf } from "./keeping/shelf";
import { reduce } from "./reduce";
import { patience, untilAnswered, type Wait } from "./retry";
import {
  emptySession,
  firstUnanswered,
  hasChanges,
  heldIds,
  isRevision,
  isStuck,
  isUnsaved,
  shownWork,
  type Problem,
  type Request,
  type Sending,
  type Session,
  type SessionAction,
  type Work,
} from "./session";
import { createStore } from "./store";

/** Open assignments to have here: the one on the screen and the next. */
const wanted = 2;
/** A lease fetched longer ago than this is renewed when its assignment comes to the screen, in milliseconds. */
const freshMs = 60_000;
/** The same press so soon after another work came to the screen, in milliseconds, with nothing said, is part of the first. */
const doublePressMs = 500;

export type SubmitOutcome = "sent" | "unchanged" | "incomplete" | "hidden" | "no-reason" | "blocked" | "too-soon";

type Options = {
  calls: Calls;
  /** Where this device keeps what the server has not confirmed. */
  shelf: Shelf;
  /** Milliseconds of a monotonic clock. */
  now: () => number;
  newId: () => string;
  wait: Wait;
  /** Calls back when the screen shows what the session says now. */
  onceSeen: (then: () => void) => void;
  /** A submission is stored. It counts for today unless it corrects another of one's own accord; one from before may have been so already. */
  onSubmitted: (kind: "counted" | "revision" | "from-before") => void;
};

export type Engine = ReturnType<typeof createEngine>;

/** The labelling page without its looks: fetches ahead, sends in the background, brings back what was refused. */
export function createEngine({ calls, shelf, now, newId, wait, onceSeen, onSubmitted }: Options) {
  const store = createStore<Session, SessionAction>(reduce, emptySession);
  const clocks = createClocks(now);
  const drafts = createDraftSaver({ store, calls, wait, activeMs: clocks.read, onRefused: refuse });
  const keeper = createKeeper({ store, shelf, activeMs: clocks.read, newId });
  /** Submissions and skips on their way, by assignment. */
  const deliveries = new Map<string, Promise<boolean>>();
  /** The version that the page shows. */
  let guidelinesVersion = 1;
  let isFilling = false;
  /** Work from before is taken up first. */
  let opened: Promise<void> | undefined;
  let isOpen = false;
  let shown: Work | null = null;
  /** When what is on the screen after a submission or skip could be seen there; Infinity until then. */
  let seenAt = -Infinity;
  let sentKind: Request["kind"] | null = null;
  /** Something was said about it. */
  let isTouched = false;

  const retrying = <T>(call: () => Promise<T>, onTrouble: (message: string, failures: number) => void) =>
    untilAnswered(call, { wait, onTrouble });
  const notLoaded = (message: string) => store.dispatch({ type: "not-loaded", message });

  async function open(): Promise<void> {
    const tell = await recover({
      ...{ store, calls, shelf, keeper, now },
      retrying: (call) => untilAnswered(call, { wait, onTrouble: notLoaded, maxFailures: patience }),
      deliver: (sendingId) => deliver(sendingId, true),
    }).catch((error: unknown) => () => [{ kind: "not-taken-up", message: messageOf(error) } as const]);
    isOpen = true;
    await fill();
    store.dispatch({ type: "news", news: tell() });
  }

  /** Fetches until two are here. While something is on its way, and not stuck, its answer brings the next one. */
  async function fill(): Promise<void> {
    if (isFilling || !isOpen) return;
    isFilling = true;
    try {
      while (mayFill(store.get())) {
        const assignment = await retrying(() => calls.next(heldIds(store.get())), notLoaded);
        store.dispatch({ type: "arrived", assignment, at: now() });
      }
    } catch (error) {
      notLoaded(messageOf(error));
    } finally {
      isFilling = false;
    }
  }

  function submit(): SubmitOutcome {
    const work = shownWork(store.get());
    if (!work || (work.problem && work.problem.kind !== "other")) return "blocked";
    const { assignment, reason } = work;
    const unanswered = firstUnanswered(work);
    if (unanswered !== -1) {
      store.dispatch({ type: "turned", place: unanswered });
      return "incomplete";
    }
    if (assignment.hidden.length > 0) return "hidden";
    if (assignment.schema.reason === "required" && reason.trim() === "") return "no-reason";
    if (isRevision(work) && !hasChanges(work)) {
      // A flag is no part of a revision: what is closed stays until a draft has it.
      leaveVisit();
      return "unchanged";
    }
    if (isSecondPress("submit")) return "too-soon";
    const submissionId = newId();
    const input = {
      ...inputOf(work),
      submissionId,
      guidelinesVersion,
      activeMs: clocks.read(work),
    };
    send(submissionId, { kind: "submit", input });
    return "sent";
  }

  /** Skips what is on the screen; false when there is nothing to skip, or it was not meant. */
  function skip(): boolean {
    const work = shownWork(store.get());
    if (!work || isRevision(work) || isSecondPress("skip")) return false;
    const { flag } = work;
    const reason = work.reason.trim();
    send(newId(), { kind: "skip", input: { flag, ...(reason !== "" && { reason }) } });
    return true;
  }

  /** Whether a press comes again before anybody can have read what is on the screen. */
  function isSecondPress(kind: Request["kind"]): boolean {
    return kind === sentKind && !isTouched && now() < seenAt + doublePressMs;
  }

  /** Says afterwards why an assignment was skipped. Throws ApiError. */
  async function explainSkip(id: string, reason: string): Promise<void> {
    await deliveries.get(id);
    await calls.explainSkip(id, reason);
  }

  function send(sendingId: string, request: Request): void {
    store.dispatch({ type: "sent", sendingId, request });
    seenAt = Infinity;
    sentKind = request.kind;
    isTouched = false;
    onceSeen(() => (seenAt = now()));
    void deliver(sendingId);
  }

  /** Sends what is among the sendings until the server answers; false when it is on the screen again. */
  function deliver(sendingId: string, isFromBefore = false): Promise<boolean> {
    const sending = store.get().sending.find(({ id }) => id === sendingId);
    if (!sending) return Promise.resolve(true);
    const { id } = sending.work.assignment;
    const delivery = attempt(sending, isFromBefore).finally(() => {
      if (deliveries.get(id) === delivery) deliveries.delete(id);
      void fill();
    });
    deliveries.set(id, delivery);
    return delivery;
  }

  async function attempt({ id: sendingId, work, request }: Sending, isFromBefore: boolean): Promise<boolean> {
    const { id } = work.assignment;
    const wasNext = !isRevision(work) || work.assignment.askedAgain !== null;
    const stored = () => {
      store.dispatch({ type: "confirmed", sendingId });
      if (request.kind === "submit") onSubmitted(isFromBefore ? "from-before" : wasNext ? "counted" : "revision");
    };
    try {
      const { next } = await retrying(
        () => {
          const held = heldIds(store.get()).filter((one) => one !== id);
          return request.kind === "submit"
            ? calls.submit(id, { ...request.input, held })
            : calls.skip(id, { ...request.input, held });
        },
        (message, failures) => {
          store.dispatch({ type: "troubled", sendingId, message, failures });
          if (failures >= patience) void fill();
        },
      );
      stored();
      // A revision frees no place, so that nothing new comes with it says nothing, unless it was the next thing to do.
      if (next !== null || wasNext) store.dispatch({ type: "arrived", assignment: next, at: now() });
      return true;
    } catch (error) {
      const { problem, assignment } = await diagnose(work, error);
      const isStored = assignment?.submitted?.submissionId === sendingId;
      if (isStored) stored();
      else store.dispatch({ type: "returned", sendingId, problem, assignment });
      return isStored;
    }
  }

  async function refuse(work: Work, error: unknown): Promise<void> {
    // A draft that was overtaken by its own submission.
    if (deliveries.has(work.assignment.id)) return;
    const { problem, assignment } = await diagnose(work, error);
    store.dispatch({ type: "refused", assignmentId: work.assignment.id, problem, assignment });
  }

  /** Looks at the assignment to tell what a refusal means. */
  async function diagnose(
    work: Work,
    error: unknown,
  ): Promise<{ problem: Problem; assignment: AssignmentView | null }> {
    const message = messageOf(error);
    const other = { problem: { kind: "other", message } as const, assignment: null };
    if (!(error instanceof ApiError) || error.code !== "conflict") return other;
    const found = await calls.get(work.assignment.id).catch(() => null);
    if (!found) return other;
    const { submitted, state, schemaVersion } = found;
    if (submitted && submitted.submissionId !== work.assignment.submitted?.submissionId)
      return { problem: { kind: "elsewhere", message }, assignment: found };
    if (schemaVersion !== work.assignment.schemaVersion)
      return { problem: { kind: "questions", message }, assignment: null };
    return state === "leased" || state === "submitted"
      ? other
      : { problem: { kind: "lost", message }, assignment: null };
  }

  /** Opens one of my assignments in place of the current one. Throws ApiError. */
  async function visit(id: string): Promise<void> {
    await deliveries.get(id);
    store.dispatch({ type: "visited", assignment: await calls.get(id), at: now() });
  }

  /** Opens the assignment before the one on the screen; false when there is none. Throws ApiError. */
  async function visitPrevious(): Promise<boolean> {
    const { visit: visited, trail } = store.get();
    const at = visited ? trail.indexOf(visited.assignment.id) : trail.length;
    const id = trail[at - 1] ?? (await calls.history({ limit: 1, cursor: visited?.assignment.id })).items[0]?.id;
    if (id === undefined) return false;
    await visit(id);
    return true;
  }

  /** Fetches the assignment on the screen again, for questions that have changed. Throws ApiError. */
  async function renew(): Promise<void> {
    const work = shownWork(store.get());
    if (work) store.dispatch({ type: "renewed", assignment: await calls.get(work.assignment.id), at: now() });
  }

  /** Fixes the answer to a question of the shown work and brings the texts that it reveals. Throws ApiError. */
  async function reveal(question: string): Promise<void> {
    const work = shownWork(store.get());
    const answer = work?.answers[question];
    if (!work || answer === undefined) return;
    const { id, schemaVersion } = work.assignment;
    store.dispatch({ type: "revealed", assignment: await calls.reveal(id, { schemaVersion, question, answer }) });
  }

  /** Closes the earlier assignment on the screen, whether it was opened or came from another tab. */
  function leaveVisit(): void {
    store.dispatch({ type: "left-visit" });
    void fill();
  }

  function drop(): void {
    const work = shownWork(store.get());
    if (work) store.dispatch({ type: "dropped", assignmentId: work.assignment.id });
    void fill();
  }

  /**
   * Extends the lease of what is on the screen, which unsaved words do anyway: as it is here and as old as it is, so that
   * newer words of another tab stay. What was lost before anything was said about it makes room unseen.
   */
  async function keep(): Promise<void> {
    const work = shownWork(store.get());
    if (!work || isRevision(work) || work.problem || isUnsaved(work)) return;
    const { assignment } = work;
    // Its flag is stored, and another tab may have taken it back. Where nothing was said anything else is newer.
    const old = { flag: undefined, saidAt: work.saidAt ?? new Date(0).toISOString() };
    const draft = draftOf({ ...work, ...old }, clocks.read(work));
    const saved = await calls.saveDraft(assignment.id, draft).catch(() => null);
    const isUntouched = shownWork(store.get()) === work && work.save.status === "clean" && assignment.draft === null;
    if (saved && saved.state !== "leased" && isUntouched) drop();
  }

  function onChange(): void {
    const work = shownWork(store.get());
    const before = shown;
    shown = work;
    if (work?.assignment.id === before?.assignment.id) {
      if (work && before && isOtherwise(work, before)) isTouched = true;
      return;
    }
    clocks.turnTo(work);
    if (work && now() - work.arrivedAt > freshMs) void keep();
  }

  /** Starts; the answer stops: drafts are sent, and what was fetched ahead goes back to the others. */
  function start(): () => void {
    const unsubscribe = store.subscribe(onChange);
    const unwatch = drafts.watch();
    void (opened ??= open()).then(fill);
    return () => {
      unsubscribe();
      unwatch();
      leave();
    };
  }

  function leave(): void {
    drafts.flush();
    for (const { assignment, save } of store.get().queue.slice(1)) {
      if (save.status !== "clean" || assignment.draft !== null) continue;
      store.dispatch({ type: "dropped", assignmentId: assignment.id });
      calls.release(assignment.id).catch(() => {});
    }
  }

  const showGuidelines = (version: number) => {
    guidelinesVersion = version;
  };
  const askAgain = () => {
    store.dispatch({ type: "asked-again" });
    void fill();
  };
  return {
    store,
    clocks,
    start,
    showGuidelines,
    leave,
    fill: () => void fill(),
    askAgain,
    submit,
    skip,
    explainSkip,
    visit,
    visitPrevious,
    renew,
    reveal,
    leaveVisit,
    drop,
    keep,
  };
}

function mayFill({ queue, sending, isExhausted }: Session): boolean {
  return queue.length < wanted && sending.every(isStuck) && !isExhausted;
}

/** Whether something was said or decided in between, and not only saved. */
function isOtherwise(work: Work, before: Work): boolean {
  return !isSameWriting(work, before) || work.problem !== before.problem;
}

function inputOf({
  assignment,
  answers,
  reason,
  isUnsure,
  flag,
}: Work): Pick<SubmitInput, "schemaVersion" | "answers" | "reason" | "isUnsure" | "flag" | "revises"> {
  return {
    schemaVersion: assignment.schemaVersion,
    answers: askedAnswers(assignment.schema.questions, answers),
    reason: assignment.schema.reason === "off" ? "" : reason,
    isUnsure,
    flag,
    revises: assignment.submitted?.submissionId,
  };
}

/** One active clock an assignment; that of the one on the screen runs. */
function createClocks(now: () => number) {
  const totals = new Map<string, number>();
  let current: { id: string; clock: ActiveClock } | undefined;
  let isShown = true;
  const read = ({ assignment }: Pick<Work, "assignment">): number => {
    const ms = current?.id === assignment.id ? current.clock.read(now()) : (totals.get(assignment.id) ?? 0);
    return Math.round(ms);
  };
  return {
    read,
    turnTo: (work: Work | null) => {
      if (current) totals.set(current.id, current.clock.read(now()));
      const id = work?.assignment.id;
      current =
        work && id
          ? { id, clock: startActiveClock(totals.get(id) ?? work.assignment.draft?.activeMs ?? 0, now(), isShown) }
          : undefined;
    },
    input: () => current?.clock.input(now()),
    show: () => {
      isShown = true;
      current?.clock.show(now());
    },
    hide: () => {
      isShown = false;
      current?.clock.hide(now());
    },
  };
}
