import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { aJudgeQuestion } from "@/lib/testing/judge-questions";
import { steps, type StepsSaid } from "./steps";

const three = aJudgeQuestion("steps", { steps: ["One.", "Two.", "Three."] });
const parse = (said: object) => steps.parse({ text: JSON.stringify(said) }, three);
const judged = (...labels: string[]) => labels.map((label, i) => ({ step: i + 1, label }));

describe("an answer", () => {
  test("labels the steps as far as the first error", () => {
    expect(parse({ steps: judged("good", "bad"), first_error: 2, reasoning: "2 is wrong" })).toEqual({
      kind: "steps",
      steps: [
        { index: 0, label: "good", flags: [] },
        { index: 1, label: "bad", flags: [] },
      ],
      firstError: 1,
      reasoning: "2 is wrong",
    });
    expect(parse({ steps: judged("good", "neutral", "good"), first_error: null })).toMatchObject({ firstError: null });
    expect(parse({ steps: judged("bad", "good", "bad"), first_error: 1 })).toMatchObject({ firstError: 0 });
  });

  test("may have the steps in any order, and flags once each", () => {
    const said = [
      { step: 2, label: "bad", flags: ["redundant", "redundant"] },
      { step: 1, label: "good" },
    ];
    expect(parse({ steps: said, first_error: 2 })).toMatchObject({
      steps: [{ index: 0 }, { index: 1, flags: ["redundant"] }],
    });
  });

  test.each([
    [
      { steps: judged("good", "bad"), first_error: null },
      '"first_error" is null, while step 2 is the first that is labelled bad',
    ],
    [
      { steps: judged("good", "bad"), first_error: 1 },
      '"first_error" is 1, while step 2 is the first that is labelled bad',
    ],
    [{ steps: judged("good", "good"), first_error: 3 }, '"first_error" is 3, while no step is labelled bad'],
    [{ steps: judged("good", "good"), first_error: null }, '"steps" lacks step 3'],
    [{ steps: [{ step: 2, label: "bad" }], first_error: 2 }, '"steps" lacks step 1'],
    [{ steps: [...judged("good"), ...judged("bad")], first_error: 1 }, '"steps" has step 1 twice'],
    [
      { steps: judged("good", "ok"), first_error: null },
      '"steps 2 label" is "ok", which is not "good", "neutral" or "bad"',
    ],
    [
      { steps: [{ step: 0, label: "good" }], first_error: null },
      '"steps 1 step" is 0, which is not a whole number from 1 to 3',
    ],
    [{ steps: judged("bad"), first_error: "1" }, '"first_error" is neither null nor a whole number from 1 to 3'],
    [{ steps: judged("good", "good", "good") }, '"first_error" is neither null nor a whole number from 1 to 3'],
    [
      { steps: [{ step: 1, label: "bad", flags: ["odd"] }], first_error: 1 },
      '"steps 1 flags 1" is "odd", which is not "redundant"',
    ],
  ])("%j is invalid: %s", (said, problem) => {
    expect(parse(said)).toEqual({ kind: "invalid", problem });
  });

  test("without flags none are asked for", () => {
    const plain = aJudgeQuestion("steps", { flags: [] });
    expect(steps.describeAnswer(plain)).not.toContain("flags");
    const text = '{"steps": [{"step": 1, "label": "bad", "flags": ["odd"]}], "first_error": 1}';
    expect(steps.parse({ text }, plain)).toMatchObject({ steps: [{ index: 0, label: "bad", flags: [] }] });
  });

  test("what is written is read back", () => {
    const label = fc.constantFrom("good" as const, "neutral" as const, "bad" as const);
    const flags = fc.subarray(["redundant"]);
    fc.assert(
      fc.property(fc.array(fc.record({ label, flags }), { minLength: 1 }), (all) => {
        const bad = all.findIndex((one) => one.label === "bad");
        const said: StepsSaid = {
          kind: "steps",
          steps: all.map((one, index) => ({ index, ...one })).slice(0, bad < 0 ? undefined : bad + 1),
          firstError: bad < 0 ? null : bad,
          reasoning: null,
        };
        const question = aJudgeQuestion("steps", { steps: all.map(() => "A step.") });
        expect(steps.parse({ text: JSON.stringify(steps.write(said, question)) }, question)).toEqual(said);
      }),
    );
  });
});

test("each step is shown with its number", () => {
  const [, user] = steps.ask(three, { rubric: "", demonstrations: [], key: "k" });
  expect(user!.content).toContain("--- BEGIN STEP 3 k ---\nThree.\n--- END STEP 3 k ---");
  expect(user!.content).toContain("Now judge the 3 steps of the completion");
});
