import { expect, test } from "vitest";
import type { AssignmentView } from "@/lib/assignments/schema";
import { reduce } from "../reduce";
import { emptySession, type Session, type SessionAction } from "../session";
import { createStore } from "../store";
import { createKeeper } from "./keeper";
import type { Kept } from "./kept";
import { memoryShelf } from "./memory-shelf";

const request = { kind: "skip", input: {} } as const;
const arrived = (id: string): SessionAction => ({
  type: "arrived",
  assignment: {
    ...{ id, schema: { questions: [], reason: "optional" }, schemaVersion: 1, completions: [], draft: null },
    submitted: null,
  } as unknown as AssignmentView,
  at: 0,
});

function aTab(shelf = memoryShelf()) {
  const store = createStore<Session, SessionAction>(reduce, emptySession);
  let versions = 0;
  const keeper = createKeeper({ store, shelf, activeMs: () => 5, newId: () => `v${++versions}` });
  const act = async (...actions: SessionAction[]) => {
    for (const action of actions) store.dispatch(action);
    await new Promise((resolve) => setTimeout(resolve));
  };
  return { store, shelf, keeper, act, kept: () => [...shelf.rows].map(([key, { reason }]) => [key, reason]) };
}

test("every change is on the device at once, and goes when the server has it", async () => {
  const { act, kept, shelf, store } = aTab();
  await act(arrived("a"), arrived("b"));
  expect(kept()).toEqual([]);
  await act({ type: "reasoned", reason: "x" });
  await act({ type: "reasoned", reason: "xy" });
  expect(kept()).toEqual([["draft a", "xy"]]);
  expect(shelf.rows.get("draft a")).toMatchObject({ activeMs: 5, at: expect.stringMatching(/Z$/), sending: null });
  await act({ type: "saving", assignmentId: "a" });
  expect(kept()).toEqual([["draft a", "xy"]]);
  await act({ type: "saved", assignmentId: "a" });
  expect([kept(), store.get().deviceKeeps]).toEqual([[], true]);
});

test("a submission is there before its draft goes, and stays until it is confirmed", async () => {
  const { act, kept, shelf } = aTab();
  await act(arrived("a"), { type: "reasoned", reason: "x" });
  const order: string[] = [];
  const { put, remove } = shelf;
  shelf.put = (one) => put(one).finally(() => order.push(`+ ${one.key}`));
  shelf.remove = (one) => remove(one).finally(() => order.push(`- ${one.key}`));
  await act({ type: "sent", sendingId: "s1", request });
  expect(order).toEqual(["+ sending s1", "- draft a"]);
  await act({ type: "troubled", sendingId: "s1", message: "offline", failures: 0 });
  expect(kept()).toEqual([["sending s1", "x"]]);
  await act({ type: "confirmed", sendingId: "s1" });
  expect(kept()).toEqual([]);
});

test("another tab's newer words stay when this tab's are confirmed", async () => {
  const shelf = memoryShelf();
  const here = aTab(shelf);
  await here.act(arrived("a"), { type: "reasoned", reason: "here" });
  shelf.rows.set("draft a", { ...shelf.rows.get("draft a")!, version: "there", reason: "there" });
  await here.act({ type: "saving", assignmentId: "a" }, { type: "saved", assignmentId: "a" });
  expect(here.kept()).toEqual([["draft a", "there"]]);
});

test("what the device has from before is not written again, and goes when it is confirmed", async () => {
  const first = aTab();
  await first.act(arrived("a"), { type: "reasoned", reason: "x" }, { type: "sent", sendingId: "s1", request });
  const kept = structuredClone([...first.shelf.rows.values()]) as [Kept];
  const { keeper, act, shelf } = aTab(first.shelf);
  keeper.adopt(kept[0]);
  await act({ type: "resumed", sendingId: "s1", request, said: kept[0], at: 0 });
  expect(shelf.rows.get("sending s1")).toEqual(kept[0]);
  await act({ type: "confirmed", sendingId: "s1" });
  expect(shelf.rows.size).toBe(0);
});

test("a device that keeps nothing is told, and tried again with the next change", async () => {
  const { act, kept, shelf, store } = aTab();
  shelf.isBroken = true;
  await act(arrived("a"), { type: "reasoned", reason: "x" });
  expect([store.get().deviceKeeps, kept()]).toEqual([false, []]);
  shelf.isBroken = false;
  await act({ type: "reasoned", reason: "xy" });
  expect([store.get().deviceKeeps, kept()]).toEqual([true, [["draft a", "xy"]]]);
});

test("what is on its way to the device is not told as kept there", async () => {
  const { act, kept, shelf, store } = aTab();
  await act(arrived("a"), { type: "reasoned", reason: "x" });
  const { put } = shelf;
  let release = () => {};
  shelf.put = async (one) => {
    await new Promise<void>((resolve) => (release = resolve));
    await put(one);
  };
  await act({ type: "reasoned", reason: "xy" });
  expect([store.get().isDeviceWriting, kept()]).toEqual([true, [["draft a", "x"]]]);
  // Said during the writing: that is over when this is written too.
  await act({ type: "reasoned", reason: "xyz" });
  release();
  await act();
  expect([store.get().isDeviceWriting, kept()]).toEqual([true, [["draft a", "xy"]]]);
  release();
  await act();
  expect([store.get().isDeviceWriting, kept()]).toEqual([false, [["draft a", "xyz"]]]);
});
