import { seededRandom } from "@/lib/stats/random";
import { drawMix, placesByColumn, sharesOf, type Mix } from "./mixes";
import { predict } from "./predict";
import type { GainModel } from "./schema";

/**
 * The places of `size` instances for people, ascending: of so many random mixes the one for which the model foresees the
 * best reward model ("simulated" of HyPER). It cannot leave the kind of mixes that the model has seen, as the greedy
 * choice by gain can.
 */
export function chooseSimulated(given: {
  model: GainModel;
  has: readonly ArrayLike<number>[];
  size: number;
  seed: number;
  mixes?: number;
}): number[] {
  const { model, has, size, seed, mixes = 500 } = given;
  const random = seededRandom(seed);
  const byColumn = placesByColumn(has, model.columns.length);
  let best: Mix = new Uint8Array(has.length);
  let most = -Infinity;
  for (let i = 0; i < mixes; i++) {
    const mix = drawMix({ byColumn, pairs: has.length, size, random });
    const expected = predict(model.predictor, sharesOf(mix, byColumn));
    if (expected > most) [best, most] = [mix, expected];
  }
  return Array.from(has.keys()).filter((place) => best[place] === 1);
}
