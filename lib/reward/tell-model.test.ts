import { expect, test } from "vitest";
import { inLocale } from "@/lib/say";
import type { RewardModelView } from "./schema";
import { tellModel } from "./tell-model";

const rule = { rule: "loss" as const, isPassed: false };
const reason = "Its log loss is +0.031 beside version 2, at the upper end of the interval; at most +0.01 is allowed.";

function model(): RewardModelView {
  return {
    gate: { isPassed: false, comparedWith: 2, isWeakEvidence: false, rules: [{ ...rule, reason }], comparison: null },
    metrics: {
      ...{ provider: null, encodedOn: null, evaluation: null, noise: null, preference: null },
      tastes: {
        kind: "skipped",
        reason: "Groups need at least 4 annotators with 5 labels each in the training part; there are 2.",
      },
      failures: [{ part: "dense", reason: "Something that no template fits." }],
    },
  } as unknown as RewardModelView;
}

test("why a version was held back and what it lacks is said in the language of the reader", () => {
  const told = inLocale("zh-Hans", () => tellModel(model()));
  expect(told.gate.rules).toEqual([
    { ...rule, reason: "其对数损失相对版本 2 为 +0.031（区间上端）；最多允许 +0.01。" },
  ]);
  expect(told.metrics.tastes).toEqual({
    kind: "skipped",
    reason: "分组至少需要 4 位在训练部分中各有 5 条标注的标注员；目前有 2 位。",
  });
  expect(told.metrics.failures).toEqual(model().metrics.failures);
});

test("in English it is what was stored", () => {
  expect(tellModel(model())).toEqual(model());
});
