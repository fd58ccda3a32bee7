/** Units that are alike: `count` of them, each with this numerator and denominator. */
export type RatioGroup = { count: number; numerator: number; denominator: number };

/** The 97.5 % quantile of the standard normal distribution. */
const z = 1.959963984540054;

/**
 * 95 % interval of a ratio of sums R = sum a / sum b over n independent units, by the delta method: the variance of R is
 * n/(n - 1) sum (a - R b)^2 / (sum b)^2 (Cochran, Sampling Techniques, 3rd ed., section 6.4, without the correction for
 * finite populations). Good for many units; of no width for one. Needs a positive sum of denominators.
 */
export function ratioInterval(groups: readonly RatioGroup[]): readonly [low: number, high: number] {
  const total = (value: (group: RatioGroup) => number) =>
    groups.reduce((sum, group) => sum + group.count * value(group), 0);
  const units = total(() => 1);
  const denominators = total(({ denominator }) => denominator);
  const ratio = total(({ numerator }) => numerator) / denominators;
  if (units < 2) return [ratio, ratio];
  const squares = total(({ numerator, denominator }) => (numerator - ratio * denominator) ** 2);
  const halfWidth = (z * Math.sqrt((units / (units - 1)) * squares)) / denominators;
  return [ratio - halfWidth, ratio + halfWidth];
}
