import { Alert } from "@/app/_components/ui/alert";
import { formatNumber } from "@/app/_components/ui/numbers";
import type { RewardModelView } from "@/lib/reward/schema";
import { baselineWords, unbeaten } from "./words";

/** What to keep in mind about a version's figures. */
export function Evidence({ model }: { model: RewardModelView }) {
  const { metrics, gate } = model;
  const notBeaten = unbeaten(metrics).map((baseline) => baselineWords[baseline].toLowerCase());
  const correlation = metrics.memberCorrelation;
  return (
    <>
      {gate.isWeakEvidence ? (
        <Alert tone="warning" title="Weak evidence">
          There are {formatNumber(metrics.test.pairs)} test pairs, too few for intervals to decide. The figures decided
          by themselves, and another sample could turn them round.
        </Alert>
      ) : null}
      {notBeaten.length > 0 ? (
        <Alert tone="warning" title={`Not shown to beat ${notBeaten.join(" or ")}`}>
          On the test pairs the interval of the difference reaches zero. The text may add nothing to what length and
          format tell already.
        </Alert>
      ) : null}
      {correlation !== null && correlation > 0.98 ? (
        <Alert tone="warning" title="The members are nearly one model">
          Their rewards correlate at {correlation.toFixed(3)}, so their disagreement says little.
        </Alert>
      ) : null}
    </>
  );
}
