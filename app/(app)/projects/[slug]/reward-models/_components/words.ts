import type { Numbers } from "@/app/_components/ui/numbers";
import type { Translate } from "@/app/i18n/translate";
import type { EstimateView, ModelMetrics } from "@/lib/reward/schema";

/** "72.4 % (68.1 to 76.5)", or why there is nothing. */
export function wordEstimate(estimate: EstimateView | null, numbers: Numbers, t: Translate<"rewardModels">): string {
  return estimate ? numbers.percent(estimate.mean, estimate.interval) : t("words.noTestPairs");
}

/** "0.043", or that there is nothing. */
export function wordFigure(figure: number | null, numbers: Numbers, t: Translate<"rewardModels">): string {
  return figure === null ? t("words.notAvailable") : numbers.fixed(figure, 3);
}

/** Baselines that a version is not shown to beat: those whose advantage has an interval that reaches zero. */
export function unbeaten(metrics: ModelMetrics): ("longerWins" | "sideFeaturesOnly")[] {
  const { advantage } = metrics.withSides;
  return (["longerWins", "sideFeaturesOnly"] as const).filter((baseline) => {
    const estimate = advantage[baseline];
    return estimate === null || estimate.interval[0] <= 0;
  });
}

/** "0.012 nats a pair (−0.003 to 0.030)" */
export function wordNats(
  { mean, interval: [low, high] }: EstimateView,
  unit: "pair" | "label",
  numbers: Numbers,
  t: Translate<"rewardModels">,
): string {
  // A minus sign before zeros would read like a loss.
  const threeDigits = (value: number) => numbers.fixed(Math.abs(value) < 0.0005 ? 0 : value, 3).replace("-", "\u2212");
  return t(`words.nats.${unit}`, { mean: threeDigits(mean), low: threeDigits(low), high: threeDigits(high) });
}

/** Sentences one after the other; not every language leaves a gap between them. */
export function joinSentences(sentences: readonly string[], t: Translate<"rewardModels">): string {
  return sentences.reduce((before, next) => t("words.sentences", { before, next }));
}

/** Length and format, by the names under which versions keep them. */
const sideFeatureKeys = { "log length": "logLength", lists: "lists", headers: "headers", bold: "bold" } as const;

/** A feature of length or format in words. */
export function wordSideFeature(name: string, t: Translate<"rewardModels">): string {
  const key = sideFeatureKeys[name as keyof typeof sideFeatureKeys];
  return key === undefined ? name : t(`sideFeatures.${key}`);
}
