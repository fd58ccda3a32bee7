import { expect, test } from "vitest";
import { encodeHashed } from "@/lib/encoders/hashed";
import type { SparseVector } from "@/lib/encoders/sparse";
import { sideFeatures } from "@/lib/encoders/side-features";
import { matMul } from "@/lib/graph/ops";
import { openSession, type Provider } from "@/lib/graph/session";
import { parameter } from "@/lib/graph/tensor";
import { seededRandom } from "@/lib/stats/random";
import { decodeCheckpoint, encodeCheckpoint } from "./checkpoint";
import { rewardDefaults } from "./config";
import type { TrainingData, TrainingPair } from "./data";
import { exportRewardModel, scoreCompletions, type ArtifactPart } from "./score";
import { shuffledLabelAccuracy } from "./shuffled-control";
import type { Checkpoint } from "./train";
import { trainRewardModel } from "./train-reward-model";

const width = 1024;
const config = { ...rewardDefaults, hidden: 8, batchPairs: 64 };

const fillers = "the a report answer river garden window paper music simple number morning letter winter road".split(
  " ",
);
const [good, bad] = [
  ["kindly", "exactly", "verified"],
  ["whatever", "dunno", "shrug"],
];

/** Pairs of texts, preferred by a rule; 6 of 10 prompts train, 2 validate, 2 test. */
function madeData(given: {
  prompts: number;
  strengthOf: (first: string, second: string, random: () => number) => number;
  seed?: number;
}): TrainingData {
  const random = seededRandom(given.seed ?? 1);
  const pick = (words: readonly string[]): string => words[Math.floor(random() * words.length)]!;
  const texts: string[] = [];
  const pairs: TrainingPair[] = [];
  for (let group = 0; group < given.prompts; group++) {
    for (let i = 0; i < 3; i++) {
      const [first, second] = [0, 1].map(() => {
        const words = Array.from({ length: 6 + Math.floor(random() * 20) }, () => pick(fillers));
        words.splice(3, 0, pick(random() < 0.5 ? good! : bad!));
        return words.join(" ");
      }) as [string, string];
      const split = group % 10 < 6 ? "train" : group % 10 < 8 ? "validation" : "test";
      const strength = given.strengthOf(first, second, random);
      pairs.push({ first: texts.push(first) - 1, second: texts.push(second) - 1, group, split, strength, weight: 1 });
    }
  }
  return { pairs, features: texts.map((text) => encodeHashed(text)), width, sides: texts.map(sideFeatures) };
}

const isGood = (text: string): number => Number(good!.some((word) => text.includes(word)));

/** Good words win, with one label in ten wrong. */
const byWords = (first: string, second: string, random: () => number): number =>
  Math.sign(isGood(first) - isGood(second)) * (random() < 0.1 ? -1 : 1);

/** The longer text wins, with one label in ten wrong. */
const byLength = (first: string, second: string, random: () => number): number =>
  Math.sign(first.length - second.length) * (random() < 0.1 ? -1 : 1);

test("learns what the text says, beats every baseline, and is calibrated", async () => {
  const { evaluation, memberCorrelation, model, history } = await trainRewardModel({
    ...madeData({ prompts: 300, strengthOf: byWords }),
    config,
    seed: 1,
  });
  expect(evaluation.prompts).toBe(60);
  expect(evaluation.withSides.accuracy!.mean).toBeGreaterThan(0.8);
  expect(evaluation.withoutSides.accuracy!.mean).toBeGreaterThan(0.8);
  for (const estimate of Object.values(evaluation.withSides.advantage))
    expect(estimate!.interval[0]).toBeGreaterThan(0);
  expect(evaluation.withSides.calibration.isWithinBand).toBe(true);
  expect(memberCorrelation).toBeLessThan(0.98);
  expect(memberCorrelation).toBeGreaterThan(0.3);
  // About half of the pairs are ties: each member begins at the entropy of 1/4, 1/2, 1/4.
  expect(history[0]!.validationLoss.every((loss) => Math.abs(loss - 1.5 * Math.LN2) < 0.05)).toBe(true);
  expect(model.temperatures.withSides).toBeGreaterThan(0.05);
});

test("keeps what length explains in the branch of side features", async () => {
  const { evaluation } = await trainRewardModel({
    ...madeData({ prompts: 200, strengthOf: byLength }),
    config,
    seed: 1,
  });
  expect(evaluation.baselines.longerWins!.mean).toBeGreaterThan(0.85);
  expect(evaluation.withSides.accuracy!.mean).toBeGreaterThan(0.85);
  expect(evaluation.withoutSides.accuracy!.mean).toBeLessThan(evaluation.withSides.accuracy!.mean - 0.15);
});

