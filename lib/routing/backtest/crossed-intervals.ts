import { middle95 } from "@/lib/stats/bootstrap";
import type { Random } from "@/lib/stats/random";
import type { Figure } from "../learn/schema";
import type { Tally } from "./tally";

export type Rounds = { weights: Float32Array[]; seeds: Uint16Array[] };

const usualRounds = 400;

/**
 * Draws for `crossedMean`: in each round groups (prompts) with replacement, and seeds with replacement. All figures that
 * are compared use the same draws.
 */
export function drawRounds(given: { groups: number; seeds: number; random: Random; rounds?: number }): Rounds {
  const { groups, seeds, random, rounds = usualRounds } = given;
  const count = (size: number): Uint16Array => {
    const drawn = new Uint16Array(size);
    for (let i = 0; i < size; i++) drawn[Math.floor(random() * size)]!++;
    return drawn;
  };
  return {
    weights: Array.from({ length: rounds }, () => Float32Array.from(count(groups))),
    seeds: Array.from({ length: rounds }, () => count(seeds)),
  };
}

/**
 * A mean over prompts and seeds with its 95 % interval. The same prompts come back under every seed, so more seeds take
 * away only what the draws of splits, mixes and ensembles add, never the spread between prompts: both are drawn anew, each
 * prompt with all that every seed made of it and each seed with all its prompts (the crossed bootstrap of Owen 2007, "The
 * pigeonhole bootstrap", a little too wide rather than too narrow). Null without values; the interval is null with a
 * single group.
 */
export function crossedMean(tallies: readonly Tally[], { weights, seeds }: Rounds): Figure | null {
  const packed = tallies.map(pack);
  const count = packed.reduce((sum, { counts }) => sum + total(counts), 0);
  if (count === 0) return null;
  const value = packed.reduce((sum, { sums }) => sum + total(sums), 0) / count;
  const groups = new Set(packed.flatMap(({ places }) => [...places]));
  if (groups.size < 2) return { value, interval: null };
  const replicates = weights.map((weight, round) => {
    let [sum, drawn] = [0, 0];
    packed.forEach(({ places, sums, counts }, seed) => {
      const times = seeds[round]![seed]!;
      for (let i = 0; times > 0 && i < places.length; i++) {
        const each = times * weight[places[i]!]!;
        sum += each * sums[i]!;
        drawn += each * counts[i]!;
      }
    });
    return sum / drawn;
  });
  // A round that draws no group with values says nothing.
  return { value, interval: middle95(Float64Array.from(replicates.filter((each) => !Number.isNaN(each)))) };
}

/** The groups that have values, as most have none under one seed. */
function pack({ sums, counts }: Tally): { places: Int32Array; sums: Float32Array; counts: Float32Array } {
  const places = Int32Array.from([...counts.keys()].filter((group) => counts[group]! > 0));
  const pick = (values: Float32Array) => Float32Array.from(places, (place) => values[place]!);
  return { places, sums: pick(sums), counts: pick(counts) };
}

function total(values: Float32Array): number {
  return values.reduce((sum, value) => sum + value, 0);
}
