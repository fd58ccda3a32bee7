import { expect, test } from "vitest";
import { translatorOf } from "@/lib/testing/translator";
import { wordRunResult } from "./run-words";

const words = { words: translatorOf("judges.words"), t: translatorOf("judges.runs") };
const nothing = {
  ...{ version: 1, instances: 0, withImages: 0, labels: 0, preferred: 0, tie: 0, inconsistent: 0 },
  ...{ answered: 0, invalid: 0, costMicros: 0 },
};

test("what came of a run is told by outcome, without what did not happen", () => {
  expect(wordRunResult(nothing, words)).toBe("No label.");
  expect(
    wordRunResult({ ...nothing, labels: 1_234, preferred: 1_230, tie: 1, inconsistent: 3, invalid: 2 }, words),
  ).toBe("1,234 labels: 1,230 preferred, 1 tie, 3 on which the orders disagree. 2 unreadable.");
  expect(wordRunResult({ ...nothing, labels: 1, answered: 1, withImages: 1 }, words)).toBe(
    "1 label: 1 of other questions. 1 instance with images left out.",
  );
});
