import { useTranslations } from "next-intl";
import { Table, TBody, TD, TH, THead, TR } from "@/app/_components/ui/table";
import { useNumbers } from "@/app/_components/ui/use-numbers";
import type { AspectAgreement } from "@/lib/quality/schema";
import type { EstimateView, ModelMetrics } from "@/lib/reward/schema";
import { wordEstimate } from "./words";

type Row = { name: string; hint: string; estimate: EstimateView | null; isOwn?: boolean };

/** A version's accuracy on the held-out test pairs beside everything it should be compared with. */
export function AccuracyTable({ metrics, people }: { metrics: ModelMetrics; people: AspectAgreement | undefined }) {
  const t = useTranslations("rewardModels");
  const numbers = useNumbers();
  const rows: Row[] = [
    { name: t("accuracy.model"), hint: t("accuracy.modelHint"), estimate: metrics.withSides.accuracy, isOwn: true },
    { name: t("accuracy.text"), hint: t("accuracy.textHint"), estimate: metrics.withoutSides.accuracy },
    ...(["majority", "longerWins", "sideFeaturesOnly"] as const).map((baseline) => ({
      name: t(`baselines.${baseline}.name`),
      hint: t(`baselines.${baseline}.hint`),
      estimate: metrics.baselines[baseline],
    })),
    {
      name: t("accuracy.shuffled"),
      hint: t("accuracy.shuffledHint"),
      estimate: metrics.shuffledLabels,
    },
  ];
  return (
    <Table label={t("accuracy.label")} stickyHead={false} density="compact">
      <THead>
        <TR>
          <TH>{t("accuracy.onPairs", { pairs: numbers.number(metrics.test.pairs) })}</TH>
          <TH numeric>{t("accuracy.right")}</TH>
        </TR>
      </THead>
      <TBody>
        {rows.map(({ name, hint, estimate, isOwn }) => (
          <TR key={name}>
            <TD>
              <div className={isOwn ? "font-semibold" : undefined}>{name}</div>
              <div className="text-[0.8125rem] text-muted-foreground">{hint}</div>
            </TD>
            <TD numeric className={isOwn ? "font-semibold" : undefined}>
              {wordEstimate(estimate, numbers, t)}
            </TD>
          </TR>
        ))}
        {people ? (
          <TR>
            <TD>
              <div>{t("accuracy.people")}</div>
              <div className="text-[0.8125rem] text-muted-foreground">
                {t("accuracy.peopleHint", { units: numbers.number(people.units) })}
              </div>
            </TD>
            <TD numeric>{numbers.percent(people.agreement, [people.interval[0]!, people.interval[1]!])}</TD>
          </TR>
        ) : null}
      </TBody>
    </Table>
  );
}
