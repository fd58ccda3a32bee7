import type { ComponentProps } from "react";

import { cn } from "./cn";

type TableProps = ComponentProps<"table"> & {
  /** Names the scrolling region for screen readers: what the rows are. */
  label: string;
  density?: "comfortable" | "compact";
  /** On wide windows the table scrolls by itself and its head stays; false lets it grow with the page. */
  stickyHead?: boolean;
};

/** A table of data in a region that scrolls sideways (and by keyboard) when the window is narrow. */
export function Table({ label, density = "comfortable", stickyHead = true, className, ...props }: TableProps) {
  return (
    <div
      role="region"
      aria-label={label}
      // Scrolling regions must be reachable by keyboard.
      tabIndex={0}
      data-density={density}
      className={cn(
        "group/table relative w-full overflow-auto rounded-lg border bg-card focus-visible:outline-offset-0",
        stickyHead && "md:max-h-[max(24rem,calc(100dvh-13rem))]",
      )}
    >
      <table {...props} className={cn("w-full border-separate border-spacing-0 tabular-nums", className)} />
    </div>
  );
}

export function THead({ className, ...props }: ComponentProps<"thead">) {
  return <thead {...props} className={cn("sticky top-0 z-10", className)} />;
}

export function TBody({ className, ...props }: ComponentProps<"tbody">) {
  return <tbody {...props} className={cn("[&>tr:last-child>td]:border-b-0", className)} />;
}

/** A row; `data-state="selected"` marks it. */
export function TR({ className, ...props }: ComponentProps<"tr">) {
  return (
    <tr
      {...props}
      className={cn(
        "[tbody>&]:hover:bg-muted/60 [tbody>&]:focus-within:bg-muted/60 data-[state=selected]:bg-accent data-[state=selected]:[&>:first-child]:shadow-[inset_2px_0_0_var(--ring)] rtl:data-[state=selected]:[&>:first-child]:shadow-[inset_-2px_0_0_var(--ring)]",
        className,
      )}
    />
  );
}

/** A head cell; set `numeric` as on its column's cells, and `aria-sort` on the column that orders the rows. */
export function TH({ className, numeric, scope = "col", ...props }: ComponentProps<"th"> & { numeric?: boolean }) {
  return (
    <th
      scope={scope}
      {...props}
      className={cn(
        "h-9 border-b bg-sidebar px-3 text-start text-xs font-medium whitespace-nowrap text-muted-foreground",
        "group-data-[density=compact]/table:h-8",
        numeric && "text-end",
        className,
      )}
    />
  );
}

export function TD({ className, numeric, ...props }: ComponentProps<"td"> & { numeric?: boolean }) {
  return (
    <td
      {...props}
      className={cn(
        "border-b px-3 py-2.5 align-middle group-data-[density=compact]/table:py-1.5",
        numeric && "text-end whitespace-nowrap",
        className,
      )}
    />
  );
}
