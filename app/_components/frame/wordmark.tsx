import { cn } from "../ui/cn";

/** The mark: two linked rings. `app/icon.svg` is the same drawing. */
export function Mark({ className }: { className?: string }) {
  return (
    <svg
      viewBox="0 0 24 24"
      fill="none"
      strokeWidth="2.4"
      strokeLinecap="round"
      aria-hidden
      className={cn("size-6", className)}
    >
      <path d="M13.72 9.82A5.75 5.75 0 1 1 9.37 6.33" className="stroke-tone-indigo" />
      <path d="M10.28 14.18A5.75 5.75 0 1 1 14.63 17.67" className="stroke-current" />
    </svg>
  );
}

/** The mark with the name; `compact` leaves only the mark to the eye. */
export function Wordmark({ compact, className }: { compact?: boolean; className?: string }) {
  return (
    <span className={cn("inline-flex items-center gap-2", className)}>
      <Mark />
      <span className={cn("text-[0.9375rem] font-semibold tracking-tight", compact && "sr-only")}>Tandem</span>
    </span>
  );
}
