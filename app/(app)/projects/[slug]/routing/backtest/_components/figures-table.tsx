import { formatMoney, formatPercent } from "@/app/_components/ui/numbers";
import { Table, TBody, TD, TH, THead, TR } from "@/app/_components/ui/table";
import type { BacktestCurve, BacktestPoint } from "@/lib/routing/fits/schema";
import { curveLooks, measureWords, wordFigure } from "./curve-looks";
import type { Measure } from "./curves";

type FiguresTableProps = { curves: BacktestCurve[]; measure: Measure; currency: string };

/** What the picture shows, as a table: every policy at every share that was measured. */
export function FiguresTable({ curves, measure, currency }: FiguresTableProps) {
  const shares = [...new Set(curves.flatMap(({ points }) => points.map(percentOf)))].sort((a, b) => a - b);
  return (
    <details className="min-w-0">
      <summary className="w-fit cursor-pointer text-[0.8125rem] font-medium">All figures as a table</summary>
      <Table
        label={`${measureWords[measure].label} by policy and share`}
        density="compact"
        stickyHead={false}
        className="mt-0"
      >
        <THead>
          <TR>
            <TH>People label</TH>
            {curves.map(({ policy }) => (
              <TH key={policy} numeric>
                {curveLooks[policy].label}
              </TH>
            ))}
          </TR>
        </THead>
        <TBody>
          {shares.map((share) => (
            <TR key={share}>
              <TD className="whitespace-nowrap">{formatPercent(share / 100, undefined, 0)}</TD>
              {curves.map(({ policy, points }) => {
                const point = points.find((each) => percentOf(each) === share);
                const figure = point?.[measure];
                return (
                  <TD key={policy} numeric>
                    {figure ? wordFigure(figure, measure) : "n/a"}
                    {point && point.costMicros !== null ? (
                      <span className="block text-xs text-muted-foreground">
                        {formatMoney(point.costMicros, currency)}
                      </span>
                    ) : null}
                  </TD>
                );
              })}
            </TR>
          ))}
        </TBody>
      </Table>
    </details>
  );
}

/** Of few prompts no share can be had exactly, so it is that nearest to the one meant, and rows are whole percents. */
function percentOf({ humanShare }: BacktestPoint): number {
  return Math.round(100 * humanShare);
}
