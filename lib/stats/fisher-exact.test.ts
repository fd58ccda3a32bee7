import { expect, test } from "vitest";
import { fisherExact } from "./fisher-exact";

test("tables have the probabilities that SciPy gives them", () => {
  expect(fisherExact(3, 100, 0, 1000)).toBeCloseTo(0.0007309178239532213, 12);
  expect(fisherExact(8, 10, 1, 6)).toBeCloseTo(0.034965034965034975, 12);
  expect(fisherExact(40, 50, 100, 200)).toBeCloseTo(0.00011316617711855307, 9);
});

test("alike and empty series are no evidence", () => {
  expect(fisherExact(5, 10, 50, 100)).toBeCloseTo(1, 10);
  expect(fisherExact(0, 0, 3, 10)).toBe(1);
});
