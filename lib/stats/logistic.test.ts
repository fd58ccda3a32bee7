import { expect, test } from "vitest";
import { fitLogistic, linear, sigmoid, softplus } from "./logistic";
import { seededRandom } from "./random";

test("one constant column gives the log-odds of the mean target", () => {
  const fit = fitLogistic({ rows: [[1], [1], [1], [1]], width: 1, targets: [1, 1, 1, 0], l2: 0 });
  expect(fit.coefficients[0]).toBeCloseTo(Math.log(3), 8);
  expect(fit.converged).toBe(true);
});

test("Bradley-Terry strengths of three from their wins", () => {
  const wins = [
    [0, 7, 9],
    [3, 0, 6],
    [1, 4, 0],
  ];
  const rows: number[][] = [];
  const targets: number[] = [];
  wins.forEach((row, i) =>
    row.forEach((count, j) => {
      for (let n = 0; n < count; n++) {
        rows.push([0, 1, 2].map((k) => Number(k === i) - Number(k === j)));
        targets.push(1);
      }
    }),
  );
  // Strengths are known up to a constant: L-BFGS from zero stays in the space of differences, centred.
  const { coefficients } = fitLogistic({ rows, width: 3, targets, l2: 0 });
  expect(coefficients[0]).toBeCloseTo(0.9436, 4);
  expect(coefficients[1]).toBeCloseTo(-0.1602, 4);
  expect(coefficients[2]).toBeCloseTo(-0.7834, 4);
});

test("a soft target is the same as its share of hard ones", () => {
  const soft = fitLogistic({
    rows: [
      [2, 1],
      [1, -1],
    ],
    width: 2,
    targets: [0.75, 0.25],
    l2: 0.1,
  });
  const rows = [
    [2, 1],
    [2, 1],
    [2, 1],
    [2, 1],
    [1, -1],
    [1, -1],
    [1, -1],
    [1, -1],
  ];
  const hard = fitLogistic({ rows, width: 2, targets: [1, 1, 1, 0, 1, 0, 0, 0], l2: 0.4 });
  expect(hard.coefficients[0]).toBeCloseTo(soft.coefficients[0]!, 7);
  expect(hard.coefficients[1]).toBeCloseTo(soft.coefficients[1]!, 7);
});

test("a weight of 3 is the same as three rows", () => {
  const weighted = fitLogistic({
    rows: [
      [2, 1],
      [1, -1],
    ],
    width: 2,
    targets: [1, 0.2],
    weights: [3, 1],
    l2: 0.1,
  });
  const repeated = fitLogistic({
    rows: [
      [2, 1],
      [2, 1],
      [2, 1],
      [1, -1],
    ],
    width: 2,
    targets: [1, 1, 1, 0.2],
    l2: 0.1,
  });
  expect(weighted.coefficients[0]).toBeCloseTo(repeated.coefficients[0]!, 7);
});

test("at the fit the gradient vanishes, on random rows of unequal scales", () => {
  const random = seededRandom(9);
  const rows = Array.from({ length: 300 }, () => [random() - 0.5, 20 * (random() - 0.5), 0.1 * random()]);
  const targets = rows.map((row) => Number(random() < sigmoid(linear(row, [2, -0.1, 5]))));
  const fit = fitLogistic({ rows, width: 3, targets, l2: 0.5 });
  expect(fit.converged).toBe(true);
  for (let j = 0; j < 3; j++) {
    const slope = rows.reduce(
      (sum, row, i) => sum + (sigmoid(linear(row, fit.coefficients)) - targets[i]!) * row[j]!,
      0,
    );
    expect(slope + 0.5 * fit.coefficients[j]!).toBeCloseTo(0, 7);
  }
});

test("separable rows without a penalty do not converge to an answer", () => {
  const fit = fitLogistic({ rows: [[1], [-1]], width: 1, targets: [1, 0], l2: 0 });
  expect(fit.coefficients[0]).toBeGreaterThan(10);
});

test("no rows give coefficients of zero", () => {
  expect(fitLogistic({ rows: [], width: 2, targets: [], l2: 1 }).coefficients).toEqual(new Float64Array(2));
});

test("sigmoid and softplus hold at the ends", () => {
  expect([sigmoid(-1000), sigmoid(0), sigmoid(1000)]).toEqual([0, 0.5, 1]);
  expect([softplus(-1000), softplus(1000)]).toEqual([0, 1000]);
});
