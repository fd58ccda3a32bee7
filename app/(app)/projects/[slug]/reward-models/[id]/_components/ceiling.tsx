import { formatNumber, formatPercent } from "@/app/_components/ui/numbers";
import type { EvaluationMetrics } from "@/lib/reward/evaluation/schema";
import { Facts } from "../../_components/model-facts";
import { wordEstimate } from "../../_components/words";

/** How far people agree with each other, and so how far a model can agree with them. */
export function Ceiling({ ceiling }: Pick<EvaluationMetrics, "ceiling">) {
  if (!ceiling) {
    return (
      <p className="text-muted-foreground">
        No test pair was decided by two people, so nothing tells how far they agree.
      </p>
    );
  }
  const { humanAgreement, most, singleAnswers } = ceiling;
  return (
    <Facts
      facts={[
        [
          "Two people agree",
          `${wordEstimate(humanAgreement)} of ${formatNumber(humanAgreement.values)} pairs of answers`,
        ],
        ["Most a model can", most === null ? "n/a: people agree no better than chance" : formatPercent(most)],
        [
          "This one",
          `${wordEstimate(singleAnswers)}${isAbove(ceiling) ? "; above the most there can be, so look for a leak" : ""}`,
        ],
      ]}
    />
  );
}

function isAbove({ most, singleAnswers }: NonNullable<EvaluationMetrics["ceiling"]>): boolean {
  return most !== null && singleAnswers.interval[0] > most;
}
