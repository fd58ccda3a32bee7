import { useTranslations } from "next-intl";
import { Alert } from "@/app/_components/ui/alert";
import { useNumbers } from "@/app/_components/ui/use-numbers";
import type { RewardModelView } from "@/lib/reward/schema";
import { unbeaten } from "./words";

/** What to keep in mind about a version's figures. */
export function Evidence({ model }: { model: RewardModelView }) {
  const { metrics, gate } = model;
  const t = useTranslations("rewardModels");
  const numbers = useNumbers();
  const notBeaten = unbeaten(metrics);
  const correlation = metrics.memberCorrelation;
  return (
    <>
      {gate.isWeakEvidence ? (
        <Alert tone="warning" title={t("words.weakEvidence")}>
          {t("evidence.weak", { pairs: numbers.number(metrics.test.pairs) })}
        </Alert>
      ) : null}
      {notBeaten.length > 0 ? (
        <Alert
          tone="warning"
          title={t("evidence.notBeaten", { which: notBeaten.length === 1 ? notBeaten[0]! : "both" })}
        >
          {t("evidence.notBeatenHint")}
        </Alert>
      ) : null}
      {correlation !== null && correlation > 0.98 ? (
        <Alert tone="warning" title={t("evidence.alike")}>
          {t("evidence.alikeHint", { correlation: numbers.fixed(correlation, 3) })}
        </Alert>
      ) : null}
    </>
  );
}
