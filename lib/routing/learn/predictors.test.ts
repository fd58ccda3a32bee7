import { expect, test } from "vitest";
import { normal } from "@/lib/reward/training/sampling";
import { seededRandom } from "@/lib/stats/random";
import { comparePredictors } from "./compare-predictors";
import { fitPredictor } from "./fit-predictor";
import { predict } from "./predict";
import { verdictOf } from "./verdict";

/** Mixes of 80 shares and 40 of one share, whose worth is `worth` of four shares and a little noise. */
function someMixes(worth: (z: Float64Array) => number) {
  const random = seededRandom(8);
  const draw = (count: number, share: () => number) => {
    const z = Array.from({ length: count }, () => {
      const total = share();
      const columns = [0, 1, 2, 3].map(() => Math.min(1, Math.max(0, total + 0.6 * (random() - 0.5))));
      return Float64Array.of(total, ...columns);
    });
    return { z, targets: Float64Array.from(z, (own) => worth(own) + 0.002 * normal(random)) };
  };
  return { varied: draw(80, random), atOneShare: draw(40, () => 0.25), random: seededRandom(2) };
}

test("a linear worth is found, its weights with it, and foreseen at one share where the share alone is blind", () => {
  const mixes = someMixes((z) => -0.6 + 0.1 * z[0]! + 0.05 * z[1]! - 0.03 * z[2]!);
  const { figures, chosen, aboveShare } = comparePredictors(mixes);
  expect(chosen).toBe("linear");
  const [share, linear] = figures;
  expect(share!.spearman.value).toBeGreaterThan(0.8);
  expect(share!.spearmanAtOneShare).toEqual({ value: 0, interval: null });
  expect(linear!.spearmanAtOneShare.interval![0]).toBeGreaterThan(0.7);
  expect(linear!.r2.value).toBeGreaterThan(share!.r2.value);
  expect(aboveShare.interval![0]).toBeGreaterThan(0);
  const predictor = fitPredictor("linear", mixes.varied);
  const weights = predictor.kind === "linear" ? predictor.weights : [];
  [0.1, 0.05, -0.03, 0, 0].forEach((weight, i) => expect(Math.abs(weights[i]! - weight)).toBeLessThan(0.01));
});

test("a product of two shares takes the quadratic predictor", () => {
  const { figures, chosen } = comparePredictors(someMixes((z) => 0.1 * z[0]! + 0.4 * (z[1]! - 0.5) * (z[2]! - 0.5)));
  expect(chosen).toBe("quadratic");
  expect(figures.map(({ isChosen }) => isChosen)).toEqual([false, false, true, false]);
});

test("a step is foreseen by trees on either side of it", () => {
  const { varied } = someMixes((z) => Number(z[3]! > 0.5));
  const trees = fitPredictor("trees", varied);
  expect(predict(trees, [0.5, 0.5, 0.5, 0.2, 0.5])).toBeCloseTo(0, 1);
  expect(predict(trees, [0.5, 0.5, 0.5, 0.8, 0.5])).toBeCloseTo(1, 1);
});

test("where only the share matters no predictor is surely above it, and the verdict says so", () => {
  const comparison = comparePredictors(someMixes((z) => 0.1 * z[0]!));
  const { kind, sentence } = verdictOf({ ...enough, comparison });
  expect(kind).toBe("no better than the share");
  expect(sentence).toMatch(/among mixes of 25 % by people it is -?0\.\d\d \(95 % between/);
});

const enough = {
  ...{ heldOut: 300, prompts: 200, differing: 80, pairs: 400, oneShare: 0.25 },
  errorAuc: { value: 0.7, interval: [0.62, 0.77] as [number, number] },
};

test("the verdict names what is too few, or that errors cannot be told, before it trusts", () => {
  const comparison = comparePredictors(someMixes((z) => -0.6 + 0.1 * z[0]! + 0.05 * z[1]!));
  expect(verdictOf({ ...enough, comparison })).toEqual({
    kind: "trusted",
    sentence: expect.stringMatching(
      /^It matters which instances people label: .* where the share alone has 0/,
    ) as string,
  });
  const few = verdictOf({ ...enough, differing: 12, comparison });
  expect(few.kind).toBe("too few");
  expect(few.sentence).toContain("12 of 400 pairs");
  expect(verdictOf({ ...enough, errorAuc: null, comparison }).kind).toBe("too few");
  const blind = verdictOf({ ...enough, errorAuc: { value: 0.53, interval: [0.47, 0.6] }, comparison });
  expect(blind.kind).toBe("unsystematic");
  expect(blind.sentence).toContain("0.53 (95 % between 0.47 and 0.60)");
});
