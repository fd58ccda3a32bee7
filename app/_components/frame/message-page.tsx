import { useTranslations } from "next-intl";
import type { ReactNode } from "react";

import { Wordmark } from "./wordmark";

type MessagePageProps = {
  title: string;
  children: ReactNode;
  actions: ReactNode;
  /** What to quote when reporting it. */
  reference?: string;
};

/** A page that has only one thing to say: that another could not be shown. */
export function MessagePage({ title, children, actions, reference }: MessagePageProps) {
  const t = useTranslations("failure");
  return (
    <main className="flex min-h-[calc(100dvh-var(--frame-top)-var(--frame-bottom))] flex-col items-center justify-center px-6 py-12 text-center">
      <Wordmark className="mb-8" />
      <h1 className="text-lg leading-7 font-semibold tracking-tight text-balance">{title}</h1>
      <div className="mt-2 max-w-[52ch] text-balance text-muted-foreground">{children}</div>
      <div className="mt-6 flex flex-wrap justify-center gap-2">{actions}</div>
      {reference ? (
        <p className="mt-8 text-[0.8125rem] text-muted-foreground">
          {t("reference")} <code className="ms-1 font-mono text-foreground [overflow-wrap:anywhere]">{reference}</code>
        </p>
      ) : null}
    </main>
  );
}
