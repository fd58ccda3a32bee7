import { cn } from "./cn";
import { formatNumber } from "./numbers";

type ProgressProps = {
  /** How much is done, in the unit of `max`; null while the whole is unknown. */
  value: number | null;
  max: number;
  /** What is progressing, for screen readers. */
  label: string;
  className?: string;
};

/** A bar of work done. */
export function Progress({ value, max, label, className }: ProgressProps) {
  const done = value === null ? null : Math.min(Math.max(value, 0), max);
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={max}
      aria-valuenow={done ?? undefined}
      aria-valuetext={done === null ? undefined : `${formatNumber(done)} of ${formatNumber(max)}`}
      className={cn("h-1.5 w-full overflow-hidden rounded-full bg-border", className)}
    >
      {done === null ? (
        <div className="h-full w-2/5 animate-indeterminate rounded-full bg-primary" />
      ) : (
        <div
          className="h-full rounded-full bg-primary transition-[width] duration-150"
          style={{ width: `${max > 0 ? (100 * done) / max : 0}%` }}
        />
      )}
    </div>
  );
}
