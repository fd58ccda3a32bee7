import { expect, test } from "vitest";
import { coincidencesOf, intervalAlpha, intervalSums, krippendorffAlpha } from "./krippendorff";

const categories = [1, 2, 3, 4, 5];
/** Krippendorff's own example: four coders, twelve units, some values missing. */
const coders = ["123321412...", "1233224125.3", ".3332342251.", "12332441251."];
const units = Array.from({ length: 12 }, (_, u) =>
  coders.flatMap((coder) => (coder[u] === "." ? [] : Number(coder[u]))),
);

test("Krippendorff's example has the alphas that he gives", () => {
  const table = tableOf(units);
  expect(krippendorffAlpha(table, categories, "nominal")).toBeCloseTo(0.7434, 4);
  expect(krippendorffAlpha(table, categories, "ordinal")).toBeCloseTo(0.8154, 4);
  expect(krippendorffAlpha(table, categories, "interval")).toBeCloseTo(0.8491, 4);
});

test("sums in the place of a table give the same interval alpha", () => {
  const totals = [0, 0, 0, 0];
  for (const unit of units) intervalSums(unit).forEach((value, i) => (totals[i]! += value));
  expect(intervalAlpha(totals)).toBeCloseTo(krippendorffAlpha(tableOf(units), categories, "interval")!, 12);
});

test("alpha is undefined where nothing could differ", () => {
  expect(krippendorffAlpha(tableOf([[1], [2]]), categories, "nominal")).toBeNull();
  expect(
    krippendorffAlpha(
      tableOf([
        [2, 2],
        [2, 2],
      ]),
      categories,
      "ordinal",
    ),
  ).toBeNull();
  expect(intervalAlpha(intervalSums([0.1, 0.1, 0.1]))).toBeNull();
  expect(intervalAlpha([0, 0, 0, 0])).toBeNull();
});

function tableOf(values: number[][]): Float64Array {
  const table = new Float64Array(25);
  for (const unit of values) {
    const counts = categories.map((category) => unit.filter((value) => value === category).length);
    for (const [place, amount] of coincidencesOf(counts)) table[place]! += amount;
  }
  return table;
}
