import type { ComponentProps } from "react";

import { cn } from "./cn";

/** One key of the keyboard. */
export function Kbd({ className, ...props }: ComponentProps<"kbd">) {
  return (
    <kbd
      {...props}
      className={cn(
        "inline-flex h-[1.125rem] min-w-[1.125rem] items-center justify-center rounded border border-b-2 border-border-strong bg-background px-1 font-sans text-[0.6875rem] leading-none font-medium text-muted-foreground dark:bg-muted",
        className,
      )}
    />
  );
}
