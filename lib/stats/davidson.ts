import { sigmoid, softplus } from "./logistic";
import { minimize } from "./minimize";

/**
 * Davidson's model of comparisons with ties ("On extending the Bradley-Terry model to accommodate ties in paired
 * comparison experiments", 1970) on margins D, a reward less another: P(tie) = nu sqrt(ab) / (a + b + nu sqrt(ab)) with
 * log a - log b = scale D, and the rest of the probability as Bradley and Terry have it.
 */
export type TieModel = { nu: number; scale: number };

/** A pull of the scale towards 1 and of log nu to where it starts, against one without end where few pairs are all right or none ties. */
const ridge = 1;

/** P(first), P(tie) and P(second) of a margin, the first's reward less the second's. */
export function tieProbabilities(
  margin: number,
  { nu, scale }: TieModel,
): [first: number, tie: number, second: number] {
  const half = (scale * margin) / 2;
  const highest = Math.abs(half);
  const weights = [Math.exp(half - highest), nu * Math.exp(-highest), Math.exp(-half - highest)] as const;
  const sum = weights[0] + weights[1] + weights[2];
  return [weights[0] / sum, weights[1] / sum, weights[2] / sum];
}

/**
 * The scale and nu of most likelihood for margins and outcomes (1, 0, or .5 for a tie), by L-BFGS from `nu`. With
 * u = softplus(cD) - cD/2 a pair's loss is (1 - t) log nu + softplus(u - log nu) - (p - 1/2) cD.
 */
export function fitTieModel(margins: ArrayLike<number>, outcomes: ArrayLike<number>, nu: number): TieModel {
  const { point } = minimize(
    ([scale, logNu]) => {
      let value = (ridge / 2) * ((scale! - 1) ** 2 + (logNu! - Math.log(nu)) ** 2);
      const gradient = Float64Array.of(ridge * (scale! - 1), ridge * (logNu! - Math.log(nu)));
      for (let i = 0; i < margins.length; i++) {
        const margin = scale! * margins[i]!;
        const isTie = Number(outcomes[i] === 0.5);
        const u = softplus(margin) - margin / 2;
        const decided = sigmoid(u - logNu!);
        value += (1 - isTie) * logNu! + softplus(u - logNu!) - (outcomes[i]! - 0.5) * margin;
        gradient[0]! += margins[i]! * (decided * (sigmoid(margin) - 0.5) - (outcomes[i]! - 0.5));
        gradient[1]! += 1 - isTie - decided;
      }
      return { value, gradient };
    },
    Float64Array.of(1, Math.log(nu)),
  );
  return { scale: point[0]!, nu: Math.exp(point[1]!) };
}
