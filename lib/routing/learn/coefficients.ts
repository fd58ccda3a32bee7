import type { Random } from "@/lib/stats/random";
import { linearAlpha, linearWeights } from "./fit-predictor";
import { overlapWidening } from "./folds";
import type { Coefficient } from "./schema";
import { meansOf, type HeldOut } from "./train-mixes";

const rounds = 120;

/** The 97.5 % quantile of the standard normal distribution. */
const z975 = 1.959963984540054;

/**
 * The weights of the linear predictor as coefficients of the columns, largest first, with 95 % intervals that hold for
 * prompts like these and not for these alone. Mixes and prompts are both drawn again, each time with what the drawn prompts
 * add to the held-out log-likelihood: that is the noise of the mixes, and of the held-out pairs. That of the pairs which
 * the proxies were trained on comes by `overlapWidening`.
 */
export function coefficientsOf(given: {
  z: readonly Float64Array[];
  heldOut: HeldOut;
  words: readonly string[];
  support: readonly number[];
  random: Random;
}): Coefficient[] {
  const { z, heldOut, words, support, random } = given;
  const targets = meansOf(heldOut);
  const alpha = linearAlpha(z, targets);
  const weights = linearWeights(z, targets, alpha);
  const prompts = heldOut.counts.length;
  const redrawn = Array.from({ length: rounds }, () => {
    const drawn = new Uint32Array(prompts);
    for (let i = 0; i < prompts; i++) drawn[Math.floor(random() * prompts)]!++;
    const means = meansOf(heldOut, drawn);
    const mixes = z.map(() => Math.floor(random() * z.length));
    return linearWeights(
      mixes.map((mix) => z[mix]!),
      mixes.map((mix) => means[mix]!),
      alpha,
    );
  });
  const coefficients = words.map((own, column): Coefficient => {
    const value = weights[1 + column]!;
    const half = z975 * overlapWidening * deviationOf(redrawn.map((each) => each[1 + column]!));
    const effect = { value, interval: [value - half, value + half] as [number, number] };
    return { column, words: own, support: support[column]!, effect };
  });
  return coefficients.sort((a, b) => b.effect.value - a.effect.value);
}

function deviationOf(values: readonly number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1));
}
