import type { ComponentProps } from "react";

import { cn } from "./cn";

/** The shared look of text controls. 16 px on phones, because smaller makes iOS zoom the page on focus. */
export const controlClasses = cn(
  "w-full min-w-0 rounded-md border border-input bg-background px-2.5 text-base shadow-xs sm:text-sm dark:bg-card",
  "placeholder:text-muted-foreground focus-visible:outline-offset-0",
  "disabled:opacity-60 [&[readonly]]:bg-muted aria-invalid:border-destructive",
);

/** A one-line text box. */
export function Input({ className, type = "text", ...props }: ComponentProps<"input">) {
  return (
    <input
      type={type}
      {...props}
      className={cn(
        controlClasses,
        "h-8",
        "file:-ms-1.5 file:me-3 file:h-6 file:cursor-pointer file:rounded file:border-0 file:bg-muted file:px-2 file:text-[0.8125rem] file:font-medium file:text-foreground",
        type === "file" && "cursor-pointer py-[0.1875rem] text-sm",
        className,
      )}
    />
  );
}
