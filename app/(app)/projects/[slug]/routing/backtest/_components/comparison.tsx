import { formatMoney } from "@/app/_components/ui/number";
import type { BacktestCurve } from "@/lib/routing/fits/schema";
import type { Choice } from "./choice";
import { chartEdge, CurveChart, type Today } from "./curve-chart";
import { curveLooks, wordFigure } from "./curve-looks";
import { CurveMark } from "./curve-mark";
import { costAt, figureAt } from "./curves";
import { FiguresTable } from "./figures-table";

type ComparisonProps = {
  curves: BacktestCurve[];
  today: Today | null;
  choice: Choice;
  currency: string;
  onChange: (changed: Partial<Choice>) => void;
};

/** Half of the width of a slider's handle: its middle, not its edge, is at the value. */
const halfThumb = 8;

/** The curves with the slider of the budget below, and what each policy reaches there. */
export function Comparison({ curves, today, choice, currency, onChange }: ComparisonProps) {
  const { policy, share, measure, across } = choice;
  const chosen = curves.find((curve) => curve.policy === policy);
  const cost = chosen ? costAt(chosen, share) : null;
  const percent = `${Number((100 * share).toFixed(1))}\u202f%`;
  return (
    <figure className="grid min-w-0 grid-cols-1 content-start gap-2">
      <CurveChart
        {...{ curves, measure, across, share, today, currency }}
        chosen={policy}
        onShare={(changed) => onChange({ share: changed })}
      />
      <div style={{ paddingLeft: chartEdge.left - halfThumb, paddingRight: chartEdge.right - halfThumb }}>
        <input
          type="range"
          aria-label="Share for people"
          aria-valuetext={`${percent} to people${cost === null ? "" : `, ${formatMoney(cost, currency)} an instance`}`}
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
          With {percent} to people{cost === null ? "" : `, at ${formatMoney(cost, currency)} an instance`}:
        </p>
        <Legend {...{ curves, choice }} />
        <FiguresTable {...{ curves, measure, currency }} />
      </figcaption>
    </figure>
  );
}

/** How each curve is drawn, with its figure at the budget. */
function Legend({ curves, choice: { policy: chosen, share, measure } }: Pick<ComparisonProps, "curves" | "choice">) {
  return (
    <ul className="grid gap-x-6 gap-y-1 text-[0.8125rem] sm:grid-cols-2">
      {curves.map((curve) => {
        const { label, line, fill, dash, mark } = curveLooks[curve.policy];
        const figure = figureAt(curve, share, measure);
        return (
          <li key={curve.policy} className="flex items-center gap-2">
            <svg aria-hidden width={30} height={12} className="shrink-0">
              <line x1={0} x2={30} y1={6} y2={6} strokeWidth={2} strokeDasharray={dash} className={line} />
              <CurveMark mark={mark} x={15} y={6} size={3.5} className={fill} />
            </svg>
            <span className={curve.policy === chosen ? "font-semibold" : undefined}>{label}</span>
            <span className="ml-auto text-right text-muted-foreground tabular-nums">
              {figure ? wordFigure(figure, measure) : "not measured"}
            </span>
          </li>
        );
      })}
    </ul>
  );
}