test("labels drawn at random teach nothing", async () => {
  const accuracy = await shuffledLabelAccuracy({ ...madeData({ prompts: 120, strengthOf: byWords }), config, seed: 1 });
  expect(accuracy!.interval[0]).toBeLessThan(0.5);
  expect(accuracy!.interval[1]).toBeGreaterThan(0.5);
  expect(accuracy!.mean).toBeGreaterThan(0.4);
  expect(accuracy!.mean).toBeLessThan(0.6);
});

test("labels drawn at random teach nothing where margins were made of the real ones, either", async () => {
  const data = madeData({ prompts: 120, strengthOf: byWords });
  const pairs = data.pairs.map((pair) => ({ ...pair, margin: 3 * pair.strength }));
  const given = { config, seed: 1 };
  expect(await shuffledLabelAccuracy({ ...data, ...given, pairs })).toEqual(
    await shuffledLabelAccuracy({ ...data, ...given }),
  );
});

test("a training that was stopped after any epoch goes on to the same bits", async () => {
  const given = {
    ...madeData({ prompts: 60, strengthOf: byWords }),
    config: { ...config, maxEpochs: 4, patience: 9 },
    seed: 5,
  };
  const kept: Uint8Array[] = [];
  const whole = await trainRewardModel({
    ...given,
    onEpoch: (checkpoint) => void kept.push(encodeCheckpoint(checkpoint)),
  });
  expect(kept).toHaveLength(4);
  for (const bytes of kept) {
    let steps = 0;
    const resumed = await trainRewardModel({ ...given, resume: decodeCheckpoint(bytes), onStep: () => void steps++ });
    expect(resumed).toEqual(whole);
    expect(steps).toBe((4 - decodeCheckpoint(bytes).epoch) * 8);
  }
});

test("a training that goes on stays on the provider that it began on, and does not choose again", async () => {
  const given = {
    ...madeData({ prompts: 40, strengthOf: byWords }),
    config: { ...config, maxEpochs: 2, patience: 9 },
    seed: 3,
  };
  const choice = {
    provider: "cpu" as const,
    stepMs: 2,
    others: [{ provider: "webgpu" as const, reason: "it was slow" }],
  };
  const kept: Uint8Array[] = [];
  await trainRewardModel({
    ...given,
    chooseProvider: async () => choice,
    onEpoch: (checkpoint) => void kept.push(encodeCheckpoint(checkpoint)),
  });
  const resumed = await trainRewardModel({
    ...given,
    resume: decodeCheckpoint(kept[0]!),
    chooseProvider: () => Promise.reject(new Error("chosen again")),
  });
  expect(resumed.provider).toEqual(choice);
  const elsewhere = { ...decodeCheckpoint(kept[0]!), provider: { ...choice, provider: "elsewhere" as Provider } };
  await expect(trainRewardModel({ ...given, resume: elsewhere })).rejects.toThrow(
    "This training began on elsewhere, which does not open here any more. Start it again.",
  );
});

test("a checkpoint reads back as it was written, and half of one is refused", async () => {
  let last: Checkpoint | undefined;
  await trainRewardModel({
    ...madeData({ prompts: 40, strengthOf: byWords }),
    config: { ...config, maxEpochs: 1 },
    seed: 2,
    onEpoch: (checkpoint) => void (last = checkpoint),
  });
  const bytes = encodeCheckpoint(last!);
  expect(decodeCheckpoint(bytes)).toEqual(last);
  expect(() => decodeCheckpoint(bytes.subarray(0, bytes.length - 6))).toThrow(/train from the start/);
});

test("reports each step, and stops at the next one when aborted", async () => {
  const controller = new AbortController();
  const steps: number[] = [];
  const training = trainRewardModel({
    ...madeData({ prompts: 60, strengthOf: byWords }),
    config,
    seed: 1,
    signal: controller.signal,
    onStep: ({ step, totalSteps, loss }) => {
      expect(totalSteps).toBe(20 * 8);
      expect(Number.isFinite(loss)).toBe(true);
      steps.push(step);
      if (step === 11) controller.abort(new Error("cancelled by Ada"));
    },
  });
  await expect(training).rejects.toThrow("cancelled by Ada");
  expect(steps).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
});

test.each([
  ["no labels", 0, 0],
  ["three labels", 1, 1],
  ["ties only", 60, 0],
])("refuses to train on %s", async (_what, prompts, strength) => {
  const data = madeData({ prompts, strengthOf: () => strength });
  await expect(trainRewardModel({ ...data, config, seed: 1 })).rejects.toThrow(
    /Training needs at least 20 pairs of completions that are not ties in the training part and 4 in the validation part; there are \d and 0/,
  );
});

