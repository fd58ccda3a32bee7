"use client";

import { ChevronRight } from "lucide-react";
import { useState, type ReactNode } from "react";

type FormSectionProps = {
  title: string;
  /** What is set in it, in a few words, while it is folded. */
  summary: string;
  /** Something in it was refused: it unfolds. */
  hasFault: boolean;
  startsOpen?: boolean;
  children: ReactNode;
};

/** A part of a form that folds. */
export function FormSection({ title, summary, hasFault, startsOpen = false, children }: FormSectionProps) {
  const [isOpen, setOpen] = useState(startsOpen);
  const [hadFault, setHadFault] = useState(hasFault);
  if (hasFault !== hadFault) {
    setHadFault(hasFault);
    if (hasFault) setOpen(true);
  }
  return (
    <details open={isOpen} onToggle={(event) => setOpen(event.currentTarget.open)} className="min-w-0 border-t pt-4">
      <summary className="flex cursor-pointer list-none items-baseline gap-2 rounded-sm [&::-webkit-details-marker]:hidden">
        <ChevronRight
          aria-hidden
          className={`size-4 shrink-0 self-center text-muted-foreground transition-transform motion-reduce:transition-none rtl:-scale-x-100 ${isOpen ? "rotate-90 rtl:-rotate-90" : ""}`}
        />
        <h2 className="shrink-0 text-[0.9375rem] leading-6 font-semibold">{title}</h2>
        {isOpen ? null : <span className="min-w-0 truncate text-[0.8125rem] text-muted-foreground">{summary}</span>}
      </summary>
      <div className="mt-3 grid grid-cols-1 gap-4 pb-1">{children}</div>
    </details>
  );
}
