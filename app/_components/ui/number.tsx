import { wordMoney } from "@/lib/text/money";
import { cn } from "./cn";

/** A narrow no-break space: the gap between a figure and its unit. */
const gap = "\u202f";

/** Writes a number with thousands separators and at most `digits` decimals. */
export function formatNumber(value: number, digits = 0): string {
  return new Intl.NumberFormat("en", { maximumFractionDigits: digits }).format(value);
}

/**
 * Writes a fraction (0.724) as a percentage. The interval is also in fractions: a half-width (0.019) gives
 * "72.4 % ± 1.9", bounds ([0.70, 0.75]) give "72.4 % (70.0 to 75.0)". A value that is not finite gives "n/a".
 */
export function formatPercent(fraction: number, interval?: number | readonly [number, number], digits = 1): string {
  if (!Number.isFinite(fraction)) return "n/a";
  const points = (value: number) => (100 * value).toFixed(digits);
  const percent = `${points(fraction)}${gap}%`;
  if (interval === undefined) return percent;
  if (typeof interval === "number") return `${percent} ±${gap}${points(interval)}`;
  return `${percent} (${points(interval[0])} to ${points(interval[1])})`;
}

/** Writes an amount of money given in millionths: two decimals, and three figures of amounts below one. */
export const formatMoney = wordMoney;

type NumProps = { value: number; digits?: number; unit?: string; className?: string };

/** A number in tabular figures with its unit. */
export function Num({ value, digits, unit, className }: NumProps) {
  return (
    <span className={cn("whitespace-nowrap tabular-nums", className)}>
      {formatNumber(value, digits)}
      {unit ? <span className="text-muted-foreground">{`${gap}${unit}`}</span> : null}
    </span>
  );
}
