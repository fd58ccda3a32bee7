import type { ComponentProps } from "react";

import { cn } from "./cn";
import { controlClasses } from "./input";

/** A text box of several lines that grows with its text up to half the window. */
export function Textarea({ className, rows = 4, ...props }: ComponentProps<"textarea">) {
  return (
    <textarea
      rows={rows}
      {...props}
      className={cn(controlClasses, "field-sizing-content max-h-[50dvh] min-h-16 py-1.5 leading-normal", className)}
    />
  );
}
