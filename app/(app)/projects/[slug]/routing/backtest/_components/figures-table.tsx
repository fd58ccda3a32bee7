import { useTranslations } from "next-intl";
import { useNumbers } from "@/app/_components/ui/use-numbers";
import { Table, TBody, TD, TH, THead, TR } from "@/app/_components/ui/table";
import type { BacktestCurve, BacktestPoint } from "@/lib/routing/fits/schema";
import { wordFigure } from "./curve-looks";
import type { Measure } from "./curves";

type FiguresTableProps = { curves: BacktestCurve[]; measure: Measure; currency: string };

/** What the picture shows, as a table: every policy at every share that was measured. */
export function FiguresTable({ curves, measure, currency }: FiguresTableProps) {
  const t = useTranslations("routing.figuresTable");
  const tCurves = useTranslations("routing.curves");
  const tFigures = useTranslations("routing.figures");
  const measureName = useTranslations("routing.measures")(`${measure}.label`);
  const { money, percent } = useNumbers();
  const shares = [...new Set(curves.flatMap(({ points }) => points.map(percentOf)))].sort((a, b) => a - b);
  return (
    <details className="min-w-0">
      <summary className="w-fit cursor-pointer text-[0.8125rem] font-medium">{t("summary")}</summary>
      <Table label={t("label", { measure: measureName })} density="compact" stickyHead={false} className="mt-0">
        <THead>
          <TR>
            <TH>{t("peopleLabel")}</TH>
            {curves.map(({ policy }) => (
              <TH key={policy} numeric>
                {tCurves(policy)}
              </TH>
            ))}
          </TR>
        </THead>
        <TBody>
          {shares.map((share) => (
            <TR key={share}>
              <TD className="whitespace-nowrap">{percent(share / 100, undefined, 0)}</TD>
              {curves.map(({ policy, points }) => {
                const point = points.find((each) => percentOf(each) === share);
                const figure = point?.[measure];
                return (
                  <TD key={policy} numeric>
                    <bdi>{figure ? wordFigure(figure, measure, tFigures) : tFigures("notAvailable")}</bdi>
                    {point && point.costMicros !== null ? (
                      <span className="block text-xs text-muted-foreground">{money(point.costMicros, currency)}</span>
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
