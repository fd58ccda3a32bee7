import { expect, test } from "vitest";
import { encodeHashed } from "@/lib/encoders/hashed";
import { seededRandom } from "@/lib/stats/random";
import { collectDense, type DenseInstance } from "./collect";
import { denseDefaults } from "./config";
import type { DenseData } from "./data";
import type { DenseConfig } from "./schema";
import { trainDense } from "./train-dense";

const config: DenseConfig = { ...denseDefaults, neutralSteps: "good", stepCut: "blank-line" };

const fillers = "report answer river garden window paper music simple number morning letter winter road".split(" ");
const planted = { rude: ["stupid", "idiotic", "shut"], vague: ["perhaps", "somehow", "maybe"] };

/** Six of ten prompts train, two validate, two test. */
const splitOf = (prompt: number): DenseInstance["split"] =>
  prompt % 10 < 6 ? "train" : prompt % 10 < 8 ? "validation" : "test";

const nothing = { spans: [], steps: [], outcomes: new Map() };

function sentence(random: () => number, words: readonly string[] = []): string {
  const pick = (from: readonly string[]): string => from[Math.floor(random() * from.length)]!;
  const all = Array.from({ length: 6 + Math.floor(random() * 4) }, () => pick(fillers));
  if (words.length > 0) all.splice(2, 0, pick(words));
  return `The ${all.join(" ")}.`;
}

/** Answers of five sentences, some with a rude or vague word, which one annotator marks; of a tenth nobody looked at. */
function markedAnswers(prompts: number): DenseInstance[] {
  const random = seededRandom(7);
  return Array.from({ length: prompts }, (_, prompt) => {
    const spans = [];
    let text = "";
    for (let i = 0; i < 5; i++) {
      const drawn = random();
      const category = drawn < 0.2 ? "rude" : drawn < 0.45 ? "vague" : null;
      const said = sentence(random, category ? planted[category] : []);
      const start = text.length + Number(i > 0);
      text += (i > 0 ? " " : "") + said;
      if (category) spans.push({ completion: 0, start, end: start + said.length, category });
    }
    return {
      ...nothing,
      prompt: `Say ${prompt}`,
      promptHash: `h${String(prompt).padStart(4, "0")}`,
      split: splitOf(prompt),
      completions: new Map([[0, { text, steps: [], hasSteps: false }]]),
      spans: [
        {
          ...{ source: "human" as const, annotator: "a", question: "spans", sample: 0 },
          payload: { covered: prompt % 10 === 9 ? [] : [0], spans: prompt % 10 === 9 ? [] : spans },
        },
      ],
    };
  });
}

/** Solutions of four steps, half of them with a wrong one, which is marked as the first error; right ones are right. */
function judgedSolutions(prompts: number): DenseInstance[] {
  const random = seededRandom(11);
  return Array.from({ length: prompts }, (_, prompt) => {
    const wrong = [0, 1].map(() => (random() < 0.6 ? Math.floor(random() * 4) : null));
    if (wrong[0] === null && wrong[1] === null) wrong[1] = 2;
    const solutions = wrong.map((at) =>
      Array.from({ length: 4 }, (_, step) => sentence(random, step === at ? ["miscounted"] : [])),
    );
    return {
      ...nothing,
      prompt: `Solve ${prompt}`,
      promptHash: `s${String(prompt).padStart(4, "0")}`,
      split: splitOf(prompt),
      completions: new Map(solutions.map((steps, i) => [i, { text: steps.join("\n"), steps, hasSteps: true }])),
      steps: wrong.map((firstError, completion) => ({
        ...{ source: "human" as const, annotator: "a", question: "steps", sample: 0 },
        payload: { completion, steps: [], firstError },
      })),
      outcomes: new Map(wrong.map((at, i) => [i, at === null])),
    };
  });
}

function dataOf(instances: readonly DenseInstance[]): DenseData {
  const { texts, ...collected } = collectDense(instances, { config, lmWeight: 0.5 });
  return { ...collected, features: { features: texts.map((text) => encodeHashed(text)), width: 1024 } };
}

test("words of a category that are planted in sentences are found, and nothing is learned where nobody looked", async () => {
  const data = dataOf(markedAnswers(200));
  expect(data.segments.heads).toEqual(["rude", "vague"]);
  expect(data.segments.rows).toHaveLength(5 * 180);
  const { metrics, part } = await trainDense({ data, config, seed: 1 });
  expect(Object.keys(part!.outputs({ features: null!, sides: null!, hidden: null! }))).toEqual([
    "dense.segment.rude",
    "dense.segment.vague",
  ]);
  for (const head of metrics!.segments!.heads) {
    expect(head.f1!.value).toBeGreaterThanOrEqual(0.8);
    expect(head.auc).toBeGreaterThan(0.98);
    expect(head.logistic.f1!.value).toBeGreaterThan(0.8);
    expect(head.test.prompts).toBe(20);
  }
  expect(metrics!.steps).toBeNull();
});

test("the planted wrong step is found, and right solutions are told from wrong ones by their steps", async () => {
  const data = dataOf(judgedSolutions(150));
  // Steps after the first error are there to be scored, and nothing is learned of them.
  expect(data.steps.rows).toHaveLength(4 * 300);
  expect(data.steps.rows.some(({ weights }) => weights[0] === 0)).toBe(true);
  const { metrics } = await trainDense({ data, config, seed: 1 });
  const { head, firstError, oneToMany, majority } = metrics!.steps!;
  expect(head.accuracy!.interval[0]).toBeGreaterThan(majority!.value);
  expect(head.auc).toBeGreaterThan(0.95);
  expect(firstError!.accuracy.value).toBeGreaterThan(0.85);
  expect(firstError!.accuracy.value).toBeGreaterThan(firstError!.majority.value + 0.3);
  const byRule = Object.fromEntries(oneToMany!.by.map((each) => [each.aggregation, each]));
  expect(byRule["min"]!.accuracy.value).toBeGreaterThan(0.8);
  expect(byRule["min"]!.accuracy.value).toBeGreaterThanOrEqual(byRule["last"]!.accuracy.value);
  expect(metrics!.segments).toBeNull();
});

test("the same labels and seed give the same heads, another seed others", async () => {
  const data = dataOf(markedAnswers(60));
  const valuesOf = async (seed: number) =>
    (await trainDense({ data, config: { ...config, epochs: 4 }, seed })).part!.values;
  const once = await valuesOf(1);
  expect(await valuesOf(1)).toEqual(once);
  expect(await valuesOf(2)).not.toEqual(once);
});

test("categories with too few marks are named and not trained, and without labels there is nothing", async () => {
  const few = await trainDense({ data: dataOf(markedAnswers(10)), config, seed: 1 });
  expect(few.part).toBeNull();
  expect(few.metrics!.segments!.tooFew.map(({ name }) => name)).toEqual(["rude", "vague"]);
  const none = await trainDense({ data: dataOf([]), config, seed: 1 });
  expect(none).toEqual({ part: null, metrics: null });
});

test("of two questions with a category of one name, each has a head of its own", () => {
  const [instance] = markedAnswers(1) as [DenseInstance];
  const [label] = instance.spans;
  const spans = [{ completion: 0, start: 0, end: 9, category: "rude" }];
  const both = ["style", "tone"].map((question) => ({ ...label!, question, payload: { covered: [0], spans } }));
  const { segments } = collectDense([{ ...instance, spans: both }], { config, lmWeight: 0.5 });
  expect(segments.heads).toEqual(["style: rude", "tone: rude"]);
});
