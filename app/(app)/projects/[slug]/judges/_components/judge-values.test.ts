import { expect, test } from "vitest";
import type { LmConfig, LmJudgeView } from "@/lib/judges/schema";
import { lmConfig } from "@/lib/judges/schema";
import { translatorOf } from "@/lib/testing/translator";
import { configOf, keyOf, temperatureFault, valuesOf } from "./judge-values";

function aJudge(config: Partial<LmConfig>): LmJudgeView {
  const whole = lmConfig.parse({ baseUrl: "https://api.example.org/v1", model: "m", rubric: "Be fair.", ...config });
  return {
    ...{ kind: "lm", id: "1", name: "Judge", version: 2, isEnabled: true, createdAt: "2026-01-01T00:00:00Z" },
    ...{ verdicts: 0, labels: 0, costMicros: 0, config: whole, keyHint: null },
  };
}

const everything: Partial<LmConfig> = {
  ...{ provider: "azure", questions: ["b", "a"], samples: 5, temperature: 0.7, demonstrations: 3, usesReference: true },
  ...{ rankingBy: "tournament", tokenProbabilities: true, reasoningEffort: "high", maxOutputTokens: 4096 },
  ...{ inputPriceMicros: 150_000, cachedInputPriceMicros: 75_000, outputPriceMicros: 600_000 },
  ...{ timeoutSeconds: 120, concurrency: 8, requestsPerMinute: 500, tokensPerMinute: 200_000 },
};

test("a config goes through the form unchanged, whatever it says", () => {
  for (const config of [{}, { temperature: null }, everything]) {
    const judge = aJudge(config);
    expect(configOf(valuesOf(judge, judge.config.rubric), judge)).toEqual(judge.config);
  }
});

test("a new judge has the defaults of the API", () => {
  const values = { ...valuesOf(null, "Be fair."), baseUrl: " https://api.example.org/v1/ ", model: "m" };
  expect(lmConfig.parse(configOf(values, null))).toEqual(aJudge({}).config);
});

test("what is no number is sent as it was typed, and what is empty is no limit, no price and the provider's temperature", () => {
  const values = { ...valuesOf(null, "Be fair."), samples: "many", inputPrice: "cheap", temperature: " " };
  expect(configOf(values, null)).toMatchObject({
    ...{ samples: "many", inputPriceMicros: "cheap", temperature: null },
    ...{ requestsPerMinute: null, tokensPerMinute: null, cachedInputPriceMicros: null, outputPriceMicros: 0 },
  });
});

test("a question that is checked off and on again keeps its place", () => {
  const judge = aJudge({ questions: ["b", "a"] });
  const values = { ...valuesOf(judge, ""), questions: ["a", "c", "b"] };
  expect(configOf(values, judge).questions).toEqual(["b", "a", "c"]);
});

test("a key is replaced, removed or left alone", () => {
  const values = valuesOf(null, "");
  expect(keyOf({ ...values, apiKey: "sk" })).toEqual({ apiKey: "sk" });
  expect(keyOf({ ...values, removeKey: true })).toEqual({ apiKey: null });
  expect(keyOf(values)).toEqual({});
});

test("several samples want a temperature above 0", () => {
  const t = translatorOf("judges.asking");
  expect(temperatureFault({ samples: "3", temperature: "0" }, t)).toContain("must be above 0");
  for (const temperature of ["0.7", ""]) expect(temperatureFault({ samples: "3", temperature }, t)).toBeNull();
  expect(temperatureFault({ samples: "1", temperature: "0" }, t)).toBeNull();
});
