import Link from "next/link";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";

import { Button } from "../ui/button";

/** Why a link of an invitation or a first run leads nowhere, with the way on. */
export function LinkProblem({ children }: { children: ReactNode }) {
  const t = useTranslations("people.signIn");
  return (
    <>
      <p className="text-muted-foreground">{children}</p>
      <Button asChild>
        <Link href="/sign-in">{t("goToSignIn")}</Link>
      </Button>
    </>
  );
}
