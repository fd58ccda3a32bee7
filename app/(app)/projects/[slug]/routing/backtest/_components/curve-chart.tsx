"use client";

import { useTranslations } from "next-intl";
import { type PointerEvent, useCallback, useState } from "react";

import { useNumbers } from "@/app/_components/ui/use-numbers";
import type { Translate } from "@/app/i18n/translate";
import type { BacktestCurve } from "@/lib/routing/fits/schema";
import { type CurveName, curveLooks, wordValue } from "./curve-looks";
import { CurveMark } from "./curve-mark";
import { type Across, costAt, figureAt, type Measure, roundTicks, shareAtCost } from "./curves";

const height = 360;
/** Room around the drawing area for the axes, in pixels. */
export const chartEdge = { left: 46, right: 14, top: 22, bottom: 40 } as const;
/** Before the browser has measured the room. */
const usualWidth = 640;

/** Where the project is now: the share that people label, and the policy that says so. */
export type Today = { share: number; curve: CurveName };

type CurveChartProps = {
  curves: BacktestCurve[];
  measure: Measure;
  across: Across;
  chosen: CurveName;
  /** Those that are not to be relied on, which are drawn faintly. */
  doubtful: ReadonlySet<CurveName>;
  share: number;
  today: Today | null;
  currency: string;
  onShare: (share: number) => void;
};

/** Quality against human share or cost, with bands, the budget as a line that can be dragged, and today's point. */
export function CurveChart(props: CurveChartProps) {
  const { curves, measure, across, chosen, doubtful, share, today, currency, onShare } = props;
  const t = useTranslations("routing.chart");
  const tCurves = useTranslations("routing.curves");
  const tMeasures = useTranslations("routing.measures");
  const [width, setWidth] = useState(usualWidth);
  const measured = useCallback((frame: HTMLDivElement) => {
    const observer = new ResizeObserver(() => setWidth(frame.clientWidth));
    observer.observe(frame);
    return () => observer.disconnect();
  }, []);
  const scale = scaleOf(curves, measure, across, width);
  const chosenCurve = curves.find(({ policy }) => policy === chosen);
  const budget = chosenCurve && (across === "share" ? share : costAt(chosenCurve, share));

  function drag(event: PointerEvent<SVGSVGElement>) {
    if (event.type === "pointerdown") event.currentTarget.setPointerCapture(event.pointerId);
    else if (!event.currentTarget.hasPointerCapture(event.pointerId)) return;
    const value = scale.across(event.clientX - event.currentTarget.getBoundingClientRect().left);
    const there = across === "share" || !chosenCurve ? value : shareAtCost(chosenCurve, value);
    if (there !== null) onShare(Math.round(100 * Math.min(1, Math.max(0, there))) / 100);
  }

  // Those that are chosen are drawn last, over the others.
  const inOrder = curves.toSorted((a, b) => Number(a.policy === chosen) - Number(b.policy === chosen));
  return (
    <div ref={measured} dir="ltr" className="min-w-0">
      <svg
        role="img"
        aria-label={t("summary", {
          measure: tMeasures(`${measure}.label`),
          share: Math.round(100 * share),
          chosen: tCurves(chosen),
          figures: wordFigures(props, tCurves),
        })}
        width={width}
        height={height}
        viewBox={`0 0 ${width} ${height}`}
        className="block max-w-full cursor-ew-resize touch-pan-y text-[11px] select-none"
        onPointerDown={drag}
        onPointerMove={drag}
      >
        <Axes scale={scale} measure={measure} across={across} currency={currency} width={width} />
        {inOrder.map((curve) => (
          <Curve
            key={curve.policy}
            {...{ curve, measure, across, scale }}
            isChosen={curve.policy === chosen}
            isFaint={doubtful.has(curve.policy)}
          />
        ))}
        {today ? <TodayPoint today={today} {...{ curves, measure, across, scale }} /> : null}
        {budget === undefined || budget === null ? null : (
          <Budget x={scale.x(budget)} figure={figureAt(chosenCurve!, share, measure)?.value} scale={scale} />
        )}
      </svg>
    </div>
  );
}

type Scale = {
  x: (value: number) => number;
  y: (value: number) => number;
  /** The value at a place across. */
  across: (x: number) => number;
  xTicks: number[];
  yTicks: number[];
};

function scaleOf(curves: BacktestCurve[], measure: Measure, across: Across, width: number): Scale {
  const points = curves.flatMap(({ points: each }) => each);
  const values = points.flatMap((point) => {
    const figure = point[measure];
    return figure ? [figure.value, ...(figure.interval ?? [])] : [];
  });
  const yTicks = roundTicks(Math.min(...values), Math.max(...values, Math.min(...values) + 0.01), 5);
  const most = Math.max(1, ...points.flatMap(({ costMicros }) => costMicros ?? []));
  const xTicks = across === "share" ? roundTicks(0, 1, width < 480 ? 4 : 10) : roundTicks(0, most, width < 480 ? 3 : 6);
  const [low, high, right] = [yTicks[0]!, yTicks.at(-1)!, across === "share" ? 1 : xTicks.at(-1)!];
  const room = {
    width: Math.max(1, width - chartEdge.left - chartEdge.right),
    height: height - chartEdge.top - chartEdge.bottom,
  };
  return {
    x: (value) => chartEdge.left + (value / right) * room.width,
    y: (value) => chartEdge.top + (1 - (value - low) / (high - low)) * room.height,
    across: (x) => ((x - chartEdge.left) / room.width) * right,
    xTicks: xTicks.filter((tick) => tick <= right * (1 + 1e-9)),
    yTicks,
  };
}

