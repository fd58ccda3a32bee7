import type { ReactNode } from "react";

import { formatNumber } from "@/app/_components/ui/numbers";
import type { RewardModelView } from "@/lib/reward/schema";
import { LossCurve } from "./loss-curve";
import { ReliabilityPlot } from "./reliability-plot";

/** Calibration and learning of a version, as two pictures with their figures. */
export function ModelPictures({ model }: { model: RewardModelView }) {
  const { withSides, history, bestEpochs, temperatures } = model.metrics;
  const { error, band, isWithinBand } = withSides.calibration;
  return (
    <div className="grid grid-cols-1 gap-6 md:grid-cols-2">
      <div className="grid content-start gap-2">
        <h3 className="font-medium">Calibration</h3>
        <ReliabilityPlot calibration={withSides.calibration} />
        <p className="text-[0.8125rem] text-muted-foreground">
          {error === null
            ? "There are no test pairs to measure it on."
            : `Calibration error (ECE) ${error.toFixed(3)}; a calibrated model shows ${band[0].toFixed(3)} to ${band[1].toFixed(3)} on as many pairs, so this one ${isWithinBand ? "is as good as calibrated" : "is surer than it is right, or less sure"}. Temperature ${temperatures.withSides.toFixed(2)}.`}
        </p>
      </div>
      <div className="grid content-start gap-2">
        <h3 className="font-medium">Learning</h3>
        <LossCurve history={history} />
        <p className="text-[0.8125rem] text-muted-foreground">
          Each member is kept as it was at its best epoch: {bestEpochs.join(", ")}.
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
export function leftOutFacts({ withImages }: RewardModelView["metrics"]): [name: string, value: ReactNode][] {
  return withImages === 0 ? [] : [["Left out", `${formatNumber(withImages)} pairs with images, which it does not see`]];
}

/** "320 pairs and 12 ties of 160 prompts" */
export function wordPart({ pairs, ties, prompts }: { pairs: number; ties: number; prompts: number }): string {
  return `${formatNumber(pairs)} pairs and ${formatNumber(ties)} ties of ${formatNumber(prompts)} prompts`;
}
