import { sigmoid, softplus } from "@/lib/stats/logistic";
import { minimize } from "@/lib/stats/minimize";
import { classWeights, weighted } from "./class-weights";
import { rowsFor, type DenseFeatures, type DenseTask } from "./data";
import { eachEntry, logitOf, type LinearHead } from "./logit";

/** Rows on which the baseline is fitted at most, as it takes every row into account at every step. */
const mostRows = 10_000;

/** Iterations after which its figures change no more. */
const maxIterations = 200;

/**
 * The baseline of a head: a logistic regression on the same vectors and training rows, with both kinds of rows weighing alike
 * and an L2 penalty of 1/2 |w|^2 that spares the intercept, which is scikit-learn's with class_weight="balanced". Fitted by
 * L-BFGS to the minimum, on the first `mostRows` rows where there are more.
 */
export function fitExact(given: { task: DenseTask; features: DenseFeatures; head: number }): {
  head: LinearHead;
  rows: number;
} {
  const { task, features, head } = given;
  const rows = rowsFor(task, head, "train").slice(0, mostRows);
  const width = 3 * features.width;
  const classes = classWeights(rows, head);
  const lessons = rows.map((row) => {
    const { target, weight } = weighted(row.targets[head]!, classes);
    return { target, weight: weight * row.weights[head]! };
  });
  const objective = (point: Float64Array) => {
    const gradient = new Float64Array(width + 1);
    let value = 0;
    const current = { w: point, b: point[width]! };
    rows.forEach((row, i) => {
      const { target, weight } = lessons[i]!;
      const z = logitOf(features, row, current);
      value += weight * (softplus(z) - target * z);
      const residual = weight * (sigmoid(z) - target);
      eachEntry(features, row, (at, entry) => {
        gradient[at]! += residual * entry;
      });
      gradient[width]! += residual;
    });
    for (let at = 0; at < width; at++) {
      value += point[at]! ** 2 / 2;
      gradient[at]! += point[at]!;
    }
    return { value, gradient };
  };
  const { point } = minimize(objective, new Float64Array(width + 1), { tolerance: 1e-5 * rows.length, maxIterations });
  return { head: { w: point.slice(0, width), b: point[width]! - classes.shift }, rows: rows.length };
}
