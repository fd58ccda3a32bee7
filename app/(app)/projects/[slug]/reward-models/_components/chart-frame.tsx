import type { ReactNode } from "react";

export const chart = { width: 320, height: 200, left: 40, right: 10, top: 8, bottom: 30 } as const;

export type Axis = { ticks: number[]; format: (value: number) => string; label: string };

/** Where a share of the drawing area (0 to 1, from the lower left) is in the picture. */
export function at(x: number, y: number): { x: number; y: number } {
  const { width, height, left, right, top, bottom } = chart;
  return { x: left + x * (width - left - right), y: height - bottom - y * (height - top - bottom) };
}

type ChartFrameProps = {
  /** What the picture shows, in words with figures. */
  label: string;
  x: Axis;
  y: Axis;
  /** A value as a share of its axis. */
  scaleX: (value: number) => number;
  scaleY: (value: number) => number;
  children: ReactNode;
};

/** The axes and grid of a small picture, which goes from left to right in every language. */
export function ChartFrame({ label, x, y, scaleX, scaleY, children }: ChartFrameProps) {
  const { width, height } = chart;
  const corner = at(0, 0);
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${width} ${height}`}
      className="w-full max-w-md text-[10px] [direction:ltr]"
    >
      {y.ticks.map((tick) => {
        const from = at(0, scaleY(tick));
        return (
          <g key={tick}>
            <line x1={from.x} x2={at(1, 0).x} y1={from.y} y2={from.y} className="stroke-border" />
            <text x={from.x - 5} y={from.y + 3} textAnchor="end" className="fill-muted-foreground">
              {y.format(tick)}
            </text>
          </g>
        );
      })}
      {x.ticks.map((tick) => (
        <text
          key={tick}
          x={at(scaleX(tick), 0).x}
          y={corner.y + 12}
          textAnchor="middle"
          className="fill-muted-foreground"
        >
          {x.format(tick)}
        </text>
      ))}
      <text x={at(0.5, 0).x} y={height - 4} textAnchor="middle" className="fill-muted-foreground">
        {x.label}
      </text>
      <text
        transform={`translate(9 ${at(0, 0.5).y}) rotate(-90)`}
        textAnchor="middle"
        className="fill-muted-foreground"
      >
        {y.label}
      </text>
      {children}
    </svg>
  );
}
