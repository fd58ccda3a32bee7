import type { ComponentProps } from "react";

import { cn } from "./cn";

/** A box for something that stands apart, such as one of several projects. Sections of a page need no box. */
export function Card({ className, ...props }: ComponentProps<"div">) {
  return <div {...props} className={cn("rounded-lg border bg-card text-card-foreground", className)} />;
}

export function CardHeader({ className, ...props }: ComponentProps<"div">) {
  return <div {...props} className={cn("flex items-center justify-between gap-3 px-4 pt-3.5 pb-1", className)} />;
}

export function CardTitle({ className, children, ...props }: ComponentProps<"h3">) {
  return (
    <h3 {...props} className={cn("text-sm font-semibold", className)}>
      {children}
    </h3>
  );
}

export function CardContent({ className, ...props }: ComponentProps<"div">) {
  return <div {...props} className={cn("px-4 pt-2 pb-4", className)} />;
}
