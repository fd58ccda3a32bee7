import type { BacktestCurve, BacktestPoint } from "@/lib/routing/fits/schema";
import type { Figure } from "@/lib/routing/learn/schema";

/** What a curve is read by. */
export type Measure = "labelAccuracy" | "rewardAccuracy" | "rewardLogLikelihood";
/** What a curve is drawn against. */
export type Across = "share" | "cost";

type Between = { from: BacktestPoint; to: BacktestPoint; part: number };

/** A curve's figure at a share of human labels, on the straight line between the shares that were measured. */
export function figureAt(curve: BacktestCurve, share: number, measure: Measure): Figure | null {
  return readAt(curve, share, (point) => point[measure]);
}

/** What a policy has over random routing at the same share, on the same prompts; null for random routing itself. */
export function overRandomAt(curve: BacktestCurve, share: number, measure: Measure): Figure | null {
  return readAt(curve, share, ({ overRandom }) => overRandom?.[measure] ?? null);
}

/** What an instance costs at a share of human labels; null where nothing has a price. */
export function costAt(curve: BacktestCurve, share: number): number | null {
  const place = placeOf(curve, share);
  const [from, to] = [place?.from.costMicros, place?.to.costMicros];
  if (!place || from === null || from === undefined || to === null || to === undefined) return null;
  return from + place.part * (to - from);
}

/** The share at which an instance costs so much, where cost rises with the share; null where nothing has a price. */
export function shareAtCost({ points }: BacktestCurve, micros: number): number | null {
  const priced = points.flatMap(({ humanShare, costMicros }) =>
    costMicros === null ? [] : [{ humanShare, costMicros }],
  );
  const next = priced.findIndex(({ costMicros }) => costMicros >= micros);
  if (priced.length === 0) return null;
  if (next === 0) return priced[0]!.humanShare;
  if (next === -1) return priced.at(-1)!.humanShare;
  const [from, to] = [priced[next - 1]!, priced[next]!];
  return (
    from.humanShare +
    ((micros - from.costMicros) / (to.costMicros - from.costMicros)) * (to.humanShare - from.humanShare)
  );
}

/**
 * What one figure has over another. They are measured on the same prompts, so the interval of their difference is at most as
 * wide as if they were independent, which is what is given.
 */
export function gainOver(one: Figure, other: Figure): Figure {
  const value = one.value - other.value;
  if (!one.interval || !other.interval) return { value, interval: null };
  return {
    value,
    interval: [
      value - Math.hypot(one.value - one.interval[0], other.interval[1] - other.value),
      value + Math.hypot(one.interval[1] - one.value, other.value - other.interval[0]),
    ],
  };
}

/** About `count` round numbers from at most `low` to at least `high`. */
export function roundTicks(low: number, high: number, count: number): number[] {
  const rough = Math.max(high - low, 1e-9) / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].find((each) => each * power >= rough * (1 - 1e-9))! * power;
  const first = Math.floor(low / step + 1e-9);
  const last = Math.ceil(high / step - 1e-9);
  return Array.from({ length: Math.max(last - first, 1) + 1 }, (_, i) => Number(((first + i) * step).toPrecision(12)));
}

function readAt(curve: BacktestCurve, share: number, read: (point: BacktestPoint) => Figure | null): Figure | null {
  const place = placeOf(curve, share);
  const [from, to] = place ? [read(place.from), read(place.to)] : [null, null];
  if (!place || !from || !to) return null;
  const mix = (a: number, b: number) => a + place.part * (b - a);
  return {
    value: mix(from.value, to.value),
    interval:
      from.interval && to.interval
        ? [mix(from.interval[0], to.interval[0]), mix(from.interval[1], to.interval[1])]
        : null,
  };
}

function placeOf({ points }: BacktestCurve, share: number): Between | null {
  const next = points.findIndex(({ humanShare }) => humanShare >= share - 1e-9);
  const to = points[next];
  if (!to) return null;
  const from = points[next - 1];
  if (!from) return Math.abs(to.humanShare - share) < 1e-9 ? { from: to, to, part: 0 } : null;
  return { from, to, part: (share - from.humanShare) / (to.humanShare - from.humanShare) };
}
