import type { ReactNode } from "react";

import { cn } from "./cn";

type EmptyStateProps = {
  /** A lucide icon element, such as `<Inbox />`. */
  icon?: ReactNode;
  title: ReactNode;
  /** What will be here and how it gets here. */
  children: ReactNode;
  action?: ReactNode;
  className?: string;
};

/** What a list shows before anything is in it. */
export function EmptyState({ icon, title, children, action, className }: EmptyStateProps) {
  return (
    <div
      className={cn(
        "flex flex-col items-center rounded-lg border border-dashed border-border-strong px-6 py-12 text-center",
        className,
      )}
    >
      {icon ? (
        <span
          aria-hidden
          className="mb-3 flex size-9 items-center justify-center rounded-full bg-muted text-muted-foreground [&_svg]:size-4.5"
        >
          {icon}
        </span>
      ) : null}
      <h2 className="font-semibold">{title}</h2>
      <div className="mt-1 max-w-[52ch] text-balance text-muted-foreground">{children}</div>
      {action ? <div className="mt-4 flex flex-wrap justify-center gap-2">{action}</div> : null}
    </div>
  );
}
