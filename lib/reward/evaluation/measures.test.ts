import { expect, test } from "vitest";
import type { TrainingPair } from "../training/data";
import type { PairOrigin } from "../training-data";
import { agreeWithAnnotators } from "./annotators";
import { measureBias } from "./bias";
import { highestAgreement, measureCeiling } from "./ceiling";
import { contrastingPairs, measureConsistency } from "./consistency";
import { measureOneToMany } from "./one-to-many";
import { agreementOf, type PairFacts } from "./pair-facts";
import { measureSlices, type SlicedPair } from "./slices";

const facts: PairFacts = { corpus: "a", domain: "law", tags: [], route: "human", agreement: "single" };

const aPair = (group: number, strength: number): TrainingPair => ({
  ...{ first: 2 * group, second: 2 * group + 1, group, split: "test", strength, weight: 1 },
});

const sliced = (pair: TrainingPair, fields: Partial<PairFacts> = {}, logLengthRatio = 0): SlicedPair => ({
  pair,
  facts: { ...facts, ...fields },
  source: "human",
  logLengthRatio,
});

test("slices have their own accuracy, ties are in none, and the worst is one with enough pairs", () => {
  const pairs = [
    ...Array.from({ length: 40 }, (_, i) => sliced(aPair(i, 1), { domain: "law", tags: ["long", "hard"] })),
    ...Array.from({ length: 40 }, (_, i) => sliced(aPair(100 + i, -0.2), { domain: "food" })),
    ...Array.from({ length: 9 }, (_, i) => sliced(aPair(200 + i, 1), { domain: "rare" })),
    sliced(aPair(300, 0), { domain: "ties" }),
  ];
  // Right on law but for ten, right on food half of the time, wrong on what is rare.
  const margins = pairs.map(({ pair: { group } }) => {
    if (group < 100) return group < 10 ? -1 : 2;
    return group < 200 ? (group % 2 === 0 ? 1 : -1) : -1;
  });
  const { slices, worst, unlisted } = measureSlices({ pairs, margins, seed: 1 });
  const found = (by: string, value: string) => slices.find((each) => each.by === by && each.value === value);
  expect(found("domain", "law")!.accuracy).toMatchObject({ mean: 0.75, values: 40, groups: 40 });
  expect(found("domain", "food")!.accuracy.mean).toBe(0.5);
  expect(found("domain", "rare")).toMatchObject({ accuracy: { mean: 0, values: 9 }, auc: null, logLoss: null });
  expect(found("tag", "hard")!.accuracy.mean).toBe(0.75);
  expect(found("strength", "slight")!.accuracy.values).toBe(40);
  expect(found("domain", "ties")).toBeUndefined();
  expect(found("labelled-by", "human")).toMatchObject({ accuracy: { values: 89 }, auc: expect.any(Number) });
  expect(worst).toMatchObject({ value: expect.stringMatching(/food|slight/), accuracy: { mean: 0.5 } });
  expect(unlisted).toBe(0);
});

test("the length slice goes by the preferred completion, whichever side it stands on", () => {
  const pairs = [sliced(aPair(1, 1), {}, 1), sliced(aPair(2, -1), {}, 1), sliced(aPair(3, 1), {}, 0.05)];
  const { slices } = measureSlices({ pairs, margins: [1, 1, 1], seed: 1 });
  const lengths = slices.filter(({ by }) => by === "length");
  expect(lengths.map(({ value, accuracy }) => [value, accuracy.mean])).toEqual([
    ["alike", 1],
    ["over-twice", 1],
    ["under-half", 0],
  ]);
});

test("only the largest slices of a kind are listed, and the rest are counted", () => {
  const pairs = Array.from({ length: 30 }, (_, i) => sliced(aPair(i, 1), { domain: `domain ${i}` }));
  const { slices, unlisted } = measureSlices({ pairs, margins: pairs.map(() => 1), seed: 1 });
  expect(slices.filter(({ by }) => by === "domain")).toHaveLength(20);
  expect(unlisted).toBe(10);
});

test.each([
  [[0, 0, 0], "unanimous"],
  [[0, 0, "tie"], "majority"],
  [[0, 1], "split"],
  [[0, 0, 1, "tie"], "split"],
  [["tie"], "single"],
])("votes %j agree as %s", (answers, level) => {
  expect(agreementOf(answers)).toBe(level);
});

test("the ceiling follows from how often two people agree", () => {
  expect(highestAgreement(0.72)).toBeCloseTo(0.8317, 4);
  expect(highestAgreement(1)).toBe(1);
  expect(highestAgreement(0.5)).toBe(0.5);
  expect(highestAgreement(0.4)).toBeNull();
});

test("people's agreement leaves out ties and AI, and null is said where nobody labelled twice", () => {
  const vote = (source: "human" | "lm", answer: 0 | 1 | "tie") => ({
    ...{ source, answer, bothBad: false, strength: 0, labelIds: [] },
  });
  const votes = [
    [vote("human", 0), vote("human", 0), vote("human", 1)],
    [vote("human", 0), vote("human", "tie"), vote("lm", 0)],
  ];
  const found = measureCeiling({ votes, margins: [1, 1], groups: [1, 2], seed: 1 })!;
  expect(found.humanAgreement).toMatchObject({ mean: 1 / 3, values: 3 });
  expect(found.most).toBeNull();
  expect(found.singleAnswers).toMatchObject({ mean: 2 / 3, values: 3 });
  expect(measureCeiling({ votes: votes.slice(1), margins: [1], groups: [2], seed: 1 })).toBeNull();
});

