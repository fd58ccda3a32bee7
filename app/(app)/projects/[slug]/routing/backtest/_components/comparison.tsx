import { useTranslations } from "next-intl";
import { Field } from "@/app/_components/ui/field";
import { useNumbers } from "@/app/_components/ui/use-numbers";
import { NativeSelect } from "@/app/_components/ui/select";
import type { BacktestCurve, FitReport } from "@/lib/routing/fits/schema";
import { type Choice, hasCosts, isDoubtful, measuresOf } from "./choice";
import { chartEdge, CurveChart, type Today } from "./curve-chart";
import { type CurveName, curveLooks, wordFigure } from "./curve-looks";
import { CurveMark } from "./curve-mark";
import { type Across, costAt, figureAt, type Measure } from "./curves";
import { FiguresTable } from "./figures-table";

type ComparisonProps = {
  report: FitReport;
  today: Today | null;
  choice: Choice;
  currency: string;
  onChange: (changed: Partial<Choice>) => void;
};

/** Half of the width of a slider's handle: its middle, not its edge, is at the value. */
const halfThumb = 8;

/** The curves with the slider of the budget below, and what each policy reaches there. */
export function Comparison({ report, today, choice, currency, onChange }: ComparisonProps) {
  const t = useTranslations("routing.comparison");
  const { money, number } = useNumbers();
  const { policy, share, measure, across } = choice;
  const { curves } = report.backtest;
  const doubtful = new Set(curves.map((curve) => curve.policy).filter((each) => isDoubtful(each, report)));
  const chosen = curves.find((curve) => curve.policy === policy);
  const cost = chosen ? costAt(chosen, share) : null;
  const percent = `${number(100 * share, 1)}\u202f%`;
  return (
    <figure className="grid min-w-0 grid-cols-1 content-start gap-2">
      <AxisChoice {...{ report, choice, onChange }} />
      <CurveChart
        {...{ curves, measure, across, share, today, currency, doubtful }}
        chosen={policy}
        onShare={(changed) => onChange({ share: changed })}
      />
      <div dir="ltr" style={{ paddingLeft: chartEdge.left - halfThumb, paddingRight: chartEdge.right - halfThumb }}>
        <input
          type="range"
          aria-label={t("share")}
          aria-valuetext={
            cost === null ? t("shareOf", { percent }) : t("shareAt", { percent, cost: money(cost, currency) })
          }
          min={0}
          max={1}
          step={0.01}
          value={share}
          onChange={({ target }) => onChange({ share: target.valueAsNumber })}
          className="h-6 w-full cursor-ew-resize accent-primary"
        />
      </div>
      <figcaption className="grid min-w-0 gap-2">
        <p className="font-medium tabular-nums">
          {cost === null ? t("with", { percent }) : t("withCost", { percent, cost: money(cost, currency) })}
        </p>
        <Legend {...{ curves, choice, doubtful }} />
        {curves.some((curve) => curve.policy === "oracle") ? (
          <p className="text-[0.8125rem] text-muted-foreground">{t("oracle")}</p>
        ) : null}
        <FiguresTable {...{ curves, measure, currency }} />
      </figcaption>
    </figure>
  );
}

/** What the curves are measured by, and against. */
function AxisChoice({ report, choice, onChange }: Pick<ComparisonProps, "report" | "choice" | "onChange">) {
  const t = useTranslations("routing.comparison");
  const tMeasures = useTranslations("routing.measures");
  const tAcross = useTranslations("routing.across");
  const { measure, across } = choice;
  const isPriced = hasCosts(report);
  return (
    <div className="flex flex-wrap items-start gap-x-4 gap-y-2">
      <Field label={t("quality")} hint={tMeasures(`${measure}.hint`)} className="w-full sm:w-64 sm:grow">
        <NativeSelect
          className="sm:max-w-64"
          value={measure}
          onChange={({ target }) => onChange({ measure: target.value as Measure })}
        >
          {measuresOf(report).map((each) => (
            <option key={each} value={each}>
              {tMeasures(`${each}.label`)}
            </option>
          ))}
        </NativeSelect>
      </Field>
      <Field label={t("against")} hint={isPriced ? undefined : t("noPrice")} className="w-full sm:w-44">
        <NativeSelect
          value={across}
          disabled={!isPriced}
          onChange={({ target }) => onChange({ across: target.value as Across })}
        >
          {(["share", "cost"] as const).map((each) => (
            <option key={each} value={each}>
              {tAcross(each)}
            </option>
          ))}
        </NativeSelect>
      </Field>
    </div>
  );
}

type LegendProps = { curves: BacktestCurve[]; choice: Choice; doubtful: ReadonlySet<CurveName> };

/** How each curve is drawn, with its figure at the budget. */
function Legend({ curves, choice, doubtful }: LegendProps) {
  const t = useTranslations("routing.comparison");
  const tCurves = useTranslations("routing.curves");
  const tFigures = useTranslations("routing.figures");
  const { policy: chosen, share, measure } = choice;
  return (
    <ul className="grid gap-x-6 gap-y-1 text-[0.8125rem] sm:grid-cols-2">
      {curves.map((curve) => {
        const { line, fill, dash, mark } = curveLooks[curve.policy];
        const figure = figureAt(curve, share, measure);
        return (
          <li key={curve.policy} className="flex items-center gap-2">
            <svg aria-hidden width={30} height={12} className="shrink-0">
              <line x1={0} x2={30} y1={6} y2={6} strokeWidth={2} strokeDasharray={dash} className={line} />
              <CurveMark mark={mark} x={15} y={6} size={3.5} className={fill} />
            </svg>
            <span>
              <span className={curve.policy === chosen ? "font-semibold" : undefined}>{tCurves(curve.policy)}</span>
              {doubtful.has(curve.policy) ? <span className="block text-xs">{t("untrusted")}</span> : null}
            </span>
            <span className="ms-auto text-end text-muted-foreground tabular-nums">
              <bdi>{figure ? wordFigure(figure, measure, tFigures) : t("notMeasured")}</bdi>
            </span>
          </li>
        );
      })}
    </ul>
  );
}
