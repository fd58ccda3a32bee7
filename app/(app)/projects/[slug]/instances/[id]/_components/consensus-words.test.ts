import { expect, test } from "vitest";
import { numbersOf } from "@/app/_components/ui/numbers";
import type { ConsensusView } from "@/lib/instances/schema";
import { defaultComparison, type Question } from "@/lib/projects/schema";
import { translatorOf } from "@/lib/testing/translator";
import {
  describeAgreement,
  describeOutcome,
  describePreference,
  describeVotes,
  type TabledConsensus,
} from "./consensus-words";

const t = translatorOf("instances.consensus.words");
const numbers = numbersOf("en");
const about = { name: (index: number) => "abc"[index]!, question: undefined };
const row = (fields: Record<string, unknown>) =>
  ({
    question: fields.type,
    aspect: "overall",
    confidence: null,
    counts: { human: {}, lm: {} },
    ...fields,
  }) as TabledConsensus;
const words = (one: TabledConsensus, question?: Question) => [
  describeOutcome(one, { ...about, question }, t, numbers),
  describeAgreement(one, t, numbers),
  describeVotes(one, { ...about, question }, t, numbers),
];

test("a ranking is its order with Kendall's W", () => {
  const ranking = row({
    type: "ranking",
    payload: { ranks: [2, 1, 2], meanRanks: [], margins: [] },
    confidence: 0.444,
    counts: { human: { "1,2,3": 1, "2,1,3": 2 }, lm: {} },
  });
  expect(words(ranking)).toEqual(["b > a = c", "Kendall's W 0.44", "People: b > a > c × 2, a > b > c × 1"]);
  expect(describeAgreement(row({ ...ranking, confidence: null }), t, numbers)).toBe("");
});

test("numbers are a mean with its standard error where there is one", () => {
  const payload = { kind: "number", completion: 0, mean: 4.3333, standardError: 0.3333, median: 4 };
  const rating = row({ type: "rating", payload, counts: { human: { "4": 2, "5": 1 }, lm: { "3.5": 1 } } });
  expect(words(rating)).toEqual(["4.33 ± 0.33", "median 4", "People: 3 from 4 to 5. LM judges: 3.5"]);
  const alike = row({
    type: "rating",
    payload: { ...payload, standardError: null },
    counts: { human: { "4": 2 }, lm: {} },
  });
  expect(words(alike)).toEqual(["4.33", "median 4", "People: 4 × 2"]);
});

test("categories and yes or no are the answer with its share, or a draw", () => {
  const category = row({
    type: "rating",
    payload: { kind: "category", completion: 0, value: "unsure", isDraw: false },
    confidence: 2 / 3,
    counts: { human: { yes: 1, unsure: 2 }, lm: {} },
  });
  expect(words(category)).toEqual(["unsure", "67\u202f%", "People: unsure × 2, yes × 1"]);
  const named = {
    ...{ id: "rating", type: "rating", aspects: [{ id: "overall", name: "Overall", definition: "" }] },
    scale: { kind: "categories", categories: ["yes", "unsure"].map((value) => ({ value, name: `It is: ${value}` })) },
  } satisfies Question;
  expect(words(category, named)).toEqual([
    ...["It is: unsure", "67\u202f%", "People: It is: unsure × 2, It is: yes × 1"],
  ]);
  const draw = row({
    type: "binary",
    payload: { completion: 0, kind: "correct", value: null, isDraw: true },
    confidence: 0,
    counts: { human: { yes: 1 }, lm: { no: 1 } },
  });
  expect(words(draw)).toEqual(["draw", "", "People: yes × 1. LM judges: no × 1"]);
});

test("a preference is worded by the point of the scale that is nearest to the mean of the votes", () => {
  const words = { t: translatorOf("projects.labels"), label: translatorOf("label") };
  const said = (payload: object, question: Question | undefined, labelCount = 3) =>
    describePreference(
      {
        payload: { pair: [0, 1], preferred: 1, bothBad: false, isDraw: false, ...payload },
        labelCount,
      } as ConsensusView<"comparison">,
      { ids: ["a", "b"], question },
      { t: translatorOf("instances.consensus"), words },
    );
  expect(said({ strength: -0.8 }, defaultComparison)).toBe("b much better on average");
  expect(said({ strength: -0.5 }, defaultComparison, 1)).toBe("b better");
  // The mean is the other's, whom fewer prefer by far.
  expect(said({ strength: 0.1 }, defaultComparison)).toBe("b better on average");
  expect(said({ strength: -0.8 }, { ...defaultComparison, degrees: ["far safer", "safer"] })).toBe(
    "b far safer on average",
  );
  expect(said({ strength: -0.8 }, undefined)).toBe("b better");
  expect(said({ strength: 0.2, preferred: "tie" }, { ...defaultComparison, tie: "As safe" })).toBe("As safe");
  expect(said({ strength: 0, preferred: "tie", bothBad: true }, defaultComparison)).toBe("Both bad");
});
