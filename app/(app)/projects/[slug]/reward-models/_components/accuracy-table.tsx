import { Table, TBody, TD, TH, THead, TR } from "@/app/_components/ui/table";
import type { AspectAgreement } from "@/lib/quality/schema";
import type { EstimateView, ModelMetrics } from "@/lib/reward/schema";
import { formatNumber, formatPercent } from "@/app/_components/ui/numbers";
import { baselineHints, baselineWords, wordEstimate } from "./words";

type Row = { name: string; hint: string; estimate: EstimateView | null; isOwn?: boolean };

/** A version's accuracy on the held-out test pairs beside everything it should be compared with. */
export function AccuracyTable({ metrics, people }: { metrics: ModelMetrics; people: AspectAgreement | undefined }) {
  const rows: Row[] = [
    { name: "Reward model", hint: "Length and format counted in", estimate: metrics.withSides.accuracy, isOwn: true },
    { name: "Reward model, text alone", hint: "Without length and format", estimate: metrics.withoutSides.accuracy },
    ...(["majority", "longerWins", "sideFeaturesOnly"] as const).map((baseline) => ({
      name: baselineWords[baseline],
      hint: baselineHints[baseline],
      estimate: metrics.baselines[baseline],
    })),
    {
      name: "Labels drawn at random",
      hint: "A control: trained on them, a sound model is right half of the time",
      estimate: metrics.shuffledLabels,
    },
  ];
  return (
    <Table label="Accuracy on the test pairs" stickyHead={false} density="compact">
      <THead>
        <TR>
          <TH>On {formatNumber(metrics.test.pairs)} test pairs</TH>
          <TH numeric>Right, with 95 % interval</TH>
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
              {wordEstimate(estimate)}
            </TD>
          </TR>
        ))}
        {people ? (
          <TR>
            <TD>
              <div>Agreement of two people</div>
              <div className="text-[0.8125rem] text-muted-foreground">
                On {formatNumber(people.units)} comparisons of this project
              </div>
            </TD>
            <TD numeric>{formatPercent(people.agreement, [people.interval[0]!, people.interval[1]!])}</TD>
          </TR>
        ) : null}
      </TBody>
    </Table>
  );
}
