import { cn } from "./cn";
import { useNumbers } from "./use-numbers";

type StackedBarProps = {
  /** `className` colours the part, such as "bg-chosen". */
  parts: { label: string; value: number; className: string }[];
  /** What is being counted, for screen readers. */
  label?: string;
  legend?: boolean;
  className?: string;
};

/** Counts side by side as shares of their sum, with a legend that carries the figures. */
export function StackedBar({ parts, label, legend = true, className }: StackedBarProps) {
  const numbers = useNumbers();
  const total = parts.reduce((sum, part) => sum + part.value, 0);
  const words = parts.map((part) => `${part.label} ${numbers.number(part.value)}`).join(", ");
  return (
    <div className={cn("grid gap-2", className)}>
      <div
        role="img"
        aria-label={label ? `${label}: ${words}` : words}
        className="flex h-2 w-full gap-px overflow-hidden rounded-full bg-muted"
      >
        {total > 0
          ? parts
              .filter((part) => part.value > 0)
              .map((part) => (
                <div
                  key={part.label}
                  title={`${part.label}: ${numbers.number(part.value)}`}
                  className={cn("min-w-0.5", part.className)}
                  style={{ flexGrow: part.value }}
                />
              ))
          : null}
      </div>
      {legend ? (
        // The picture's name already says these figures.
        <ul aria-hidden className="flex flex-wrap gap-x-4 gap-y-1 text-[0.8125rem] text-muted-foreground">
          {parts.map((part) => (
            <li key={part.label} className="flex items-center gap-1.5">
              <span className={cn("size-2 rounded-[2px]", part.className)} />
              {part.label}
              <span className="font-medium text-foreground tabular-nums">{numbers.number(part.value)}</span>
            </li>
          ))}
        </ul>
      ) : null}
    </div>
  );
}
