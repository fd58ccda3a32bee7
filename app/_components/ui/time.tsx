"use client";

import { useTranslations } from "next-intl";
import { useSyncExternalStore } from "react";

import { cn } from "./cn";
import { wordDistance } from "./time-words";
import { useNumbers } from "./use-numbers";

const tickMs = 30_000;

/** How long ago (or until), with the exact time in UTC on hover. Keeps itself current. */
export function RelativeTime({ value, className }: { value: string | Date; className?: string }) {
  const t = useTranslations("ui.time");
  const numbers = useNumbers();
  const tick = useSyncExternalStore(subscribeToTicks, currentTick, currentTick);
  const date = new Date(value);
  const exact = `${date.toISOString().slice(0, 19).replace("T", " ")} UTC`;
  return (
    // Server and browser may read the clock on two sides of a tick; the next one puts it right.
    <time
      dateTime={date.toISOString()}
      title={exact}
      suppressHydrationWarning
      className={cn("whitespace-nowrap", className)}
    >
      {wordDistance(date, new Date((tick + 1) * tickMs), numbers, t)}
    </time>
  );
}

function subscribeToTicks(onTick: () => void): () => void {
  const timer = setInterval(onTick, tickMs);
  return () => clearInterval(timer);
}

function currentTick(): number {
  return Math.floor(Date.now() / tickMs);
}
