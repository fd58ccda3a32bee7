import { ApiError } from "@/app/_components/api-client";
import type { AssignmentView, SubmitInput } from "@/lib/assignments/schema";
import { startActiveClock, type ActiveClock } from "./active-clock";
import { messageOf, type Calls } from "./calls";
import { createDraftSaver } from "./draft-saver";
import { untilAnswered, type Wait } from "./retry";
import {
  emptySession,
  firstUnanswered,
  hasChanges,
  heldIds,
  isRevision,
  reduce,
  shownWork,
  type Problem,
  type Session,
  type SessionAction,
  type Work,
} from "./session";
import { createStore } from "./store";

/** Open assignments to have here: the one on the screen and the next. */
const wanted = 2;
/** A lease fetched longer ago than this is renewed when its assignment comes to the screen, in milliseconds. */
const freshMs = 60_000;

export type SubmitOutcome = "sent" | "unchanged" | "incomplete" | "hidden" | "no-reason" | "blocked";

type Options = {
  calls: Calls;
  /** Milliseconds of a monotonic clock. */
  now: () => number;
  newId: () => string;
  wait: Wait;
  /** A submission is stored. */
  onSubmitted: (kind: "first" | "revision") => void;
};

export type Engine = ReturnType<typeof createEngine>;

/** The labelling page without its looks: fetches ahead, sends in the background, brings back what was refused. */
export function createEngine({ calls, now, newId, wait, onSubmitted }: Options) {
  const store = createStore<Session, SessionAction>(reduce, emptySession);
  const clocks = createClocks(now);
  const drafts = createDraftSaver({ store, calls, wait, activeMs: clocks.read, onRefused: refuse });
  /** Submissions and skips on their way, by assignment. */
  const deliveries = new Map<string, Promise<void>>();
  /** The version that the page shows. */
  let guidelinesVersion = 1;
  let isFilling = false;
  let shownId: string | undefined;

  const retrying = <T>(call: () => Promise<T>, onTrouble: (message: string) => void) =>
    untilAnswered(call, { wait, onTrouble });

  /** Fetches until two are here. While something is on its way its answer brings the next one. */
  async function fill(): Promise<void> {
    if (isFilling) return;
    isFilling = true;
    try {
      while (mayFill(store.get())) {
        const assignment = await retrying(
          () => calls.next(heldIds(store.get())),
          (message) => store.dispatch({ type: "not-loaded", message }),
        );
        store.dispatch({ type: "arrived", assignment, at: now() });
      }
    } catch (error) {
      store.dispatch({ type: "not-loaded", message: messageOf(error) });
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
      store.dispatch({ type: "dropped", assignmentId: assignment.id });
      return "unchanged";
    }
    const submissionId = newId();
    const input = {
      ...inputOf(work),
      submissionId,
      guidelinesVersion,
      activeMs: clocks.read(work),
    };
    send(work, submissionId, (held) => calls.submit(assignment.id, { ...input, held }));
    return "sent";
  }

  function skip(): void {
    const work = shownWork(store.get());
    if (!work || isRevision(work)) return;
    const reason = work.reason.trim();
    send(work, newId(), (held) => calls.skip(work.assignment.id, { held, ...(reason !== "" && { reason }) }), "skip");
  }

  function send(
    work: Work,
    sendingId: string,
    call: (held: string[]) => Promise<{ next: AssignmentView | null }>,
    kind: "submit" | "skip" = "submit",
  ): void {
    const { id } = work.assignment;
    store.dispatch({ type: "sent", sendingId });
    const delivery = deliver(work, sendingId, call, kind).finally(() => {
      if (deliveries.get(id) === delivery) deliveries.delete(id);
      void fill();
    });
    deliveries.set(id, delivery);
  }

  async function deliver(
    work: Work,
    sendingId: string,
    call: (held: string[]) => Promise<{ next: AssignmentView | null }>,
    kind: "submit" | "skip",
  ): Promise<void> {
    const { id } = work.assignment;
    try {
      const { next } = await retrying(
        () => call(heldIds(store.get()).filter((held) => held !== id)),
        (message) => store.dispatch({ type: "troubled", sendingId, message }),
      );
      store.dispatch({ type: "confirmed", sendingId });
      if (kind === "submit") onSubmitted(isRevision(work) ? "revision" : "first");
      // A revision frees no place, so that nothing new comes with it says nothing.
      if (next !== null || !isRevision(work)) store.dispatch({ type: "arrived", assignment: next, at: now() });
    } catch (error) {
      const { problem, assignment } = await diagnose(work, error);
      if (assignment?.submitted?.submissionId === sendingId) store.dispatch({ type: "confirmed", sendingId });
      else store.dispatch({ type: "returned", sendingId, problem, assignment });
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

  function drop(): void {
    const work = shownWork(store.get());
    if (work) store.dispatch({ type: "dropped", assignmentId: work.assignment.id });
    void fill();
  }

  /** Extends the lease of what is on the screen; what was lost before anything was said about it makes room unseen. */
  async function keep(): Promise<void> {
    const work = shownWork(store.get());
    if (!work || isRevision(work) || work.problem) return;
    const { assignment, answers, reason } = work;
    const draft = { schemaVersion: assignment.schemaVersion, answers, reason, activeMs: clocks.read(work) };
    const saved = await calls.saveDraft(assignment.id, draft).catch(() => null);
    const isUntouched = shownWork(store.get()) === work && work.save.status === "clean" && assignment.draft === null;
    if (saved && saved.state !== "leased" && isUntouched) drop();
  }

  function onChange(): void {
    const work = shownWork(store.get());
    if (work?.assignment.id === shownId) return;
    shownId = work?.assignment.id;
    clocks.turnTo(work);
    if (work && now() - work.arrivedAt > freshMs) void keep();
  }

  /** Starts; the answer stops: drafts are sent, and what was fetched ahead goes back to the others. */
  function start(): () => void {
    const unsubscribe = store.subscribe(onChange);
    const unwatch = drafts.watch();
    void fill();
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
    visit,
    visitPrevious,
    renew,
    reveal,
    drop,
    keep,
  };
}

function mayFill({ queue, sending, isExhausted }: Session): boolean {
  return queue.length < wanted && sending.length === 0 && !isExhausted;
}

function inputOf({
  assignment,
  answers,
  reason,
}: Work): Pick<SubmitInput, "schemaVersion" | "answers" | "reason" | "revises"> {
  const asked = assignment.schema.questions.filter(({ id }) => answers[id] !== undefined);
  return {
    schemaVersion: assignment.schemaVersion,
    answers: Object.fromEntries(asked.map(({ id }) => [id, answers[id]!])),
    reason: assignment.schema.reason === "off" ? "" : reason,
    revises: assignment.submitted?.submissionId,
  };
}

/** One active clock an assignment; that of the one on the screen runs. */
function createClocks(now: () => number) {
  const totals = new Map<string, number>();
  let current: { id: string; clock: ActiveClock } | undefined;
  const read = ({ assignment }: Work): number => {
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
          ? { id, clock: startActiveClock(totals.get(id) ?? work.assignment.draft?.activeMs ?? 0, now()) }
          : undefined;
    },
    input: () => current?.clock.input(now()),
    show: () => current?.clock.show(now()),
    hide: () => current?.clock.hide(now()),
  };
}
