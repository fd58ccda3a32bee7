import { expect, test } from "vitest";
import type { AssignmentView } from "@/lib/assignments/schema";
import { reduce } from "../reduce";
import { emptySession, type SessionAction } from "../session";
import { draftInputOf, judgeDraft, unconfirmedIn, type Kept } from "./kept";

const anAssignment = (id: string, fields: Partial<AssignmentView> = {}) =>
  ({
    ...{ id, state: "leased", schema: { questions: [], reason: "optional" }, schemaVersion: 1, completions: [] },
    ...{ draft: null, submitted: null },
    ...fields,
  }) as unknown as AssignmentView;
const submitted = (submissionId: string, reason = "") => ({
  ...{ submissionId, submittedAt: "", answers: {}, reason, isUnsure: false },
});
const draft = (reason: string, writtenAt: string | null) => ({
  answers: {},
  reason,
  isUnsure: false,
  activeMs: 0,
  writtenAt,
});
const at = "2026-01-01T12:04:00.000Z";
const aKept = (fields: Partial<Kept> = {}): Kept => ({
  ...{ key: "draft a", version: "v1", at, activeMs: 7, assignment: anAssignment("a"), answers: {}, reason: "mine" },
  ...{ isUnsure: false, flag: undefined, sending: null },
  ...fields,
});

test("what is to be kept: unsaved words wherever they are, and what is on its way; nothing that was confirmed", () => {
  const request = { kind: "skip", input: {} } as const;
  const arrive = (id: string): SessionAction => ({ type: "arrived", assignment: anAssignment(id), at: 0 });
  const run = (actions: SessionAction[], from = emptySession) => actions.reduce(reduce, from);
  const sent = run([
    arrive("a"),
    arrive("b"),
    { type: "reasoned", reason: "x" },
    { type: "sent", sendingId: "s1", request },
  ]);
  expect([...unconfirmedIn(sent).keys()]).toEqual(["sending s1"]);
  expect(unconfirmedIn(sent).get("sending s1")).toMatchObject({ reason: "x", sending: { id: "s1", request } });
  const typed = run([{ type: "reasoned", reason: "y" }], sent);
  expect([...unconfirmedIn(typed).keys()]).toEqual(["draft b", "sending s1"]);
  const saving = run([{ type: "saving", assignmentId: "b" }], typed);
  expect(unconfirmedIn(saving).has("draft b")).toBe(true);
  const done = run(
    [
      { type: "saved", assignmentId: "b" },
      { type: "confirmed", sendingId: "s1" },
    ],
    saving,
  );
  expect(unconfirmedIn(done).size).toBe(0);
});

test("the server has a draft already when it says the same, or when its own is newer", () => {
  const judge = (fields: Partial<AssignmentView>) => judgeDraft(aKept(), anAssignment("a", fields));
  expect(judge({})).toBe("newer");
  expect(judge({ draft: draft("mine", null) })).toBe("known");
  expect(judge({ draft: draft("other", "2026-01-01T12:03:59.999Z") })).toBe("newer");
  expect(judge({ draft: draft("other", at) })).toBe("newer");
  expect(judge({ draft: draft("other", "2026-01-01T12:04:00.001Z") })).toBe("known");
  expect(judge({ draft: draft("other", null) })).toBe("newer");
  const view = anAssignment("a", { draft: draft("mine", null) });
  expect(judgeDraft(aKept({ isUnsure: true }), view)).toBe("newer");
  expect(judgeDraft(aKept({ flag: { note: "cut off" } }), view)).toBe("newer");
});

test("a draft of something that was submitted meanwhile, or whose questions changed, is for the person to decide", () => {
  expect(judgeDraft(aKept(), anAssignment("a", { submitted: submitted("s1") }))).toBe("elsewhere");
  expect(judgeDraft(aKept(), anAssignment("a", { submitted: submitted("s1", "mine") }))).toBe("known");
  expect(judgeDraft(aKept(), anAssignment("a", { schemaVersion: 2 }))).toBe("questions");
});

test("a correction goes on as long as it corrects what counts", () => {
  const kept = aKept({ assignment: anAssignment("a", { submitted: submitted("s1") }) });
  expect(judgeDraft(kept, anAssignment("a", { submitted: submitted("s1") }))).toBe("newer");
  expect(judgeDraft(kept, anAssignment("a", { submitted: submitted("s2") }))).toBe("elsewhere");
  expect(draftInputOf(kept)).toEqual({
    ...{
      schemaVersion: 1,
      answers: {},
      reason: "mine",
      isUnsure: false,
      flag: undefined,
      activeMs: 7,
      writtenAt: at,
      revises: "s1",
    },
  });
});
