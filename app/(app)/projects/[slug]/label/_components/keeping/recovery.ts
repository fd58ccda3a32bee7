import { ApiError } from "@/app/_components/api-client";
import type { AssignmentView } from "@/lib/assignments/schema";
import { messageOf, type Calls } from "../calls";
import type { Wait } from "../retry";
import { heldIds, type Problem, type Session, type SessionAction } from "../session";
import type { Store } from "../store";
import type { Keeper } from "./keeper";
import { draftInputOf, judgeDraft, type Kept } from "./kept";
import { wordMoment } from "./moment";
import type { News } from "./news";
import type { Shelf } from "./shelf";

/** Milliseconds to wait for a device that does not answer. */
const patienceMs = 3000;

type Options = {
  store: Store<Session, SessionAction>;
  calls: Calls;
  shelf: Shelf;
  keeper: Keeper;
  wait: Wait;
  now: () => number;
  /** Repeats a call until the server answers it. */
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
  const { shelf, store, wait, deliver } = options;
  const nothing = wait(patienceMs).then(() => null);
  const kept = await Promise.race([shelf.all().catch(() => null), nothing]);
  if (!kept) {
    store.dispatch({ type: "device", keeps: false });
    return () => [{ kind: "no-device" }];
  }
  const inOrder = kept.toSorted((a, b) => (a.at < b.at ? -1 : 1));
  const sendings = inOrder.filter(isSending);
  const drafts = inOrder.filter((one) => !isSending(one));
  // Words about what is among the sendings are either older than those or another tab's.
  const isBehind = (draft: Kept) => sendings.some(({ assignment }) => assignment.id === draft.assignment.id);
  for (const one of sendings) resume(one, options);
  const before = await settle(
    drafts.filter((draft) => !isBehind(draft)),
    options,
  );
  const taken = await Promise.all(sendings.map(({ sending }) => deliver(sending.id)));
  const after = await settle(drafts.filter(isBehind), options);
  return () => [
    ...newsOfSendings(sendings, taken),
    ...[...before, ...after].map((one) => newsOfDraft(one, heldIds(store.get()))),
  ];
}

function isSending(kept: Kept): kept is KeptSending {
  return kept.sending !== null;
}

function resume(kept: KeptSending, { store, keeper, now }: Options): void {
  keeper.adopt(kept);
  const { id: sendingId, request } = kept.sending;
  store.dispatch({ type: "resumed", sendingId, request, said: kept, at: now() });
}

/** A draft that the server has, and where its assignment stands. */
type Settled = { kept: Kept; state: AssignmentView["state"] };

async function settle(drafts: Kept[], options: Options): Promise<Settled[]> {
  const all: Settled[] = [];
  for (const draft of drafts) {
    const settled = await settleDraft(draft, options);
    if (settled) all.push(settled);
  }
  return all;
}

/** Null when there is nothing to say about the draft, or when the person has to decide about it on the screen. */
async function settleDraft(kept: Kept, options: Options): Promise<Settled | null> {
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
    putBack(kept, "gone", options, kept.assignment, messageOf(error));
    return null;
  }
}

const messages = {
  elsewhere: (time: string) =>
    `This was submitted in another tab or on another device before your draft from ${time} reached the server. The draft is what you see here.`,
  questions: (time: string) =>
    `The questions of this project changed before your draft from ${time} reached the server. Your answers to the old ones are here until you load the new ones.`,
  gone: (time: string) => `Your draft from ${time} is only on this device now.`,
} as const satisfies Partial<Record<Problem["kind"], (time: string) => string>>;

function putBack(
  kept: Kept,
  kind: keyof typeof messages,
  { keeper, store, now }: Options,
  assignment: AssignmentView,
  detail = "",
): void {
  keeper.adopt(kept);
  const message = `${messages[kind](wordMoment(kept.at))} ${detail}`.trim();
  store.dispatch({ type: "put-back", said: { ...kept, assignment }, problem: { kind, message }, at: now() });
}

function newsOfSendings(sendings: KeptSending[], taken: boolean[]): News[] {
  const sent = sendings.filter((_, index) => taken[index]);
  const skips = sent.filter(({ sending }) => sending.request.kind === "skip").length;
  const returned = sendings.length - sent.length;
  const news: News[] = [];
  if (sent.length > 0) news.push({ kind: "sent", submissions: sent.length - skips, skips });
  if (returned > 0) news.push({ kind: "returned", count: returned });
  return news;
}

function newsOfDraft({ kept, state }: Settled, held: string[]): News {
  const { at, assignment } = kept;
  const isBack = state === "leased" || held.includes(assignment.id);
  return isBack ? { kind: "back", at } : { kind: "apart", assignmentId: assignment.id, at, state };
}
