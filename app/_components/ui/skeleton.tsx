import type { ComponentProps } from "react";

import { cn } from "./cn";

/** The grey shape of what is loading; size it with `className`. Say what loads once, on the surrounding region. */
export function Skeleton({ className, ...props }: ComponentProps<"div">) {
  return <div aria-hidden {...props} className={cn("h-4 animate-pulse rounded bg-muted", className)} />;
}
