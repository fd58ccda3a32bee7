import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Calls } from "../calls";
import { reduce } from "../reduce";
import { emptySession, type Session, type SessionAction } from "../session";
import { createStore } from "../store";
import { createKeeper } from "./keeper";
import { memoryShelf } from "./memory-shelf";
import { recover } from "./recovery";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test("a device that does not answer is waited for three seconds, and what it may have is told as not kept", async () => {
  const store = createStore<Session, SessionAction>(reduce, emptySession);
  const shelf = { ...memoryShelf(), all: () => new Promise<never>(() => {}) };
  const keeper = createKeeper({ store, shelf, activeMs: () => 0, newId: () => "v" });
  const told = recover({
    ...{ store, shelf, keeper, calls: {} as Calls, now: () => 0 },
    ...{ retrying: (call) => call(), deliver: () => Promise.resolve(true) },
  });
  await vi.advanceTimersByTimeAsync(2999);
  expect(store.get().deviceKeeps).toBeNull();
  await vi.advanceTimersByTimeAsync(1);
  expect([(await told)(), store.get().deviceKeeps]).toEqual([[{ kind: "no-device" }], false]);
});
