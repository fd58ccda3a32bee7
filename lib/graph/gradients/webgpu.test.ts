import fc from "fast-check";
import { expect, test } from "vitest";
import { centralDifferences, gradientFaults } from "../gradient-check";
import { gradientRules } from "../gradients";
import { inFloat32, operatorSamples } from "./operator-samples";

// WebGPU without a GPU: the Vulkan driver in software that comes with Chromium. Where there is neither, these tests fail.
process.env.VK_ICD_FILENAMES ??= "/usr/lib/chromium/vk_swiftshader_icd.json";

const provider = "webgpu";

/** One of each way of computing: by element, broadcast, along axes, matrices, rearranging, looking up and adding back. */
const representative = [
  ...(["Add", "Div", "Pow", "Max", "Erf", "Where"] as const),
  ...(["Softmax", "LayerNormalization", "ReduceMean", "ReduceMax", "CumSum"] as const),
  ...(["MatMul", "Gemm", "Transpose", "Reshape", "Concat", "Slice", "Gather", "GatherElements"] as const),
];

for (const op of representative) {
  test(`on WebGPU the gradient of ${op} is that of central differences`, async () => {
    for (const checked of fc.sample(operatorSamples[op], { seed: 11, numRuns: 2 }).map(inFloat32)) {
      const differences = await centralDifferences(checked, provider);
      expect(await gradientFaults(checked, differences, { provider })).toEqual([]);
    }
  });
}

test("on WebGPU a wrong gradient is noticed", async () => {
  const [checked] = fc.sample(operatorSamples.Exp, { seed: 11, numRuns: 1 }).map(inFloat32);
  const differences = await centralDifferences(checked!, provider);
  const rules = { ...gradientRules, Exp: gradientRules.Identity };
  expect(await gradientFaults(checked!, differences, { provider, rules })).not.toEqual([]);
});
