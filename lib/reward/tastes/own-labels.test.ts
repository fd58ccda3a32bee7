import { expect, test } from "vitest";
import type { VotingLabel } from "@/lib/labels/votes";
import { ownLabels } from "./own-labels";

const answer = (source: "human" | "lm", annotator: string, preferred: 0 | 1 | "tie"): VotingLabel => ({
  ...{ id: `${annotator} ${preferred}`, source, annotator },
  payload: { pair: [0, 1], preferred, bothBad: false, strength: preferred === "tie" ? 0 : 1, scale: 3 },
});

const origin = (...labels: VotingLabel[]) => ({ instanceId: "", question: "comparison", target: "0-1", labels });

test("each annotator has one answer to a pair, versions of a judge are one annotator, and ties are answers", () => {
  const { annotators, labels } = ownLabels({
    origins: [
      origin(answer("human", "user:1", 0), answer("lm", "judge:7@1", 0), answer("lm", "judge:7@2", 1)),
      origin(answer("lm", "judge:7@2", 1), answer("lm", "judge:7@2", 1), answer("human", "user:1", "tie")),
    ],
  });
  expect(annotators).toEqual([
    { annotator: "user:1", source: "human" },
    { annotator: "judge:7", source: "lm" },
  ]);
  expect(labels).toEqual([
    { annotator: 0, pair: 0, target: expect.closeTo(0.95, 12) },
    { annotator: 1, pair: 0, target: expect.closeTo(0.05, 12) },
    { annotator: 1, pair: 1, target: expect.closeTo(0.05, 12) },
    { annotator: 0, pair: 1, target: 0.5 },
  ]);
});

test("a person and an AI of one imported name are two annotators", () => {
  const origins = [origin(answer("human", "import:x", 0), answer("lm", "import:x", 1))];
  expect(ownLabels({ origins }).annotators).toHaveLength(2);
});
