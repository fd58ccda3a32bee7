import type { ReactNode } from "react";

/** Why a tab has nothing to show. */
export function NotKept({ children }: { children: ReactNode }) {
  return <p className="text-muted-foreground">{children}</p>;
}