test("without a test part it trains and tells that nothing was measured", async () => {
  const data = madeData({ prompts: 60, strengthOf: byWords });
  const pairs = data.pairs.filter(({ split }) => split !== "test");
  const { evaluation, memberCorrelation } = await trainRewardModel({
    ...data,
    pairs,
    config: { ...config, maxEpochs: 8 },
    seed: 1,
  });
  expect(evaluation).toMatchObject({ pairs: 0, prompts: 0, withSides: { accuracy: null } });
  expect(memberCorrelation).not.toBeNull();
  expect(await shuffledLabelAccuracy({ ...data, pairs, config, seed: 1 })).toBeNull();
});

test("the exported file computes the reward's formula, divided by the temperature", async () => {
  const data = madeData({ prompts: 60, strengthOf: byWords });
  const { model } = await trainRewardModel({ ...data, config: { ...config, maxEpochs: 2, members: 2 }, seed: 1 });
  const session = await openSession(exportRewardModel(model, { encoder: "hashed" }));
  const scored = await scoreCompletions(session, data);
  await session.dispose();

  const { w1, b1, w2, b2, ws } = model.values;
  const { hidden } = model.shape;
  const completion = 7;
  const { indices, values } = data.features[completion] as SparseVector;
  const text = [0, 1].map((k) => {
    let reward = Number(b2.data[k]);
    for (let unit = 0; unit < hidden; unit++) {
      let before = Number(b1.data[k * hidden + unit]);
      indices.forEach((index, i) => (before += values[i]! * Number(w1.data[(k * width + index) * hidden + unit])));
      reward += Math.max(before, 0) * Number(w2.data[k * hidden + unit]);
    }
    return reward;
  });
  const both = text.map((reward, k) => {
    const { means, deviations } = model.standard;
    return data.sides[completion]!.reduce(
      (sum, side, j) => sum + (Number(ws.data[k * 4 + j]) * (side - means[j]!)) / deviations[j]!,
      reward,
    );
  });
  const { withoutSides, withSides } = model.temperatures;
  expect(scored.membersWithoutSides.map((rewards) => rewards[completion])).toEqual(
    text.map((reward) => expect.closeTo(reward / withoutSides, 4)),
  );
  expect(scored.withoutSides[completion]).toBeCloseTo((text[0]! + text[1]!) / 2 / withoutSides, 4);
  expect(scored.withSides[completion]).toBeCloseTo((both[0]! + both[1]!) / 2 / withSides, 4);
  expect(scored.withSides).toHaveLength(data.features.length);
});

test("a part of the exported file says what it is made to say of every completion, beside the same rewards", async () => {
  const data = madeData({ prompts: 60, strengthOf: byWords });
  const { model } = await trainRewardModel({ ...data, config: { ...config, maxEpochs: 1, members: 2 }, seed: 1 });
  const weight = parameter("lengths.w", [4, 2]);
  const values = {
    "lengths.w": { dtype: "float32", shape: [4, 2], data: Float32Array.of(1, 0, 0, 1, 0, 0, 0, 0) },
  } as const;
  const part: ArtifactPart = { outputs: ({ sides }) => ({ lengths: matMul(sides, weight) }), values };
  const [alone, beside] = await Promise.all(
    [[], [part]].map(async (parts) => {
      const session = await openSession(exportRewardModel(model, {}, parts));
      return await scoreCompletions(session, data).finally(() => session.dispose());
    }),
  );

  expect(alone!.parts).toEqual({});
  expect(beside).toEqual({ ...alone, parts: { lengths: expect.anything() } });
  const { means, deviations } = model.standard;
  expect(beside!.parts["lengths"]!.map((row) => Array.from(row))).toEqual(
    data.sides.map((side) => [0, 1].map((i) => expect.closeTo((side[i]! - means[i]!) / deviations[i]!, 4))),
  );
});

test("a member never uses the features that are hidden from it", async () => {
  const data = madeData({ prompts: 60, strengthOf: byWords });
  const { model } = await trainRewardModel({ ...data, config: { ...config, maxEpochs: 2 }, seed: 1 });
  const hiddenRows = Array.from({ length: 5 }, (_, member) =>
    Array.from({ length: width }, (_row, feature) => {
      const start = (member * width + feature) * config.hidden;
      return model.values.w1.data.subarray(start, start + config.hidden).every((value) => Number(value) === 0);
    }),
  );
  for (const rows of hiddenRows) expect(rows.filter(Boolean)).toHaveLength(Math.round(0.3 * width));
  expect(hiddenRows[0]).not.toEqual(hiddenRows[1]);
});
