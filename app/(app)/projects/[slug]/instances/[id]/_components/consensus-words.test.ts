import { expect, test } from "vitest";
import { numbersOf } from "@/app/_components/ui/numbers";
import { translatorOf } from "@/lib/testing/translator";
import {
  describeAgreement,
  describeOutcome,
  describeQuestion,
  describeVotes,
  type TabledConsensus,
} from "./consensus-words";

const t = translatorOf("instances.consensus.words");
const numbers = numbersOf("en");
const name = (index: number) => "abc"[index]!;
const row = (fields: Record<string, unknown>) =>
  ({
    question: fields.type,
    aspect: "overall",
    confidence: null,
    counts: { human: {}, lm: {} },
    ...fields,
  }) as TabledConsensus;
const words = (one: TabledConsensus) => [
  describeOutcome(one, name, t, numbers),
  describeAgreement(one, t, numbers),
  describeVotes(one, name, t, numbers),
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
  const draw = row({
    type: "binary",
    payload: { completion: 0, kind: "correct", value: null, isDraw: true },
    confidence: 0,
    counts: { human: { yes: 1 }, lm: { no: 1 } },
  });
  expect(words(draw)).toEqual(["draw", "", "People: yes × 1. LM judges: no × 1"]);
});

test("a question is named with its aspect where that is not the overall one", () => {
  expect(describeQuestion(row({ type: "binary", question: "facts" }), t)).toBe("facts");
  expect(describeQuestion(row({ type: "rating", aspect: "style" }), t)).toBe("rating, style");
});
