import { beforeAll, expect, test } from "vitest";
import { routeAgainstOracle, simulatedRouting } from "@/lib/testing/simulated-routing";
import { errorChance } from "./error-model";
import type { Learned } from "./input";
import { learnFromMixes } from "./learn-from-mixes";
import { learnReport } from "./schema";

// bench/routing does the same with more pairs, mixes and seeds.
const structured = simulatedRouting({ pairs: 500, seed: 1, errors: "on subjects" });
let learned: Learned;
const progress: number[] = [];

beforeAll(async () => {
  const onProgress = (done: number): number => progress.push(done);
  learned = await learnFromMixes(structured.input, { mixes: 100, hidden: 0, seed: 7, onProgress });
});

test("coefficients recover the two subjects on which the judge errs, the worst first, and nothing else gains surely", () => {
  const { coefficients, verdict, errorAuc } = learned.report;
  expect(verdict.kind).toBe("trusted");
  expect(errorAuc!.interval![0]).toBeGreaterThan(0.5);
  expect(coefficients.slice(0, 2).map(({ words }) => words)).toEqual(["subject: law", "subject: medicine"]);
  expect(coefficients[0]!.effect.interval![0]).toBeGreaterThan(0);
  coefficients.slice(2).forEach(({ effect }) => expect(effect.interval![0]).toBeLessThan(0));
});

test("unseen mixes are foreseen far better than by their share", () => {
  const [share, ...others] = learned.report.predictors;
  const chosen = others.find(({ isChosen }) => isChosen)!;
  expect(chosen.spearman.value).toBeGreaterThan(share!.spearman.value + 0.05);
  expect(chosen.spearmanAtOneShare.interval![0]).toBeGreaterThan(0.6);
});

test("a quarter of new pairs labelled by people gains nine tenths of what the oracle gains, random choices never as much", async () => {
  const results = await Promise.all(
    [101, 102, 103].map((seed) => {
      const asked = { gain: learned.gain, errors: "on subjects", pairs: 500, share: 0.25, randoms: 149 } as const;
      return routeAgainstOracle({ ...asked, seed });
    }),
  );
  const total = (value: (each: (typeof results)[number]) => number) =>
    results.reduce((sum, each) => sum + value(each), 0);
  expect(total(({ learned }) => learned)).toBeGreaterThan(0.9 * total(({ oracle }) => oracle));
  expect(total(({ simulated }) => simulated)).toBeGreaterThan(0.9 * total(({ oracle }) => oracle));
  // p <= 1 / 150 in each of three: no random choice of 149 gains as much.
  for (const { learned, random } of results) expect(Math.max(...random)).toBeLessThan(learned);
});

test("the error model knows how likely the judge is wrong", () => {
  const { input, wrongChance } = structured;
  const chances = input.has.map((own) => errorChance(learned.errors, own));
  const meanWhere = (isIn: (place: number) => boolean) => {
    const own = chances.filter((_, place) => isIn(place));
    return own.reduce((sum, chance) => sum + chance, 0) / own.length;
  };
  expect(meanWhere((place) => wrongChance[place]! > 0.5)).toBeGreaterThan(0.45);
  expect(meanWhere((place) => wrongChance[place]! < 0.1)).toBeLessThan(0.2);
});

test("errors that have nothing to do with the characteristics are never trusted", async () => {
  const kinds = await Promise.all(
    [1, 2, 3].map(async (seed) => {
      const { input } = simulatedRouting({ pairs: 300, seed, errors: "at random" });
      const { report } = await learnFromMixes(input, { mixes: 50, hidden: 0, seed });
      return report.verdict.kind;
    }),
  );
  expect(kinds).toEqual(["unsystematic", "unsystematic", "unsystematic"]);
});

test("the report is what the schema says, progress rises, and the same seed learns the same", async () => {
  expect(learnReport.parse(learned.report)).toEqual(learned.report);
  expect(progress.every((done, i) => i === 0 || done >= progress[i - 1]!)).toBe(true);
  const { input } = simulatedRouting({ pairs: 150, seed: 4, errors: "on subjects" });
  const learn = () => learnFromMixes(input, { mixes: 50, hidden: 0, seed: 3 });
  const [first, second] = [await learn(), await learn()];
  expect(second.gain).toEqual(first.gain);
  expect(second.report.coefficients).toEqual(first.report.coefficients);
});

test("a judge who is always right leaves nothing to learn, and few prompts are refused", async () => {
  const { input } = simulatedRouting({ pairs: 150, seed: 4, errors: "on subjects" });
  const alike = { ...input, lm: input.human };
  const { report } = await learnFromMixes(alike, { mixes: 50, hidden: 0, seed: 3 });
  expect(report.errorAuc).toBeNull();
  expect(report.verdict).toMatchObject({
    kind: "too few",
    sentence: expect.stringContaining("0 of 150 pairs") as string,
  });
  const onePrompt = { ...input, groups: new Int32Array(150) };
  await expect(learnFromMixes(onePrompt, { mixes: 50, hidden: 0, seed: 3 })).rejects.toMatchObject({ code: "invalid" });
});
