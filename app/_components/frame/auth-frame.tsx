import type { ReactNode } from "react";

import { ThemeToggle } from "../ui/theme-toggle";
import { Wordmark } from "./wordmark";

/** A narrow column under the wordmark, for pages before one is signed in: sign-in, first run, invitations. */
export function AuthFrame({ title, children }: { title: ReactNode; children: ReactNode }) {
  return (
    <div className="flex min-h-dvh flex-col items-center bg-sidebar px-4 py-8">
      <div className="flex w-full max-w-sm flex-1 flex-col justify-center gap-6 pb-[8vh]">
        <header className="self-center">
          <Wordmark />
        </header>
        <main className="grid grid-cols-1 gap-5 rounded-xl border bg-card p-6 shadow-xs">
          <h1 className="text-lg leading-6 font-semibold tracking-tight">{title}</h1>
          {children}
        </main>
      </div>
      <footer>
        <ThemeToggle />
      </footer>
    </div>
  );
}
