import fc from "fast-check";
import { expect, test } from "vitest";
import { combineSteps } from "./steps";

type Label = "good" | "neutral" | "bad";
const saying = (firstError: number | null, ...labels: Label[]) => ({
  ...{ kind: "steps" as const, firstError },
  steps: labels.map((label, index) => ({ index, label, flags: [] as string[] })),
});
const unread = { kind: "invalid" as const };

test("the first error that most name counts, with the labels of those that name it, by hand", () => {
  const samples = [
    saying(1, "good", "bad"),
    saying(1, "neutral", "bad", "good"),
    saying(1, "good", "bad", "bad"),
    saying(null, "good", "good", "good"),
  ];
  expect(combineSteps(samples)).toEqual({
    outcome: "answered",
    payload: { firstError: 1, steps: saying(1, "good", "bad").steps },
    ...{ confidence: 3 / 4, basis: "samples" },
  });
});

test("as many good as neutral is neutral, and flags are those of most", () => {
  const flagged = saying(null, "good");
  flagged.steps[0]!.flags = ["redundant"];
  expect(combineSteps([flagged, saying(null, "neutral"), flagged, saying(null, "neutral")]).payload).toEqual({
    firstError: null,
    steps: [{ index: 0, label: "neutral", flags: [] }],
  });
  expect(combineSteps([flagged]).payload!.steps[0]!.flags).toEqual(["redundant"]);
});

test("without an error ahead there is no label", () => {
  expect(combineSteps([saying(0, "bad"), saying(null, "good")])).toMatchObject({
    outcome: "inconsistent",
    payload: null,
  });
});

test("unreadable samples lower the confidence, and of none nothing is made", () => {
  expect(combineSteps([saying(0, "bad"), unread])).toMatchObject({ payload: { firstError: 0 }, confidence: 0.5 });
  expect(combineSteps([unread])).toMatchObject({ outcome: "invalid", payload: null });
  expect(combineSteps([])).toMatchObject({ outcome: "invalid" });
});

test("the first error is the first bad step, whatever the samples and their sequence", () => {
  const sample = fc
    .array(fc.constantFrom<Label>("good", "neutral", "bad"), { minLength: 3, maxLength: 3 })
    .map((labels) => {
      const bad = labels.indexOf("bad");
      return saying(bad < 0 ? null : bad, ...labels);
    });
  fc.assert(
    fc.property(fc.array(sample, { minLength: 1 }), (all) => {
      const joined = combineSteps(all);
      expect(combineSteps([...all].reverse())).toEqual(joined);
      if (joined.payload === null) return;
      const { steps, firstError } = joined.payload;
      expect(steps.find(({ label }) => label === "bad")?.index ?? null).toBe(firstError);
      expect(steps.slice(0, (firstError ?? 2) + 1).map(({ index }) => index)).toEqual(
        [0, 1, 2].slice(0, (firstError ?? 2) + 1),
      );
    }),
  );
});