test("each annotator is told how often the model and the others agree with them", () => {
  const label = (annotator: string, preferred: 0 | 1 | "tie", source: "human" | "lm" = "human") => ({
    ...{ id: "019a0000-0000-7000-8000-000000000001", source, annotator },
    payload: { pair: [0, 1] as [number, number], preferred, bothBad: false, strength: preferred === "tie" ? 0 : 1 },
  });
  const origins = Array.from({ length: 10 }, (_, i): PairOrigin => ({
    ...{ instanceId: "i", question: "q", target: "0-1" },
    labels: [
      label("import:ann", 0),
      label("import:bob", i < 4 ? 1 : 0),
      ...(i < 5 ? [label("judge:019a0000-0000-7000-8000-000000000009@2", i === 0 ? "tie" : 0, "lm")] : []),
    ] as PairOrigin["labels"],
  }));
  const margins = origins.map((_, i) => (i < 2 ? -1 : 1));
  const found = agreeWithAnnotators({ origins, margins, groups: origins.map((_, i) => i), seed: 1 });
  expect(found.map(({ annotator, model, others }) => [annotator, model.mean, model.values, others!.mean])).toEqual([
    ["import:ann", 0.8, 10, 10 / 14],
    ["import:bob", 0.8, 10, 7 / 14],
  ]);
});

test("one right answer must beat every wrong one, and equal rewards are no success", () => {
  const equal = measureOneToMany(
    [{ promptHash: "a", rewards: [0.7, 0.7, 0.9, 0.1], isRight: [true, false, false, false] }],
    1,
  );
  expect(equal).toMatchObject({ prompts: 1, accuracy: { mean: 0 }, reciprocalRank: { mean: 1 / 3 }, chance: 1 / 4 });
  const mixed = [
    { promptHash: "a", rewards: [3, 2, 1], isRight: [true, true, false] },
    { promptHash: "b", rewards: [1, 2], isRight: [true, true] },
  ];
  expect(measureOneToMany(mixed, 1)).toMatchObject({ prompts: 1, accuracy: { mean: 1, values: 2 }, chance: 0.5 });
  expect(measureOneToMany([], 1)).toEqual({ prompts: 0, accuracy: null, reciprocalRank: null, chance: null });
});

test("instances of one prompt are one prompt among the right answers, too", () => {
  const twice = ["a", "a"].map((promptHash, i) => ({ promptHash, rewards: [i, 0.5], isRight: [true, false] }));
  const found = measureOneToMany(twice, 1);
  expect(found).toMatchObject({ prompts: 1, accuracy: { mean: 0.5, values: 2, groups: 1, interval: [0.5, 0.5] } });
});

test("consistency is asked of prompts that are alike, not the same, with other answers", async () => {
  const at = (cosine: number): Float32Array => Float32Array.of(cosine, Math.sqrt(1 - cosine ** 2));
  const good = [
    { prompt: "p1", answer: "a" },
    { prompt: "p2", answer: "b" },
    { prompt: "p3", answer: "a" },
    { prompt: "p4", answer: "d" },
  ];
  const vectors = [at(1), at(0.8), at(0.8), at(0.99)];
  expect(contrastingPairs(good, vectors)).toEqual([
    [0, 1],
    [1, 3],
    [2, 3],
  ]);
  const knowing = await measureConsistency({
    ...{ good, vectors },
    score: (texts) =>
      Promise.resolve(
        Float32Array.from(texts, ({ prompt, text }) =>
          Number(good.some((each) => each.prompt === prompt && each.answer === text)),
        ),
      ),
  });
  expect(knowing).toEqual({ pairs: 3, response: 1, instruction: 1, equal: 0 });
  const blind = await measureConsistency({
    ...{ good, vectors },
    score: (texts) => Promise.resolve(Float32Array.from(texts, ({ text }) => text.charCodeAt(0))),
  });
  expect(blind).toEqual({ pairs: 3, response: 0.5, instruction: 0.5, equal: 6 });
  const none = await measureConsistency({ good: good.slice(0, 1), vectors, score: () => Promise.reject(new Error()) });
  expect(none).toEqual({ pairs: 0, response: null, instruction: null, equal: 0 });
});

test("bias is told by correlations within pairs and by the length coefficient", () => {
  const pairs = [aPair(0, 1), aPair(1, 1), aPair(2, 1)];
  const sides = [1, 2, 3, 1, 4, 1].map((length) => [length, 0, 0, 0]);
  const ws = { dtype: "float32" as const, shape: [2, 4, 1], data: Float32Array.of(1, 0, 0, 0, 3, 0, 0, 0) };
  const model = { values: { ws }, shape: { members: 2, sides: 4 }, temperatures: { withSides: 2, withoutSides: 1 } };
  const found = measureBias({
    ...{ pairs, sides, margins: { withSides: [-1, 2, 3], withoutSides: [0, 0, 0] } },
    model: model as unknown as Parameters<typeof measureBias>[0]["model"],
  });
  expect(found.lengthCoefficient).toBe(1);
  expect(found.features[0]).toEqual({ name: "log length", withSides: expect.closeTo(1), withoutSides: null });
  expect(found.features[1]!.withSides).toBeNull();
});
