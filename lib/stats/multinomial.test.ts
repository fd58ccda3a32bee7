import { expect, test } from "vitest";
import { classProbabilities, fitMultinomial, type Entries } from "./multinomial";
import golden from "./multinomial-golden.json";

const dense = (values: number[]): Entries => ({ indices: null, values });

test("weights and probabilities are scikit-learn's", () => {
  const { x, y, l2, coefficients, probabilities } = golden;
  const fit = fitMultinomial({ rows: x.map(dense), width: 4, targets: y, classes: 3, l2, tolerance: 1e-9 });
  expect(fit.converged).toBe(true);
  coefficients.forEach((of, c) => of.forEach((value, j) => expect(fit.weights[j * 3 + c]).toBeCloseTo(value, 5)));
  probabilities.forEach((of, i) => {
    const found = classProbabilities(fit, dense(x[i]!));
    of.forEach((value, c) => expect(found[c]).toBeCloseTo(value, 6));
  });
});

test("rows by the entries that are not zero are the same rows", () => {
  const rows = [
    [1, 0, 0],
    [0, 2, 0],
    [0, 0, 1],
    [1, 0, 1],
  ];
  const sparse = rows.map((values): Entries => {
    const indices = values.flatMap((value, j) => (value === 0 ? [] : j));
    return { indices, values: indices.map((j) => values[j]!) };
  });
  const rest = { width: 3, targets: [0, 1, 2, 0], classes: 3, l2: 0.1 };
  const [one, other] = [fitMultinomial({ rows: rows.map(dense), ...rest }), fitMultinomial({ rows: sparse, ...rest })];
  expect([...other.weights]).toEqual([...one.weights]);
});

test("without features the intercepts are the shares of the classes, and without rows all are alike", () => {
  const rows = [[], [], [], []].map(dense);
  const fit = fitMultinomial({ rows, width: 0, targets: [0, 1, 1, 1], classes: 2, l2: 1, tolerance: 1e-9 });
  expect(classProbabilities(fit, dense([]))[1]).toBeCloseTo(0.75, 7);
  const none = fitMultinomial({ rows: [], width: 1, targets: [], classes: 4, l2: 1 });
  expect([...classProbabilities(none, dense([3]))]).toEqual([0.25, 0.25, 0.25, 0.25]);
});
