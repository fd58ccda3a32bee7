import { expect, test } from "vitest";
import { normal } from "@/lib/reward/training/sampling";
import { fitLogistic, linear, sigmoid } from "@/lib/stats/logistic";
import { seededRandom } from "@/lib/stats/random";
import { fitProxies, marginsOf, penaltyFor } from "./proxies";

const [rows, width, mixes] = [200, 6, 3];

/** Pairs of unequal scales; mix 0 has all of them, mix 1 not every third, mix 2 says the opposite of mix 0. */
function someMixes() {
  const random = seededRandom(3);
  const vectors = Float32Array.from({ length: rows * width }, (_, i) => (1 + (i % width)) * normal(random));
  const taste = [1, -0.5, 0.2, 0, 0.3, -0.1];
  const labels = new Float32Array(rows * mixes);
  for (let i = 0; i < rows; i++) {
    const p = sigmoid(linear(vectors.subarray(i * width), taste));
    const label = i % 10 === 0 ? 0.5 : Number(random() < p);
    labels.set([label, i % 3 === 0 ? NaN : label, 1 - label], i * mixes);
  }
  return { vectors, width, rows, labels, seed: 1 };
}

test("each mix has the logistic regression that it would have alone, ties and missing pairs with it", async () => {
  const given = someMixes();
  const l2 = 2;
  const { weights, converged } = await fitProxies({ ...given, l2, hidden: 0 });
  expect(converged).toBe(true);
  for (let mix = 0; mix < mixes; mix++) {
    const own = Array.from({ length: rows }, (_, i) => i).filter((i) => !Number.isNaN(given.labels[i * mixes + mix]));
    const alone = fitLogistic({
      rows: own.map((i) => given.vectors.subarray(i * width, (i + 1) * width)),
      targets: own.map((i) => given.labels[i * mixes + mix]!),
      ...{ width, l2 },
    });
    alone.coefficients.forEach((weight, j) => {
      expect(weights["w"]!.data[j * mixes + mix]).toBeCloseTo(weight, 3);
    });
  }
});

test("margins are those of each proxy on each pair", async () => {
  const proxies = await fitProxies({ ...someMixes(), l2: 2, hidden: 0 });
  const margins = await marginsOf(proxies, Float32Array.of(1, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0));
  const w = proxies.weights["w"]!.data as Float32Array;
  expect(Array.from(margins)).toEqual([
    ...w.slice(0, mixes),
    ...Array.from(w.slice(mixes, 2 * mixes), (weight) => expect.closeTo(2 * weight, 5) as number),
  ]);
});

test("proxies with a hidden layer learn what is asked, each its own, and swapping a pair changes the sign", async () => {
  const given = someMixes();
  const proxies = await fitProxies({ ...given, l2: 0, hidden: 4 });
  const margins = await marginsOf(proxies, given.vectors);
  const swapped = await marginsOf(
    proxies,
    given.vectors.map((value) => -value),
  );
  let [right, opposite] = [0, 0];
  for (let i = 0; i < rows; i++) {
    right += Number(margins[i * mixes]! > 0 === given.labels[i * mixes]! > 0.5);
    opposite += Number(margins[i * mixes]! > 0 !== margins[i * mixes + 2]! > 0);
    expect(swapped[i * mixes]).toBeCloseTo(-margins[i * mixes]!, 4);
  }
  expect(right / rows).toBeGreaterThan(0.75);
  expect(opposite / rows).toBeGreaterThan(0.8);
  const again = await fitProxies({ ...given, l2: 0, hidden: 4 });
  expect(again.weights).toEqual(proxies.weights);
});

test("the penalty keeps its meaning when vectors are scaled", () => {
  expect(penaltyFor(Float32Array.of(3, 4, 3, 4), 2, 1)).toBe(25);
  expect(penaltyFor(Float32Array.of(6, 8, 6, 8), 2, 2)).toBe(25);
});
