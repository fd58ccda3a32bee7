import { LoaderCircle } from "lucide-react";

import { cn } from "./cn";

/** A turning circle. With a label it announces itself; without one it is decoration beside text that says it. */
export function Spinner({ label, className }: { label?: string; className?: string }) {
  return (
    <span role={label ? "status" : undefined} className={cn("inline-flex text-muted-foreground", className)}>
      <LoaderCircle aria-hidden className="size-4 animate-spin" />
      {label ? <span className="sr-only">{label}</span> : null}
    </span>
  );
}
