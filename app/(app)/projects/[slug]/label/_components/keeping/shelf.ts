import { createStore, entries, promisifyRequest } from "idb-keyval";
import type { AssignmentView } from "@/lib/assignments/schema";
import type { Kept } from "./kept";

/** Where a device keeps what the server has not confirmed. Everything in it may fail, as in some private windows. */
export type Shelf = {
  all: () => Promise<Kept[]>;
  put: (kept: Kept) => Promise<void>;
  /** Removes this version; one that another tab has written since stays. */
  remove: (kept: Kept) => Promise<void>;
};

/** Of the rows: raised when this page could not read the older ones. */
const formatVersion = 1;

/** Texts are long and stay the same while somebody types, so they lie in a row of their own, written once. */
type Row = Omit<Kept, "assignment"> & { assignmentKey: string };

/** A database of its own in this browser for each person and project: others neither see nor send what is in it. */
export function openShelf({ userId, projectId }: { userId: string; projectId: string }): Shelf {
  // Opened late: where there is no IndexedDB even looking at it throws.
  let opened: ReturnType<typeof createStore> | undefined;
  const rows = () => (opened ??= createStore(`tandem-label ${formatVersion} ${userId} ${projectId}`, "kept"));
  return {
    all: async () => join(new Map(await entries<string, Row | AssignmentView>(rows()))),
    put: async (kept) => await rows()("readwrite", (store) => put(store, kept)),
    remove: async (kept) => await rows()("readwrite", (store) => remove(store, kept)),
  };
}

function join(found: Map<string, Row | AssignmentView>): Kept[] {
  return [...found.values()].flatMap((row) => {
    if (!("assignmentKey" in row)) return [];
    const assignment = found.get(row.assignmentKey) as AssignmentView | undefined;
    return assignment ? [{ ...row, assignment }] : [];
  });
}

async function put(store: IDBObjectStore, { assignment, ...kept }: Kept): Promise<void> {
  const { id, schemaVersion, submitted } = assignment;
  const assignmentKey = `assignment ${id} ${schemaVersion} ${submitted?.submissionId ?? ""}`;
  const before = await promisifyRequest<Row | undefined>(store.get(kept.key));
  const isThere = await promisifyRequest(store.getKey(assignmentKey));
  if (isThere === undefined) store.put(assignment, assignmentKey);
  store.put({ ...kept, assignmentKey } satisfies Row, kept.key);
  if (before && before.assignmentKey !== assignmentKey) await removeUnneeded(store, before.assignmentKey);
  await promisifyRequest(store.transaction);
}

async function remove(store: IDBObjectStore, { key, version }: Kept): Promise<void> {
  const row = await promisifyRequest<Row | undefined>(store.get(key));
  if (row?.version !== version) return;
  store.delete(key);
  await removeUnneeded(store, row.assignmentKey);
  await promisifyRequest(store.transaction);
}

/** Removes the texts that no row is about any more. */
async function removeUnneeded(store: IDBObjectStore, assignmentKey: string): Promise<void> {
  const rows = (await promisifyRequest(store.getAll())) as (Row | AssignmentView)[];
  const isNeeded = rows.some((row) => "assignmentKey" in row && row.assignmentKey === assignmentKey);
  if (!isNeeded) store.delete(assignmentKey);
}
