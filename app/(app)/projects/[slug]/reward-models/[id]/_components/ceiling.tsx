import { useTranslations } from "next-intl";
import { useNumbers } from "@/app/_components/ui/use-numbers";
import type { EvaluationMetrics } from "@/lib/reward/evaluation/schema";
import { Facts } from "../../_components/model-facts";
import { wordEstimate } from "../../_components/words";

/** How far people agree with each other, and so how far a model can agree with them. */
export function Ceiling({ ceiling }: Pick<EvaluationMetrics, "ceiling">) {
  const t = useTranslations("rewardModels");
  const numbers = useNumbers();
  if (!ceiling) return <p className="text-muted-foreground">{t("ceiling.none")}</p>;
  const { humanAgreement, most, singleAnswers } = ceiling;
  const own = wordEstimate(singleAnswers, numbers, t);
  return (
    <Facts
      facts={[
        [
          t("ceiling.peopleAgree"),
          t("ceiling.ofAnswers", {
            estimate: wordEstimate(humanAgreement, numbers, t),
            pairs: numbers.number(humanAgreement.values),
          }),
        ],
        [t("ceiling.most"), most === null ? t("ceiling.mostUnknown") : numbers.percent(most)],
        [t("ceiling.thisOne"), isAbove(ceiling) ? t("ceiling.above", { estimate: own }) : own],
      ]}
    />
  );
}

function isAbove({ most, singleAnswers }: NonNullable<EvaluationMetrics["ceiling"]>): boolean {
  return most !== null && singleAnswers.interval[0] > most;
}
