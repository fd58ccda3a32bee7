import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { useNumbers } from "@/app/_components/ui/use-numbers";
import { wordDuration } from "@/app/_components/ui/word-duration";
import type { SpendingView } from "@/lib/ledger/schema";

/** The few figures that matter, of the days shown. */
export function Totals({ spending }: { spending: SpendingView }) {
  const t = useTranslations("spending.totals");
  const durations = useTranslations("ui.duration");
  const numbers = useNumbers();
  const { total, days, prices } = spending;
  const lm = days.reduce((sum, { lmMicros }) => sum + lmMicros, 0);
  const { currency } = prices;
  return (
    <dl className="grid grid-cols-2 gap-px overflow-hidden rounded-lg border bg-border forced-colors:bg-foreground sm:grid-cols-4">
      <Fact term={t("all")}>{numbers.money(total.costMicros, currency)}</Fact>
      <Fact term={t("judges")}>{numbers.money(lm, currency)}</Fact>
      <Fact term={t("people")} more={wordDuration(total.activeMs, numbers, durations)}>
        {numbers.money(total.costMicros - lm, currency)}
      </Fact>
      <Fact term={t("tokens")} more={t("cached", { count: total.cachedInputTokens })}>
        {numbers.number(total.inputTokens)}, {numbers.number(total.outputTokens)}
      </Fact>
    </dl>
  );
}

function Fact({ term, more, children }: { term: string; more?: string; children: ReactNode }) {
  return (
    <div className="bg-card px-4 py-3">
      <dt className="text-[0.8125rem] text-muted-foreground">{term}</dt>
      <dd className="font-semibold tabular-nums [overflow-wrap:anywhere]">{children}</dd>
      {more ? <dd className="text-[0.8125rem] text-muted-foreground tabular-nums">{more}</dd> : null}
    </div>
  );
}
