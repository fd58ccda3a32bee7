import type { ReactNode } from "react";
import { cn } from "@/app/_components/ui/cn";
import type { CommandName } from "../bindings";
import { CommandKey, useKeyOf } from "../command-key";

type PaneButtonProps = {
  isPressed?: boolean;
  isExpanded?: boolean;
  /** What its key does as well. */
  command?: CommandName;
  title?: string;
  className?: string;
  onClick: () => void;
  children: ReactNode;
};

/** A small button in the head of a pane. */
export function PaneButton({ isPressed, isExpanded, command, title, className, onClick, children }: PaneButtonProps) {
  const key = useKeyOf(command);
  return (
    <button
      type="button"
      aria-pressed={isPressed}
      aria-expanded={isExpanded}
      aria-keyshortcuts={key}
      {...{ title, onClick }}
      className={cn(
        "flex items-center gap-1.5 rounded px-1.5 py-0.5 text-xs whitespace-nowrap text-muted-foreground hover:text-foreground aria-pressed:bg-accent aria-pressed:text-foreground",
        className,
      )}
    >
      {children}
      {command ? <CommandKey command={command} /> : null}
    </button>
  );
}
