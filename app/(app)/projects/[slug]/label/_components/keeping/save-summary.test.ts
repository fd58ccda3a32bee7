import { expect, test } from "vitest";
import type { AssignmentView } from "@/lib/assignments/schema";
import { reduce } from "../reduce";
import { emptySession, type SessionAction } from "../session";
import { summariseSaving } from "./save-summary";

const request = { kind: "skip", input: {} } as const;
const arrived = (id: string): SessionAction => ({
  type: "arrived",
  assignment: {
    ...{ id, schema: { questions: [], reason: "optional" }, completions: [], draft: null, submitted: null },
  } as unknown as AssignmentView,
  at: 0,
});
const typed: SessionAction[] = [arrived("a"), arrived("b"), { type: "reasoned", reason: "x" }];
const failed: SessionAction = { type: "not-saved", assignmentId: "a", message: "offline" };
const after = (...actions: SessionAction[]) => summariseSaving(actions.reduce(reduce, emptySession));

test("saved is said only when the server has everything", () => {
  expect(after(arrived("a"))).toEqual({ kind: "nothing" });
  expect(after(...typed)).toEqual({ kind: "saving" });
  expect(after(...typed, { type: "saving", assignmentId: "a" })).toEqual({ kind: "saving" });
  const saved: SessionAction[] = [
    { type: "saving", assignmentId: "a" },
    { type: "saved", assignmentId: "a" },
  ];
  expect(after(...typed, ...saved)).toEqual({ kind: "saved" });
  expect(after(...typed, { type: "sent", sendingId: "s", request })).toEqual({ kind: "saving" });
});

test("while the server cannot be had, what this device keeps is told from what it does not", () => {
  const trouble = "offline";
  expect(after(...typed, failed)).toEqual({ kind: "unsaved", trouble });
  expect(after(...typed, failed, { type: "device", keeps: false })).toEqual({ kind: "unsaved", trouble });
  const keeps: SessionAction = { type: "device", keeps: true };
  const kept = { kind: "kept", trouble, isWriting: false };
  expect(after(...typed, failed, keeps)).toEqual(kept);
  expect(after(...typed, failed, { type: "saving", assignmentId: "a" }, keeps)).toEqual(kept);
  expect(after(...typed, failed, keeps, { type: "device-writes" })).toEqual({ ...kept, isWriting: true });
});

test("what waits for a decision is not called saved", () => {
  const problem = { kind: "other", message: "No" } as const;
  const gone: SessionAction[] = [
    { type: "sent", sendingId: "s", request },
    { type: "confirmed", sendingId: "s" },
  ];
  const refused: SessionAction = { type: "refused", assignmentId: "b", problem, assignment: null };
  expect(after(...typed, ...gone)).toEqual({ kind: "saved" });
  expect(after(...typed, ...gone, refused)).toEqual({ kind: "nothing" });
});
