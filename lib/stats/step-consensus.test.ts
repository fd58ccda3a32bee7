import { expect, test } from "vitest";
import { stepConsensus, type JudgedSteps, type StepLabel } from "./step-consensus";

const steps = (labels: (StepLabel | null)[], firstError: JudgedSteps["firstError"], flags: string[][] = []) => ({
  steps: labels.map((label, index) => ({ index, label, flags: flags[index] ?? [] })),
  firstError,
});
const people = (...votes: JudgedSteps[]) => votes.map((value) => ({ value, weight: 1 }));

test("each step and the first error by what most say", () => {
  const found = stepConsensus(
    people(
      steps(["good", "bad", "bad"], 1),
      steps(["good", "good", "bad"], 2),
      steps(["neutral", "bad"], 1),
      steps(["good", "good", "good"], "none"),
    ),
  )!;
  expect(found).toEqual({
    steps: [
      { index: 0, label: "good", isDraw: false, share: 3 / 4, flags: [] },
      { index: 1, label: null, isDraw: true, share: 0, flags: [] },
      { index: 2, label: "bad", isDraw: false, share: 2 / 3, flags: [] },
    ],
    firstError: 1,
    isDraw: false,
    confidence: 0.5,
  });
});

test("no error is an answer like the others", () => {
  expect(stepConsensus(people(steps([], "none"), steps([], "none"), steps([], 0)))).toEqual({
    ...{ steps: [], firstError: "none", isDraw: false, confidence: 2 / 3 },
  });
  expect(stepConsensus(people(steps([], "none"), steps([], 0)))).toMatchObject({
    ...{ firstError: null, isDraw: true, confidence: 0 },
  });
});

test("a flag needs more than half of those who judged the step", () => {
  const vote = (...flags: string[]) => steps(["bad"], 0, [flags]);
  const { steps: found } = stepConsensus(people(vote("logic", "math"), vote("math"), vote("logic"), vote("logic")))!;
  expect(found).toMatchObject([{ flags: ["logic"] }]);
});

test("a person outweighs two judges of weight 0.4, and who is undecided does not count", () => {
  const judge = { value: steps(["bad"], 0), weight: 0.4 };
  const found = stepConsensus([...people(steps(["good"], "none"), steps([null], null)), judge, judge])!;
  expect(found).toMatchObject({ steps: [{ label: "good" }], firstError: "none" });
  expect(found.confidence).toBeCloseTo(1 / 1.8, 12);
});

test("without votes there is nothing, and without a decided vote no first error", () => {
  expect(stepConsensus([])).toBeNull();
  expect(stepConsensus(people(steps([null], null)))).toEqual({
    steps: [],
    firstError: null,
    isDraw: true,
    confidence: 0,
  });
});
