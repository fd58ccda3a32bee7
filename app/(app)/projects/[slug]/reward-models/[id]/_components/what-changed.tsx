import { useTranslations } from "next-intl";
import type { Numbers } from "@/app/_components/ui/numbers";
import { Section } from "@/app/_components/ui/page";
import { Table, TBody, TD, TH, THead, TR } from "@/app/_components/ui/table";
import { useNumbers } from "@/app/_components/ui/use-numbers";
import type { Translate } from "@/app/i18n/translate";
import type { WhatChanged as Changes } from "@/lib/reward/evaluation/schema";
import type { ModelComparison, ModelMetrics } from "@/lib/reward/schema";
import { wordFigure } from "../../_components/words";

type WhatChangedProps = { changes: Changes; metrics: ModelMetrics; comparison: ModelComparison | null };

/** What is different about a version beside the one that serves, or that served before it. */
export function WhatChanged({ changes, metrics, comparison }: WhatChangedProps) {
  const { version, labels, config, before } = changes;
  const { withSides } = metrics;
  const t = useTranslations("rewardModels");
  const numbers = useNumbers();
  const none = t("words.notAvailable");
  const percent = (share: number | null): string => (share === null ? none : numbers.percent(share));
  const figure = (value: number | null): string => wordFigure(value, numbers, t);
  const paired = comparison?.version === version ? comparison : null;
  const rows: [name: string, before: string, now: string, difference?: string][] = [
    [
      t("words.rightOnTest"),
      percent(before.accuracy),
      percent(withSides.accuracy?.mean ?? null),
      paired?.accuracy ? numbers.percent(paired.accuracy.mean, paired.accuracy.interval) : undefined,
    ],
    [
      t("words.logLoss"),
      figure(before.logLoss),
      figure(withSides.logLoss),
      paired ? wordDifference(paired.logLoss, numbers, t) : undefined,
    ],
    [t("changes.calibrationError"), figure(before.calibrationError), figure(withSides.calibration.error)],
    ...config.map(({ name, before: was, now }): [string, string, string] => [name, was, now]),
  ];
  return (
    <Section
      title={t("changes.title", { version })}
      description={t("changes.hint", { added: labels.added, gone: numbers.number(labels.gone) })}
    >
      <Table label={t("changes.title", { version })} stickyHead={false} density="compact">
        <THead>
          <TR>
            <TH>{t("changes.what")}</TH>
            <TH numeric>{t("words.version", { version })}</TH>
            <TH numeric>{t("changes.thisOne")}</TH>
            <TH numeric>{t("words.difference")}</TH>
          </TR>
        </THead>
        <TBody>
          {rows.map(([name, was, now, difference]) => (
            <TR key={name}>
              <TD className="min-w-36 [overflow-wrap:anywhere]">{name}</TD>
              <TD numeric className="[overflow-wrap:anywhere]">
                {was}
              </TD>
              <TD numeric className="[overflow-wrap:anywhere]">
                {now}
              </TD>
              <TD numeric>{difference}</TD>
            </TR>
          ))}
        </TBody>
      </Table>
    </Section>
  );
}

type Estimate = { mean: number; interval: readonly [number, number] };

function wordDifference(
  { mean, interval: [low, high] }: Estimate,
  numbers: Numbers,
  t: Translate<"rewardModels">,
): string {
  return t("words.withRange", {
    value: numbers.fixed(mean, 3),
    low: numbers.fixed(low, 3),
    high: numbers.fixed(high, 3),
  });
}
