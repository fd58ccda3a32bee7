import { useTranslations } from "next-intl";

import { cn } from "./cn";
import { useNumbers } from "./use-numbers";

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
  const t = useTranslations("ui");
  const numbers = useNumbers();
  const done = value === null ? null : Math.min(Math.max(value, 0), max);
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={max}
      aria-valuenow={done ?? undefined}
      aria-valuetext={done === null ? undefined : t("doneOf", { done: numbers.number(done), max: numbers.number(max) })}
      className={cn("h-1.5 w-full overflow-hidden rounded-full bg-border forced-colors:border", className)}
    >
      {done === null ? (
        <div className="h-full w-2/5 animate-indeterminate rounded-full bg-primary rtl:-scale-x-100" />
      ) : (
        <div
          className="h-full rounded-full bg-primary transition-[width] duration-150"
          style={{ width: `${max > 0 ? (100 * done) / max : 0}%` }}
        />
      )}
    </div>
  );
}
