import { expect, test } from "vitest";
import { escalationsOf, judgeIdOf, type JudgeSaid } from "./escalation";
import type { Policy } from "./schema";

const settings = { version: 4, dualShare: 0.08, lmWeight: 0.5, seed: 7, alpha: 0.05, delta: 0.1, fitVersion: 2 };
const confidence = {
  ...{ kind: "confidence", ...settings },
  cuts: [
    { judge: "judge:a@1", confidence: 0.8 },
    { judge: "judge:b@3", confidence: null },
  ],
} satisfies Policy;
const cascade = {
  ...{ kind: "cascade", ...settings },
  cuts: [
    { judge: "judge:a@1", confidence: 0.8 },
    { judge: "judge:b@3", confidence: 0.6 },
  ],
} satisfies Policy;
const said = (judge: string, sure: number | null, isInconsistent = false): JudgeSaid => ({
  judge,
  label: { confidence: sure, isInconsistent },
});

test("a label at its cut or above stays with AI, and one below goes to people, with what was not drawn for both", () => {
  expect(escalationsOf(confidence, 0, [said("judge:a@1", 0.8)])).toEqual([]);
  expect(escalationsOf(confidence, 0, [said("judge:a@1", 0.75)])).toEqual([
    {
      ...{ stage: 1, route: "human", propensity: 0.92, score: 0.75 },
      reason: "Its confidence of 75 % is below the cut of 80 %: to people (policy 4)",
    },
  ]);
  expect(escalationsOf(confidence, 1, [said("judge:a@1", 0.1)])).toEqual([]);
});

test("what is inconsistent, unreadable or says nothing of its confidence goes to people", () => {
  const reasonOf = (one: JudgeSaid) => escalationsOf(confidence, 0, [one])[0]!.reason;
  expect(reasonOf(said("judge:a@1", 0.9, true))).toContain("differently in the other order");
  expect(reasonOf({ judge: "judge:a@1", label: null })).toContain("cannot be read");
  expect(reasonOf(said("judge:a@1", null))).toContain("does not say how sure");
});

test("another version of the judge has no cut, but does not undo a label that stands", () => {
  expect(escalationsOf(confidence, 0, [said("judge:a@2", 0.99)])).toMatchObject([{ stage: 1, route: "human" }]);
  expect(escalationsOf(confidence, 0, [said("judge:a@1", 0.9), said("judge:a@2", 0.1)])).toEqual([]);
});

test("judges without a cut and others that nobody asked change nothing", () => {
  expect(escalationsOf(confidence, 0, [said("judge:b@3", 0.1), said("judge:c@1", 0.1)])).toEqual([]);
});

test("a cascade asks the second judge where the first is not confident, then people", () => {
  expect(escalationsOf(cascade, 0, [said("judge:a@1", 0.7)])).toEqual([
    {
      ...{ stage: 1, route: "lm", propensity: 0.92, score: 0.7 },
      reason: "First judge: its confidence of 70 % is below the cut of 80 %: to the second judge (policy 4)",
    },
  ]);
  expect(escalationsOf(cascade, 1, [said("judge:a@1", 0.7), said("judge:b@3", 0.6)])).toEqual([]);
  expect(escalationsOf(cascade, 1, [said("judge:a@1", 0.7), said("judge:b@3", 0.5)])).toMatchObject([
    { stage: 2, route: "human", reason: expect.stringMatching(/^Second judge: .*: to people \(policy 4\)$/) as string },
  ]);
  // The second was asked by hand before.
  const both = [said("judge:a@1", 0.7), said("judge:b@3", 0.5)];
  expect(escalationsOf(cascade, 0, both).map(({ stage, route }) => [stage, route])).toEqual([
    [1, "lm"],
    [2, "human"],
  ]);
  expect(escalationsOf(cascade, 0, [said("judge:b@3", 0.1)])).toEqual([]);
});

test("judges are known by their ids", () => {
  expect([judgeIdOf("judge:0199-a@12"), judgeIdOf("import:gpt")]).toEqual(["0199-a", null]);
});
