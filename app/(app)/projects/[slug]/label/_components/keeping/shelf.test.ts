import { beforeEach, expect, test, vi } from "vitest";
import type { AssignmentView } from "@/lib/assignments/schema";
import type { Kept } from "./kept";
import { openShelf } from "./shelf";

/** What the browser's database has, and the little of its interface that a shelf uses. */
const { rows, store } = vi.hoisted(() => {
  const rows = new Map<string, unknown>();
  const answer = <T>(result: T) => ({ result });
  const store = {
    get: (key: string) => answer(rows.get(key)),
    getKey: (key: string) => answer(rows.has(key) ? key : undefined),
    getAll: () => answer([...rows.values()]),
    put: (value: unknown, key: string) => answer(rows.set(key, value)),
    delete: (key: string) => answer(rows.delete(key)),
    transaction: answer(undefined),
  };
  return { rows, store };
});

vi.mock("idb-keyval", () => ({
  createStore: () => (_mode: string, work: (opened: typeof store) => unknown) => work(store),
  entries: () => Promise.resolve([...rows]),
  promisifyRequest: ({ result }: { result: unknown }) => Promise.resolve(result),
}));

beforeEach(() => rows.clear());

const aKept = (key: string, version: string, schemaVersion: number): Kept => ({
  ...{ key, version, at: "2026-01-01T12:04:00.000Z", activeMs: 0, answers: {}, reason: version, isUnsure: false },
  ...{ flag: undefined, sending: null },
  assignment: { id: "a", schemaVersion, submitted: null } as unknown as AssignmentView,
});
const shelf = openShelf({ userId: "u", projectId: "p" });
const keys = () => [...rows.keys()].sort();

test("texts lie there once, for as long as a row is about them", async () => {
  const [draft, sending] = [aKept("draft a", "v1", 1), aKept("sending s1", "v2", 1)];
  await shelf.put(draft);
  await shelf.put(sending);
  expect(keys()).toEqual(["assignment a 1 ", "draft a", "sending s1"]);
  expect(await shelf.all()).toMatchObject([draft, sending]);
  await shelf.remove(draft);
  expect(keys()).toEqual(["assignment a 1 ", "sending s1"]);
  await shelf.remove({ ...sending, version: "another tab's" });
  expect(keys()).toEqual(["assignment a 1 ", "sending s1"]);
  await shelf.remove(sending);
  expect(keys()).toEqual([]);
});

test("a draft that comes to be about other texts takes the old ones along, unless another row needs them", async () => {
  await shelf.put(aKept("draft a", "v1", 1));
  await shelf.put(aKept("draft a", "v2", 2));
  expect(keys()).toEqual(["assignment a 2 ", "draft a"]);
  await shelf.put(aKept("sending s1", "v3", 2));
  await shelf.put(aKept("draft a", "v4", 3));
  expect(keys()).toEqual(["assignment a 2 ", "assignment a 3 ", "draft a", "sending s1"]);
});
