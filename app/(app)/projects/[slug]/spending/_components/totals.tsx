import type { ReactNode } from "react";
import { formatMoney, formatNumber } from "@/app/_components/ui/numbers";
import type { SpendingView } from "@/lib/ledger/schema";
import { wordTime } from "./words";

/** The few figures that matter, of the days shown. */
export function Totals({ spending }: { spending: SpendingView }) {
  const { total, days, prices } = spending;
  const lm = days.reduce((sum, { lmMicros }) => sum + lmMicros, 0);
  const { currency } = prices;
  return (
    <dl className="grid grid-cols-2 gap-px overflow-hidden rounded-lg border bg-border sm:grid-cols-4">
      <Fact term="All together">{formatMoney(total.costMicros, currency)}</Fact>
      <Fact term="Judges">{formatMoney(lm, currency)}</Fact>
      <Fact term="People" more={wordTime(total.activeMs)}>
        {formatMoney(total.costMicros - lm, currency)}
      </Fact>
      <Fact term="Tokens in, out" more={`${formatNumber(total.cachedInputTokens)} of them cached`}>
        {formatNumber(total.inputTokens)}, {formatNumber(total.outputTokens)}
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
