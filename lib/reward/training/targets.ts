/** Maps a signed strength in [-1, 1] to the probability that the first completion is preferred. */
export type StrengthTargets = (strength: number) => number;

/** A label with a strength, and whether an independent second label of the same pair preferred the same completion. */
export type DoubleLabel = { strength: number; agrees: boolean };

/** Instances labelled twice from which on the mapping is learned. */
export const fewestDoubles = 200;

/** p = .5 + .45 s: a certain label is right 19 times of 20, a tie is even. */
export const linearTargets: StrengthTargets = (strength) => 0.5 + 0.45 * strength;

/**
 * The probability that a label of this strength is right, from how often second labels agree: the share at each level of
 * |s|, with a Beta(2, 2) prior, made to rise with the strength by pooling adjacent violators (weighted by counts). Between
 * levels the share is interpolated, from 1/2 at 0. With fewer than `fewestDoubles` double labels, `linearTargets`.
 */
export function strengthTargets(doubles: readonly DoubleLabel[]): StrengthTargets {
  const decided = doubles.filter(({ strength }) => strength !== 0);
  if (decided.length < fewestDoubles) return linearTargets;
  const levels = risingShares(decided);
  return (strength) => {
    const size = Math.abs(strength);
    const above = levels.findIndex((level) => level.size >= size);
    const upper = levels[above];
    const lower = levels[above === -1 ? levels.length - 1 : above - 1] ?? { size: 0, share: 0.5 };
    const share = upper
      ? lower.share + ((upper.share - lower.share) * (size - lower.size)) / (upper.size - lower.size)
      : lower.share;
    return strength >= 0 ? share : 1 - share;
  };
}

type Level = { size: number; share: number };

/** Shares of agreement by level of |s|, never below 1/2 and never falling. */
function risingShares(doubles: readonly DoubleLabel[]): Level[] {
  const sizes = [...new Set(doubles.map(({ strength }) => Math.abs(strength)))].sort((a, b) => a - b);
  const blocks: { sizes: number[]; agreeing: number; count: number }[] = [];
  for (const size of sizes) {
    const here = doubles.filter(({ strength }) => Math.abs(strength) === size);
    // Beta(2, 2): as if two labels had agreed and two had not.
    blocks.push({ sizes: [size], agreeing: here.filter(({ agrees }) => agrees).length + 2, count: here.length + 4 });
    for (let last = blocks.length - 1; last > 0; last--) {
      const [before, after] = [blocks[last - 1]!, blocks[last]!];
      if (before.agreeing / before.count <= after.agreeing / after.count) break;
      const pooled = {
        sizes: [...before.sizes, ...after.sizes],
        agreeing: before.agreeing + after.agreeing,
        count: before.count + after.count,
      };
      blocks.splice(last - 1, 2, pooled);
    }
  }
  return blocks.flatMap(({ sizes: pooled, agreeing, count }) => {
    const share = Math.max(0.5, agreeing / count);
    return pooled.map((size) => ({ size, share }));
  });
}
