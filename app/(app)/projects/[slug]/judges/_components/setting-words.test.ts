import { expect, test } from "vitest";
import { lmConfig } from "@/lib/judges/schema";
import { nameSetting, wordDifferences, wordSettings } from "./setting-words";

const config = lmConfig.parse({ baseUrl: "https://api.example.org/v1", model: "m", rubric: "Be fair." });
const names = { ok: "Correct" };

test("every setting but the rubric has words", () => {
  expect(wordSettings(config, names)).toHaveLength(Object.keys(config).length - 1);
  expect(wordSettings(config, names)).toContainEqual({ name: "Cached input tokens", value: "as input" });
  expect(Object.keys(config).map(nameSetting)).not.toContain("inputPriceMicros");
});

test("two versions differ in what was changed alone, and a question that has gone is told by its id", () => {
  const after = { ...config, questions: ["ok", "old"], samples: 3, temperature: 0.5, rubric: "Be kind." };
  expect(wordDifferences(config, after, names)).toEqual([
    { name: "Questions", before: "all", after: "Correct, old (gone)" },
    { name: "Samples", before: "one", after: "3, most decide" },
    { name: "Temperature", before: "0", after: "0.5" },
  ]);
  expect(wordDifferences(config, config, names)).toEqual([]);
});
