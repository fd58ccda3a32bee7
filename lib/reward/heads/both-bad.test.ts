import { expect, test } from "vitest";
import type { VotingLabel } from "@/lib/labels/votes";
import type { TrainingPair } from "../training/data";
import type { CompletionExample } from "../training/heads/examples";
import { learnBothBad } from "./both-bad";

type Said = 0 | 1 | "tie" | "both-bad";

let labels = 0;

function label(said: Said, annotator: string, source: "human" | "lm" = "human"): VotingLabel {
  const bothBad = said === "both-bad";
  const preferred = bothBad ? "tie" : said;
  labels += 1;
  return {
    ...{ id: String(labels), source, annotator },
    payload: { pair: [0, 1], preferred, bothBad, strength: preferred === "tie" ? 0 : 1, scale: 3 },
  };
}

type Asked = { group: number; split?: TrainingPair["split"]; votes: VotingLabel[] };

/** A pair of the completions 2 group and 2 group + 1 for each. */
function comparisons(
  asked: readonly Asked[],
): Pick<Parameters<typeof learnBothBad>[0], "pairs" | "origins" | "sources"> {
  return {
    pairs: asked.map(({ group, split = "train" }) => {
      return { first: 2 * group, second: 2 * group + 1, group, split, weight: 1, strength: 0 };
    }),
    origins: asked.map(({ votes }) => ({ instanceId: "i", question: "better", target: "0-1", labels: votes })),
    sources: asked.map(() => "human"),
  };
}

/** As many answers on other completions as a head needs. */
const thumbs = (count: number): CompletionExample[] =>
  Array.from({ length: count }, (_, i) => ({
    ...{ group: 100 + i, split: i % 5 === 4 ? "validation" : "train", weight: 1, column: 0, completion: 200 + i },
    votes: [{ value: i % 2, share: 1 }],
  }));

const columns = [{ question: "up", kind: "thumb" }];
const lmWeight = 0.5;

test("both bad makes two negatives of the binary head and no pair, and weighs what its voters do among all", () => {
  const compared = comparisons([
    { group: 0, votes: [label("both-bad", "ann")] },
    { group: 1, votes: [label("both-bad", "ann"), label(0, "bob"), label(0, "cy")] },
    { group: 2, votes: [label("both-bad", "judge:j@1", "lm"), label(1, "judge:k@1", "lm")] },
    { group: 3, split: "test", votes: [label("both-bad", "ann")] },
    { group: 4, votes: [label("tie", "ann")] },
  ]);
  const learned = learnBothBad({ ...compared, binary: { columns, examples: thumbs(30) }, lmWeight });
  expect(learned.pairs.map(({ group, strength, weight }) => [group, strength, weight])).toEqual([
    [1, 1, 1],
    [2, -1, 0.5],
    [4, 0, 1],
  ]);
  expect(learned.sources).toEqual(["human", "lm", "human"]);
  expect(learned.origins.map((origin) => origin.labels.map(({ payload }) => payload.preferred))).toEqual([
    [0, 0],
    [1],
    ["tie"],
  ]);
  const derived = learned.binary.examples.slice(30);
  expect(derived.map(({ completion, weight }) => [completion, weight])).toEqual([
    [0, 1],
    [1, 1],
    [2, 1 / 3],
    [3, 1 / 3],
    [4, 0.5],
    [5, 0.5],
  ]);
  for (const { votes, isDerived, split } of derived) {
    expect({ votes, isDerived, split }).toEqual({ votes: [{ value: 0, share: 1 }], isDerived: true, split: "train" });
  }
});

test("a completion that was asked about by itself goes by those answers alone", () => {
  const own: CompletionExample = {
    ...{ group: 0, split: "train", weight: 1, column: 0, completion: 0 },
    votes: [{ value: 1, share: 1 }],
  };
  const { binary } = learnBothBad({
    ...comparisons([{ group: 0, votes: [label("both-bad", "ann")] }]),
    ...{ binary: { columns, examples: [...thumbs(30), own] }, lmWeight },
  });
  expect(binary.examples.slice(31).map(({ completion }) => completion)).toEqual([1]);
});

test("without a head that says whether completions are good, both bad stays a tie", () => {
  const compared = comparisons([{ group: 0, votes: [label("both-bad", "ann")] }]);
  const few = { columns, examples: thumbs(10) };
  const other = { columns: [{ question: "safe", kind: "refusal" }], examples: thumbs(30) };
  for (const binary of [few, other, { columns: [], examples: [] }])
    expect(learnBothBad({ ...compared, binary, lmWeight })).toEqual({ ...compared, binary });
});
