import type { ReactNode } from "react";
import { cn } from "@/app/_components/ui/cn";
import { Kbd } from "@/app/_components/ui/kbd";

type PaneButtonProps = {
  isPressed?: boolean;
  isExpanded?: boolean;
  keyLabel?: string;
  title?: string;
  className?: string;
  onClick: () => void;
  children: ReactNode;
};

/** A small button in the head of a pane. */
export function PaneButton({ isPressed, isExpanded, keyLabel, title, className, onClick, children }: PaneButtonProps) {
  return (
    <button
      type="button"
      aria-pressed={isPressed}
      aria-expanded={isExpanded}
      aria-keyshortcuts={keyLabel}
      {...{ title, onClick }}
      className={cn(
        "flex items-center gap-1.5 rounded px-1.5 py-0.5 text-xs whitespace-nowrap text-muted-foreground hover:text-foreground aria-pressed:bg-accent aria-pressed:text-foreground",
        className,
      )}
    >
      {children}
      {keyLabel ? (
        <Kbd aria-hidden className="max-sm:hidden">
          {keyLabel}
        </Kbd>
      ) : null}
    </button>
  );
}
