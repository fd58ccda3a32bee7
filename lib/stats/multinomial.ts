import { minimize } from "./minimize";

/** A vector by all of its entries, or by those at `indices`, the others being zero. */
export type Entries = { indices: ArrayLike<number> | null; values: ArrayLike<number> };

export type MultinomialFit = {
  /** [width + 1, classes], the last row being the intercepts. */
  weights: Float64Array;
  classes: number;
  width: number;
  converged: boolean;
  iterations: number;
};

/**
 * Multinomial logistic regression, P(c | x) = e^{x w_c + b_c} / sum_k e^{x w_k + b_k}, by L-BFGS: minimises
 *
 *     -sum_i log P(y_i | x_i) + l2 / 2 |W|^2
 *
 * which spares the intercepts, as scikit-learn's LogisticRegression does with C = 1 / l2. The weights of a class are unique
 * where l2 > 0, intercepts but for one number in common. Converged at a gradient of `tolerance` a row; without rows all
 * classes are alike.
 */
export function fitMultinomial(given: {
  rows: readonly Entries[];
  width: number;
  /** The class of each row, from 0. */
  targets: ArrayLike<number>;
  classes: number;
  l2: number;
  tolerance?: number;
  maxIterations?: number;
}): MultinomialFit {
  const { rows, width, targets, classes, l2, tolerance = 1e-6, maxIterations = 200 } = given;
  const penalised = width * classes;
  const fit = minimize(
    (point) => {
      let value = 0;
      const gradient = new Float64Array(point.length);
      rows.forEach((row, i) => {
        const probabilities = softmax(scoresBy(point, row, { width, classes }));
        value -= Math.log(Math.max(probabilities[targets[i]!]!, Number.MIN_VALUE));
        probabilities[targets[i]!]! -= 1;
        addOuter(gradient, row, { width, residuals: probabilities });
      });
      for (let at = 0; at < penalised; at++) {
        value += (l2 / 2) * point[at]! ** 2;
        gradient[at]! += l2 * point[at]!;
      }
      return { value, gradient };
    },
    new Float64Array(penalised + classes),
    { tolerance: tolerance * Math.max(1, rows.length), maxIterations },
  );
  return { weights: fit.point, classes, width, converged: fit.converged, iterations: fit.iterations };
}

/** The probability of each class. */
export function classProbabilities({ weights, ...shape }: MultinomialFit, row: Entries): Float64Array {
  return softmax(scoresBy(weights, row, shape));
}

function scoresBy(
  weights: Float64Array,
  { indices, values }: Entries,
  { width, classes }: { width: number; classes: number },
): Float64Array {
  const scores = weights.slice(width * classes);
  for (let i = 0; i < values.length; i++) {
    const at = (indices === null ? i : indices[i]!) * classes;
    for (let c = 0; c < classes; c++) scores[c]! += values[i]! * weights[at + c]!;
  }
  return scores;
}

function addOuter(
  gradient: Float64Array,
  { indices, values }: Entries,
  { width, residuals }: { width: number; residuals: Float64Array },
): void {
  const classes = residuals.length;
  for (let i = 0; i < values.length; i++) {
    const at = (indices === null ? i : indices[i]!) * classes;
    for (let c = 0; c < classes; c++) gradient[at + c]! += values[i]! * residuals[c]!;
  }
  for (let c = 0; c < classes; c++) gradient[width * classes + c]! += residuals[c]!;
}

function softmax(scores: Float64Array): Float64Array {
  const most = Math.max(...scores);
  const exponentials = scores.map((score) => Math.exp(score - most));
  const sum = exponentials.reduce((total, value) => total + value, 0);
  return exponentials.map((value) => value / sum);
}