type AxesProps = { scale: Scale; measure: Measure; across: Across; currency: string; width: number };

function Axes({ scale, measure, across, currency, width }: AxesProps) {
  const t = useTranslations("routing.chart");
  const axis = useTranslations("routing.measures")(`${measure}.axis`);
  const { money } = useNumbers();
  const { x, y, xTicks, yTicks } = scale;
  const digits = yTicks[1]! - yTicks[0]! < 0.01 ? 1 : 0;
  const wordY = (value: number) =>
    measure === "rewardLogLikelihood" ? wordValue(value, measure) : (100 * value).toFixed(digits);
  return (
    <g className="fill-muted-foreground">
      {yTicks.map((tick) => (
        <g key={tick}>
          <line x1={chartEdge.left} x2={width - chartEdge.right} y1={y(tick)} y2={y(tick)} className="stroke-border" />
          <text x={chartEdge.left - 6} y={y(tick) + 4} textAnchor="end">
            {wordY(tick)}
          </text>
        </g>
      ))}
      {xTicks.map((tick, i) => (
        <text
          key={tick}
          x={x(tick)}
          y={height - chartEdge.bottom + 16}
          textAnchor={across === "cost" && i === xTicks.length - 1 ? "end" : "middle"}
        >
          {across === "share" ? Math.round(100 * tick) : money(tick, currency)}
        </text>
      ))}
      <text x={(chartEdge.left + width - chartEdge.right) / 2} y={height - 6} textAnchor="middle">
        {t(across)}
      </text>
      <text x={4} y={12}>
        {axis}
      </text>
    </g>
  );
}

type CurveProps = { curve: BacktestCurve; measure: Measure; across: Across; scale: Scale };

function Curve({
  curve,
  measure,
  across,
  scale,
  isChosen,
  isFaint,
}: CurveProps & { isChosen: boolean; isFaint: boolean }) {
  const { line, fill, dash, mark } = curveLooks[curve.policy];
  const points = curve.points.flatMap((point) => {
    const [value, figure] = [across === "share" ? point.humanShare : point.costMicros, point[measure]];
    return value === null || !figure ? [] : [{ x: scale.x(value), figure }];
  });
  const banded = points.filter(({ figure }) => figure.interval);
  const edgeOf = (bound: 0 | 1) => banded.map(({ x, figure }) => `${x},${scale.y(figure.interval![bound])}`);
  return (
    <g className={isFaint ? "opacity-45" : undefined}>
      <polygon
        points={[...edgeOf(1), ...edgeOf(0).toReversed()].join(" ")}
        className={`${fill} stroke-none ${isChosen ? "opacity-20" : "opacity-[0.07]"}`}
      />
      <polyline
        points={points.map(({ x, figure }) => `${x},${scale.y(figure.value)}`).join(" ")}
        strokeWidth={isChosen ? 2.5 : 1.5}
        strokeDasharray={dash}
        className={`fill-none ${line}`}
      />
      {points.map(({ x, figure }) => (
        <CurveMark key={x} mark={mark} x={x} y={scale.y(figure.value)} className={fill} size={isChosen ? 4 : 3} />
      ))}
    </g>
  );
}

/** The share as it is now, on the curve of the policy that is in force or, where it has none, on that of random routing. */
function TodayPoint({
  today,
  curves,
  measure,
  across,
  scale,
}: Omit<CurveProps, "curve"> & {
  today: Today;
  curves: BacktestCurve[];
}) {
  const t = useTranslations("routing.chart");
  const curve = curves.find(({ policy }) => policy === today.curve) ?? curves.find(({ policy }) => policy === "random");
  const figure = curve && figureAt(curve, today.share, measure);
  const value = curve && (across === "share" ? today.share : costAt(curve, today.share));
  if (!figure || value === null || value === undefined) return null;
  const [x, y] = [scale.x(value), scale.y(figure.value)];
  const isRight = value / (scale.xTicks.at(-1) ?? 1) > 0.85;
  return (
    <g>
      <circle cx={x} cy={y} r={6} strokeWidth={2} className="fill-background stroke-foreground" />
      <circle cx={x} cy={y} r={2} className="fill-foreground" />
      <text
        x={isRight ? x - 10 : x + 10}
        y={y + 16}
        textAnchor={isRight ? "end" : "start"}
        className="fill-foreground stroke-background stroke-3 font-medium [paint-order:stroke]"
      >
        {t("today")}
      </text>
    </g>
  );
}

function Budget({ x, figure, scale }: { x: number; figure: number | undefined; scale: Scale }) {
  return (
    <g className="pointer-events-none">
      <line
        x1={x}
        x2={x}
        y1={chartEdge.top}
        y2={height - chartEdge.bottom}
        strokeWidth={1.5}
        className="stroke-primary"
      />
      <rect x={x - 5} y={chartEdge.top - 7} width={10} height={14} rx={3} className="fill-primary" />
      {figure === undefined ? null : (
        <circle cx={x} cy={scale.y(figure)} r={5} strokeWidth={2} className="fill-background stroke-primary" />
      )}
    </g>
  );
}

/** "Random 71.2 %, Learned gain 74.0 %" */
function wordFigures(
  { curves, measure, share }: Pick<CurveChartProps, "curves" | "measure" | "share">,
  t: Translate<"routing.curves">,
): string {
  const words = curves.flatMap((curve) => {
    const figure = figureAt(curve, share, measure);
    return figure ? [`${t(curve.policy)} ${wordValue(figure.value, measure)}`] : [];
  });
  return words.join(", ");
}
