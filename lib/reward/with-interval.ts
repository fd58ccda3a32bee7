import type { EstimateView } from "./estimate";

/** A share with its interval, as model cards write it: "75.0 % (70.0 % to 80.0 %)". */
export function withInterval(estimate: EstimateView | null): string {
  if (!estimate) return "n/a";
  const [low, high] = estimate.interval;
  return `${percent(estimate.mean)} (${percent(low)} to ${percent(high)})`;
}

export function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}
