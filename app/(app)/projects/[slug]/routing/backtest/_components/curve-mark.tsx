import type { Mark } from "./curve-looks";

type CurveMarkProps = { mark: Mark; x: number; y: number; size: number; className: string };

/** The sign of a curve, on its points and in the legend. */
export function CurveMark({ mark, x, y, size, className }: CurveMarkProps) {
  if (mark === "circle") return <circle cx={x} cy={y} r={size} className={className} />;
  if (mark === "square")
    return <rect x={x - size} y={y - size} width={2 * size} height={2 * size} className={className} />;
  const far = size * 1.3;
  const corners =
    mark === "diamond"
      ? [`${x},${y - far}`, `${x + far},${y}`, `${x},${y + far}`, `${x - far},${y}`]
      : [`${x},${y - far}`, `${x + far},${y + size}`, `${x - far},${y + size}`];
  return <polygon points={corners.join(" ")} className={className} />;
}
