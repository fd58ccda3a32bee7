import { ApiError } from "@/app/_components/api-client";
import type { AssignmentView } from "@/lib/assignments/schema";
import { isPassing, messageOf, type Calls } from "../calls";
import { heldIds, isStuck, workOf, type DraftProblem, type Session, type SessionAction } from "../session";
import type { Store } from "../store";
import type { Keeper } from "./keeper";
import { draftInputOf, judgeDraft, type Kept } from "./kept";
import type { News } from "./news";
import type { Shelf } from "./shelf";

/** Milliseconds to wait for a device that does not answer. */
const patienceMs = 3000;

type Options = {
  store: Store<Session, SessionAction>;
  calls: Calls;
  shelf: Shelf;
  keeper: Keeper;
  now: () => number;
  /** Repeats a call until the server answers it, or has failed on it a few times. */
  retrying: <T>(call: () => Promise<T>) => Promise<T>;
  /** Sends one of the session's sendings until the server answers; false when it did not take it. */
  deliver: (sendingId: string) => Promise<boolean>;
};

type KeptSending = Kept & { sending: NonNullable<Kept["sending"]> };

/**
 * Takes up what the device kept from before. Drafts go to the server first, because an assignment that comes with the
 * answer to a submission brings its draft along; then submissions and skips are sent again. The answer is what there is
 * to say about all that once the page has its assignments.
 */
export async function recover(options: Options): Promise<() => News[]> {
  const { shelf, store } = options;
  const nothing = new Promise<null>((resolve) => setTimeout(resolve, patienceMs, null));
  const kept = await Promise.race([shelf.all().catch(() => null), nothing]);
  if (!kept) {
    store.dispatch({ type: "device", keeps: false });
    return () => [{ kind: "no-device" }];
  }
  let unreadable = 0;
  const eachReadable = eachOf(() => unreadable++);
  const inOrder = await eachReadable(
    kept.toSorted((a, b) => (a.at < b.at ? -1 : 1)),
    read,
  );
  const sendings = inOrder.filter(isSending);
  const drafts = inOrder.filter((one) => !isSending(one));
  // Words about what is among the sendings are either older than those or another tab's.
  const isBehind = (draft: Kept) => sendings.some(({ assignment }) => assignment.id === draft.assignment.id);
  for (const one of sendings) resume(one, options);
  const before = await eachReadable(
    drafts.filter((draft) => !isBehind(draft)),
    (draft) => settle(draft, options),
  );
  const outcomes = await Promise.all(sendings.map(({ sending }) => outcomeOf(sending.id, options)));
  const isUnderway = (draft: Kept) =>
    store.get().sending.some(({ work }) => work.assignment.id === draft.assignment.id);
  const after = await eachReadable(
    drafts.filter((draft) => isBehind(draft) && !isUnderway(draft)),
    (draft) => settle(draft, options),
  );
  return () => [
    ...newsOfSendings(sendings, outcomes),
    ...[...before, ...after].flatMap((one) => (one ? [newsOfDraft(one, heldIds(store.get()))] : [])),
    ...newsOfUnreadable(unreadable),
  ];
}

/** Does the same with every row, one after the other. One that fails, perhaps written in another way, stops no other. */
function eachOf(onUnreadable: () => void) {
  return async <Row, Result>(rows: Row[], work: (row: Row) => Result | Promise<Result>): Promise<Result[]> => {
    const results: Result[] = [];
    for (const row of rows) {
      try {
        results.push(await work(row));
      } catch {
        onUnreadable();
      }
    }
    return results;
  };
}

/** Throws for what this page could not show or send; the device still has it then. */
function read(kept: Kept): Kept {
  workOf(kept.assignment, 0, kept);
  if (kept.sending !== null && kept.sending.request.input === undefined) throw new Error("Nothing to send.");
  return kept;
}

function isSending(kept: Kept): kept is KeptSending {
  return kept.sending !== null;
}

function resume(kept: KeptSending, { store, keeper, now }: Options): void {
  keeper.adopt(kept);
  const { id: sendingId, request } = kept.sending;
  store.dispatch({ type: "resumed", sendingId, request, said: kept, at: now() });
}

type Outcome = "taken" | "returned" | "underway";

/** What became of a submission or skip. One on which the server goes on failing is underway, without being waited for. */
function outcomeOf(sendingId: string, { store, deliver }: Options): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const unsubscribe = store.subscribe(() => {
      if (store.get().sending.some((one) => one.id === sendingId && isStuck(one))) resolve("underway");
    });
    deliver(sendingId)
      .then((isTaken) => resolve(isTaken ? "taken" : "returned"), reject)
      .finally(unsubscribe);
  });
}

/** A draft that the server has, and where its assignment stands. */
type Settled = { kept: Kept; state: AssignmentView["state"] };

/** Null when there is nothing to say about the draft, or when the person has to decide about it on the screen. */
async function settle(kept: Kept, options: Options): Promise<Settled | null> {
  const { calls, shelf, retrying } = options;
  const { id } = kept.assignment;
  try {
    const view = await retrying(() => calls.get(id));
    const verdict = judgeDraft(kept, view);
    if (verdict === "elsewhere" || verdict === "questions") {
      putBack(kept, verdict, options, verdict === "elsewhere" ? view : kept.assignment);
      return null;
    }
    const { state } = verdict === "newer" ? await retrying(() => calls.saveDraft(id, draftInputOf(kept))) : view;
    await shelf.remove(kept).catch(() => {});
    const isOld = verdict === "known" && (state === "leased" || state === "submitted");
    return isOld ? null : { kept, state };
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    putBack(kept, isPassing(error) ? "other" : "gone", options, kept.assignment, messageOf(error));
    return null;
  }
}

function putBack(
  kept: Kept,
  kind: DraftProblem["kind"],
  { keeper, store, now }: Options,
  assignment: AssignmentView,
  message = "",
): void {
  keeper.adopt(kept);
  const problem: DraftProblem = { kind, message, draftAt: kept.at };
  store.dispatch({ type: "put-back", said: { ...kept, assignment }, problem, at: now() });
}

function newsOfSendings(sendings: KeptSending[], outcomes: Outcome[]): News[] {
  const sent = sendings.filter((_, index) => outcomes[index] === "taken");
  const skips = sent.filter(({ sending }) => sending.request.kind === "skip").length;
  const returned = outcomes.filter((outcome) => outcome === "returned").length;
  const news: News[] = [];
  if (sent.length > 0) news.push({ kind: "sent", submissions: sent.length - skips, skips });
  if (returned > 0) news.push({ kind: "returned", count: returned });
  return news;
}

function newsOfUnreadable(count: number): News[] {
  return count === 0 ? [] : [{ kind: "unreadable", count }];
}

function newsOfDraft({ kept, state }: Settled, held: string[]): News {
  const { at, assignment } = kept;
  const isBack = state === "leased" || held.includes(assignment.id);
  return isBack ? { kind: "back", at } : { kind: "apart", assignmentId: assignment.id, at, state };
}
