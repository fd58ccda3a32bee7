import { slopesAt } from "./predict";
import type { Gain, GainModel } from "./schema";

/**
 * How much one human label instead of a judge's adds to the held-out log-likelihood, in nats a pair, at the model's state:
 * the slope of each share, times what one instance of those that the model was fitted on moves it by. `has` are the
 * instance's columns. Nothing that only its human label could tell enters.
 */
export function gainOf(model: GainModel, has: ArrayLike<number>): Gain {
  const slopes = slopesOf(model);
  const because = Array.from(has, (column) => ({ column, gain: partOf(model, slopes, column) }));
  because.sort((a, b) => Math.abs(b.gain) - Math.abs(a.gain));
  return { gain: gainAt(model, slopes, has), because };
}

/** The gain of an instance where the predictor has these slopes. */
export function gainAt(model: GainModel, slopes: ArrayLike<number>, has: ArrayLike<number>): number {
  let gain = slopes[0]! / model.pairs;
  for (let i = 0; i < has.length; i++) gain += partOf(model, slopes, has[i]!);
  return gain;
}

/** Nothing is known of a column that no pair had. */
function partOf({ support }: GainModel, slopes: ArrayLike<number>, column: number): number {
  return support[column] === 0 ? 0 : slopes[1 + column]! / support[column]!;
}

const known = new WeakMap<GainModel, Float64Array>();

/** Models score many instances, and the slopes of trees are dear. */
function slopesOf(model: GainModel): Float64Array {
  let slopes = known.get(model);
  if (!slopes) known.set(model, (slopes = slopesAt(model.predictor, model.state)));
  return slopes;
}
