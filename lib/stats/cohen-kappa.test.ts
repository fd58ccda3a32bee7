import { expect, test } from "vitest";
import { cohenKappa } from "./cohen-kappa";

test("two raters of seven units have the kappas of scikit-learn", () => {
  const table = tableOf([0, 1, 2, 2, 1, 0, 2], [0, 2, 2, 1, 1, 0, 2]);
  expect(cohenKappa(table, 3)).toBeCloseTo(0.5625, 10);
  expect(cohenKappa(table, 3, "quadratic")).toBeCloseTo(0.7941, 4);
});

test("a rater who says one thing only has the kappa of chance, and two of them have none", () => {
  expect(cohenKappa(tableOf([0, 1, 2], [1, 1, 1]), 3)).toBe(0);
  expect(cohenKappa(tableOf([1, 1], [1, 1]), 3)).toBeNull();
  expect(cohenKappa(new Float64Array(9), 3)).toBeNull();
});

function tableOf(a: number[], b: number[]): Float64Array {
  const table = new Float64Array(9);
  a.forEach((value, i) => (table[3 * value + b[i]!]! += 1));
  return table;
}
