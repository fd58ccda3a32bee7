import { expect, test } from "vitest";
import { encodeHashed } from "@/lib/encoders/hashed";
import { sideFeatureNames, sideFeatures } from "@/lib/encoders/side-features";
import { openSession } from "@/lib/graph/session";
import { startValues, type HeadShape } from "@/lib/reward/training/head";
import { exportRewardModel, scoreCompletions, type RewardModel } from "@/lib/reward/training/score";
import { seededRandom } from "@/lib/stats/random";
import { sigmoid } from "@/lib/stats/logistic";
import { logitOf } from "./logit";
import { noPieces, segmentOutput, stepOutput } from "./outputs";
import { densePart } from "./part";
import { scoreRows } from "./score-rows";

const width = 1024;
const random = seededRandom(3);
const aHead = () => ({ w: Float32Array.from({ length: 3 * width }, () => random() - 0.5), b: random() - 0.5 });
const heads = [
  { output: segmentOutput("Fluency/Odd: wörds"), head: aHead() },
  { output: stepOutput, head: aHead() },
];
const texts = ["What is it?", "A cat.", "A cat. It sat.", "It sat."];
const features = { features: texts.map((text) => encodeHashed(text)), width };
const rows = [{ places: [0, 1, 1] as const }, { places: [0, 2, 3] as const }];

function aModel(): RewardModel {
  const shape: HeadShape = { members: 2, hidden: 3, width, sides: sideFeatureNames.length };
  const mask = { dtype: "float32" as const, shape: [2, width, 1], data: new Float32Array(2 * width).fill(1) };
  const values = startValues({
    shape,
    mask,
    sideWeights: [
      [1, 0, 0, 0],
      [1, 0, 0, 0],
    ],
    seed: 1,
  });
  const standard = { means: [0, 0, 0, 0], deviations: [1, 1, 1, 1] };
  return { shape, values, standard, temperatures: { withoutSides: 1, withSides: 1 } };
}

const completions = { features: features.features, sides: texts.map(sideFeatures), width };

test("one file answers for completions and for segments, each without a row of the other", async () => {
  const session = await openSession(exportRewardModel(aModel(), {}, [densePart(heads, width)]));
  const plain = await openSession(exportRewardModel(aModel()));
  expect(await scoreCompletions(session, completions)).toEqual(await scoreCompletions(plain, completions));
  const { categories, steps } = await scoreRows(session, features, rows);
  const expected = (head: (typeof heads)[number]) => rows.map((row) => sigmoid(logitOf(features, row, head.head)));
  expect(Object.keys(categories)).toEqual(["Fluency/Odd: wörds"]);
  categories["Fluency/Odd: wörds"]!.forEach((p, i) => expect(p).toBeCloseTo(expected(heads[0]!)[i]!, 6));
  steps!.forEach((p, i) => expect(p).toBeCloseTo(expected(heads[1]!)[i]!, 6));
  // Neither: no rows at all are an answer, too.
  const none = { features: { dtype: "float32" as const, shape: [0, width], data: new Float32Array(0) } };
  const sides = { dtype: "float32" as const, shape: [0, sideFeatureNames.length], data: new Float32Array(0) };
  const outputs = await session.run({ ...none, sides, ...noPieces(width) });
  expect(outputs[stepOutput]!.shape).toEqual([0]);
  expect(outputs["members"]!.shape).toEqual([0, 2]);
  await session.dispose();
  await plain.dispose();
});

test("a version without such heads says nothing of segments", async () => {
  const session = await openSession(exportRewardModel(aModel()));
  expect(await scoreRows(session, features, rows)).toEqual({ categories: {}, steps: null });
  await session.dispose();
});
