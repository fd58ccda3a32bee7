import { expect, test } from "vitest";
import { numbersOf } from "@/app/_components/ui/numbers";
import { lmConfig, type LmConfig } from "@/lib/judges/schema";
import { translatorOf } from "@/lib/testing/translator";
import { nameSetting, wordDifferences, wordSettings } from "./setting-words";

const config = lmConfig.parse({ baseUrl: "https://api.example.org/v1", model: "m", rubric: "Be fair." });
const t = translatorOf("judges");
const words = { questions: { ok: "Correct" }, numbers: numbersOf("en"), t };

test("every setting but the rubric has words", () => {
  expect(wordSettings(config, words)).toHaveLength(Object.keys(config).length - 1);
  expect(wordSettings(config, words)).toContainEqual({ name: "Cached input tokens", value: "as input" });
  const fields = Object.keys(config) as (keyof LmConfig)[];
  expect(fields.map((field) => nameSetting(field, t))).toContain("input tokens");
});

test("two versions differ in what was changed alone, and a question that has gone is told by its id", () => {
  const after = { ...config, questions: ["ok", "old"], samples: 3, temperature: 0.5, rubric: "Be kind." };
  expect(wordDifferences(config, after, words)).toEqual([
    { name: "Questions", before: "all", after: "Correct, old (gone)" },
    { name: "Samples", before: "one", after: "3, most decide" },
    { name: "Temperature", before: "0", after: "0.5" },
  ]);
  expect(wordDifferences(config, config, words)).toEqual([]);
});
