import { expect, test } from "vitest";
import { answerShapes, draftInput, submitInput } from "./schema";

const day = 86_400_000;

test("nobody is active for more than a day at one assignment", () => {
  const draft = { schemaVersion: 1, answers: {}, reason: "" };
  const submissionId = "00000000-0000-7000-8000-000000000001";
  const submission = { submissionId, schemaVersion: 1, guidelinesVersion: 1, answers: {} };
  for (const [schema, input] of [
    [draftInput, draft],
    [submitInput, submission],
  ] as const) {
    expect(schema.safeParse({ ...input, activeMs: day }).success).toBe(true);
    for (const activeMs of [day + 1, 2 ** 31, -1, 0.5]) {
      expect(schema.safeParse({ ...input, activeMs }).success, String(activeMs)).toBe(false);
    }
  }
});

test("a message of a conversation has one name", () => {
  const taken = (on: string) =>
    answerShapes.spans.safeParse({ covered: [], spans: [{ on, start: 0, end: 1, category: "c" }] }).success;
  expect(["message-0", "message-1", "message-10", "prompt"].map(taken)).toEqual([true, true, true, true]);
  expect(["message-01", "message-", "message-1x", "message--1"].map(taken)).toEqual([false, false, false, false]);
});
