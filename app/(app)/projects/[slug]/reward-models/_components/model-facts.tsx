import { useTranslations } from "next-intl";
import type { ReactNode } from "react";

import type { Numbers } from "@/app/_components/ui/numbers";
import { useNumbers } from "@/app/_components/ui/use-numbers";
import type { Translate } from "@/app/i18n/translate";
import type { RewardModelView } from "@/lib/reward/schema";
import { LossCurve } from "./loss-curve";
import { ReliabilityPlot } from "./reliability-plot";

/** Calibration and learning of a version, as two pictures with their figures. */
export function ModelPictures({ model }: { model: RewardModelView }) {
  const { withSides, history, bestEpochs, temperatures } = model.metrics;
  const { error, band, isWithinBand } = withSides.calibration;
  const t = useTranslations("rewardModels");
  const numbers = useNumbers();
  return (
    <div className="grid grid-cols-1 gap-6 md:grid-cols-2">
      <div className="grid content-start gap-2">
        <h3 className="font-medium">{t("pictures.calibration")}</h3>
        <ReliabilityPlot calibration={withSides.calibration} />
        <p className="text-[0.8125rem] text-muted-foreground">
          {error === null
            ? t("pictures.noTestPairs")
            : t(isWithinBand ? "pictures.calibrated" : "pictures.notCalibrated", {
                error: numbers.fixed(error, 3),
                low: numbers.fixed(band[0], 3),
                high: numbers.fixed(band[1], 3),
                temperature: numbers.fixed(temperatures.withSides, 2),
              })}
        </p>
      </div>
      <div className="grid content-start gap-2">
        <h3 className="font-medium">{t("pictures.learning")}</h3>
        <LossCurve history={history} />
        <p className="text-[0.8125rem] text-muted-foreground">
          {t("pictures.bestEpochs", { epochs: bestEpochs.join(t("words.comma")) })}
        </p>
      </div>
    </div>
  );
}

/** A short list of named facts. */
export function Facts({ facts }: { facts: [name: string, value: ReactNode][] }) {
  return (
    <dl className="grid grid-cols-[auto_1fr] content-start gap-x-6 gap-y-1.5">
      {facts.map(([name, value]) => (
        <div key={name} className="contents">
          <dt className="text-muted-foreground">{name}</dt>
          <dd className="min-w-0 tabular-nums [overflow-wrap:anywhere]">{value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** What could not be learned from, where there is any. */
export function leftOutFacts(
  { withImages }: RewardModelView["metrics"],
  numbers: Numbers,
  t: Translate<"rewardModels">,
): [name: string, value: ReactNode][] {
  if (withImages === 0) return [];
  return [[t("facts.leftOut"), t("facts.withImages", { pairs: numbers.number(withImages) })]];
}

/** "320 pairs and 12 ties of 160 prompts" */
export function wordPart(
  { pairs, ties, prompts }: { pairs: number; ties: number; prompts: number },
  numbers: Numbers,
  t: Translate<"rewardModels">,
): string {
  return t("facts.part", {
    pairs: numbers.number(pairs),
    ties: numbers.number(ties),
    prompts: numbers.number(prompts),
  });
}
