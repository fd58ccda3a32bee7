import { formatPercent } from "@/app/_components/ui/numbers";
import type { EstimateView, GateDecision, ModelMetrics } from "@/lib/reward/schema";

export const baselineWords = {
  majority: "Majority",
  longerWins: "Longer wins",
  sideFeaturesOnly: "Length and format only",
} as const satisfies Record<keyof ModelMetrics["baselines"], string>;

export const baselineHints = {
  majority: "Always the side that is preferred more often in the train part",
  longerWins: "Always the longer completion",
  sideFeaturesOnly: "A model that sees length, lists, headers and bold text, and no words",
} as const satisfies Record<keyof ModelMetrics["baselines"], string>;

export const ruleWords: Record<GateDecision["rules"][number]["rule"], string> = {
  "beats-majority": "Beats the majority",
  loss: "Log loss",
  calibration: "Calibration",
  groups: "Groups of pairs",
  drift: "Shape of the rewards",
  parts: "Nothing is missing",
  "still-active": "Still the active version",
};

/** "72.4 % (68.1 to 76.5)", or why there is nothing. */
export function wordEstimate(estimate: EstimateView | null): string {
  return estimate ? formatPercent(estimate.mean, estimate.interval) : "No test pairs";
}

/** Baselines that a version is not shown to beat: those whose advantage has an interval that reaches zero. */
export function unbeaten(metrics: ModelMetrics): (keyof ModelMetrics["baselines"])[] {
  const { advantage } = metrics.withSides;
  return (["longerWins", "sideFeaturesOnly"] as const).filter((baseline) => {
    const estimate = advantage[baseline];
    return estimate === null || estimate.interval[0] <= 0;
  });
}

/** "0.012 nats a pair (−0.003 to 0.030)" */
export function wordNats({ mean, interval }: EstimateView, unit: string): string {
  const [low, high] = interval.map(threeDigits) as [string, string];
  return `${threeDigits(mean)} nats a ${unit} (${low} to ${high})`;
}

/** A minus sign before zeros would read like a loss. */
const threeDigits = (value: number): string => (Math.abs(value) < 0.0005 ? 0 : value).toFixed(3).replace("-", "\u2212");
