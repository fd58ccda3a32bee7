import "fake-indexeddb/auto";
import { createStore, keys as keysOf } from "idb-keyval";
import { expect, test } from "vitest";
import type { AssignmentView } from "@/lib/assignments/schema";
import type { Kept } from "./kept";
import { openShelf } from "./shelf";

const aKept = (key: string, version: string, schemaVersion: number): Kept => ({
  ...{ key, version, at: "2026-01-01T12:04:00.000Z", activeMs: 0, answers: {}, reason: version, isUnsure: false },
  ...{ flag: undefined, sending: null },
  assignment: { id: "a", schemaVersion, submitted: null } as unknown as AssignmentView,
});

/** A shelf of a project of its own, and what its database has. */
function aShelf(projectId: string) {
  const store = createStore(`tandem-label 1 u ${projectId}`, "kept");
  return { shelf: openShelf({ userId: "u", projectId }), keys: () => keysOf<string>(store) };
}

test("texts lie there once, for as long as a row is about them", async () => {
  const { shelf, keys } = aShelf("p1");
  const [draft, sending] = [aKept("draft a", "v1", 1), aKept("sending s1", "v2", 1)];
  await shelf.put(draft);
  await shelf.put(sending);
  expect(await keys()).toEqual(["assignment a 1 ", "draft a", "sending s1"]);
  expect(await shelf.all()).toMatchObject([draft, sending]);
  await shelf.remove(draft);
  expect(await keys()).toEqual(["assignment a 1 ", "sending s1"]);
  await shelf.remove({ ...sending, version: "another tab's" });
  expect(await keys()).toEqual(["assignment a 1 ", "sending s1"]);
  await shelf.remove(sending);
  expect(await keys()).toEqual([]);
});

test("a draft that comes to be about other texts takes the old ones along, unless another row needs them", async () => {
  const { shelf, keys } = aShelf("p2");
  await shelf.put(aKept("draft a", "v1", 1));
  await shelf.put(aKept("draft a", "v2", 2));
  expect(await keys()).toEqual(["assignment a 2 ", "draft a"]);
  await shelf.put(aKept("sending s1", "v3", 2));
  await shelf.put(aKept("draft a", "v4", 3));
  expect(await keys()).toEqual(["assignment a 2 ", "assignment a 3 ", "draft a", "sending s1"]);
});
