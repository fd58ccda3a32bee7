import { expect, test } from "vitest";
import { normal } from "@/lib/reward/training/sampling";
import { seededRandom } from "@/lib/stats/random";
import { fitProxies, marginsOf } from "../learn/proxies";
import { fewerColumns } from "./fewer-columns";

test("rows keep their products with each other, and models of them their margins", async () => {
  const random = seededRandom(1);
  const [rows, width] = [12, 40];
  const vectors = new Float32Array(rows * width).map(() => normal(random));
  const fewer = fewerColumns(vectors, width);
  expect(fewer.width).toBe(rows);
  const product = (own: Float32Array, columns: number, i: number, j: number): number =>
    Array.from({ length: columns }, (_, k) => own[i * columns + k]! * own[j * columns + k]!).reduce((a, b) => a + b, 0);
  for (const [i, j] of [
    [0, 0],
    [3, 7],
    [11, 2],
  ] as const)
    expect(product(fewer.vectors, rows, i, j)).toBeCloseTo(product(vectors, width, i, j), 3);
  const labels = Float32Array.from({ length: rows }, (_, row) => row % 2);
  const given = { rows, labels, l2: 1, hidden: 0, seed: 1 };
  const margins = await marginsOf(await fitProxies({ ...given, vectors, width }), vectors);
  const turned = await marginsOf(await fitProxies({ ...given, ...fewer }), fewer.vectors);
  turned.forEach((margin, row) => expect(margin).toBeCloseTo(margins[row]!, 2));
});

test("vectors that are no wider than there are of them stay", () => {
  const vectors = Float32Array.of(1, 2, 3, 4);
  expect(fewerColumns(vectors, 2)).toEqual({ vectors, width: 2 });
});
