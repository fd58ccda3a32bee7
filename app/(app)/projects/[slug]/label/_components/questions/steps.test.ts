import { expect, test } from "vitest";
import type { AnswerOf, AssignmentView } from "@/lib/assignments/schema";
import type { QuestionOf } from "@/lib/projects/schema";
import { judge, judgedSteps, partOf, steps, toggleFirstError, type JudgedSteps, type StepLabel } from "./steps";

const question: QuestionOf<"steps"> = {
  ...{ id: "steps", type: "steps", name: "Steps", definition: "Is it right?" },
  ...{ cut: "import", flags: ["slip", "leap"] },
};
/** Completions with so many steps each. */
const assignmentOf = (...counts: number[]) =>
  ({
    completions: counts.map((count) => ({
      ...{ label: "", html: "", text: "" },
      steps: Array.from({ length: count }, () => ({ html: "", text: "" })),
    })),
  }) as unknown as AssignmentView;
const assignment = assignmentOf(3, 0, 2);

const judgedOf = (labels: (StepLabel | null)[], firstError: number | null = null): JudgedSteps => ({
  ...{ labels, firstError },
  flags: labels.map(() => []),
});
const press = (key: string, part: number, answer?: AnswerOf<"steps">) =>
  steps.onKey(key, { question, answer, assignment }, part);

test("every step is a place of its own, named with its completion", () => {
  const parts = steps.parts(question, assignment);
  expect(parts.map(({ completion, detail }) => `${completion} ${detail}`)).toEqual([
    ...["0 1", "0 2", "0 3"],
    ...["2 1", "2 2"],
  ]);
  expect(parts.map((_, part) => part)).toEqual([0, 1, 2].map((step) => partOf(assignment, 0, step)).concat(3, 4));
});

test("signs and digits judge a step and go on to the next, also of the next completion", () => {
  for (const [keys, label] of [
    ["+=1", "good"],
    ["02", "neutral"],
    ["-3", "bad"],
  ] as const) {
    for (const key of keys) {
      const effect = press(key, 2);
      expect(effect?.answer?.completions[0]?.labels).toEqual([null, null, label]);
      expect(effect?.part).toBe(3);
    }
  }
  expect(press("+", 4)?.part).toBe(4);
  expect(press("x", 0)).toBeNull();
});

test("an answer lists all completions and all steps from the first key on", () => {
  expect(press("-", 3)?.answer).toEqual({
    completions: [judgedOf([null, null, null]), judgedOf([]), judgedOf(["bad", null], 0)],
  });
});

test("arrows go from step to step and from completion to completion", () => {
  expect(press("ArrowDown", 2)).toEqual({ part: 3 });
  expect(press("ArrowDown", 4)).toEqual({ part: 4 });
  expect(press("ArrowUp", 0)).toEqual({ part: 0 });
  expect(press("ArrowUp", 3)).toEqual({ part: 2 });
  expect(press("ArrowRight", 2)).toEqual({ part: 4 });
  expect(press("ArrowLeft", 4)).toEqual({ part: 1 });
  expect(press("ArrowLeft", 0)).toEqual({ part: 0 });
});

test("the first bad step is the first error, however the labels change", () => {
  let judged = judge(judgedOf(["good", null, null]), 2, "bad");
  expect(judged.firstError).toBe(2);
  judged = judge(judged, 1, "bad");
  expect(judged.firstError).toBe(1);
  judged = judge(judged, 1, "neutral");
  expect(judged.firstError).toBe(2);
  expect(judge(judged, 2, "good").firstError).toBeNull();
});

test("a first error that was moved or cleared stays so while that can be", () => {
  const moved = toggleFirstError(judgedOf(["bad", "bad", "good"], 0), 1);
  expect(moved.firstError).toBe(1);
  expect(judge(moved, 2, "bad").firstError).toBe(1);
  expect(judge(moved, 1, "good").firstError).toBe(0);
  const cleared = toggleFirstError(moved, 1);
  expect(cleared.firstError).toBeNull();
  expect(judge(cleared, 2, "bad").firstError).toBeNull();
  const none = judge(judge(cleared, 0, "good"), 1, "good");
  expect(judge(none, 2, "bad").firstError).toBe(2);
});

test("E moves the first error to a bad step only, digits set and clear flags", () => {
  const answer = { completions: [judgedOf(["bad", "bad", null], 0)] };
  expect(press("e", 1, answer)?.answer?.completions[0]?.firstError).toBe(1);
  expect(press("e", 2, answer)).toBeNull();
  const flagged = press("5", 1, answer)?.answer;
  expect(flagged?.completions[0]?.flags).toEqual([[], ["leap"], []]);
  expect(press("5", 1, flagged)?.answer?.completions[0]?.flags).toEqual([[], [], []]);
  expect(press("6", 1, answer)).toBeNull();
});

test("a step is answered when it has a label", () => {
  const answer = { completions: [judgedOf(["good"]), judgedOf([]), judgedOf([null, "bad"])] };
  const answered = [0, 1, 2, 3, 4].filter((part) => steps.isAnswered({ question, answer, assignment }, part));
  expect(answered).toEqual([0, 4]);
  expect(judgedSteps(answer, assignment)[0]?.labels).toEqual(["good", null, null]);
});
