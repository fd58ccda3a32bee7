import Link from "next/link";
import type { ReactNode } from "react";

import { Button } from "../ui/button";

/** Why a link of an invitation or a first run leads nowhere, with the way on. */
export function LinkProblem({ children }: { children: ReactNode }) {
  return (
    <>
      <p className="text-muted-foreground">{children}</p>
      <Button asChild>
        <Link href="/sign-in">Go to sign-in</Link>
      </Button>
    </>
  );
}
