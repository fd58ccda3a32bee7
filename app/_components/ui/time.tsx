"use client";

import { useSyncExternalStore } from "react";

import { cn } from "./cn";

const tickMs = 30_000;
const minute = 60;
const hour = 60 * minute;
const day = 24 * hour;

/** How long ago (or until), with the exact time in UTC on hover. Keeps itself current. */
export function RelativeTime({ value, className }: { value: string | Date; className?: string }) {
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
      {describe(date, new Date((tick + 1) * tickMs))}
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

/** "just now", "5 min ago", "in 3 h", "2 d ago"; beyond two weeks the day, with the year where it differs. */
function describe(date: Date, now: Date): string {
  const seconds = (now.getTime() - date.getTime()) / 1000;
  const distance = Math.abs(seconds);
  if (distance < minute) return "just now";
  if (distance >= 14 * day) return formatDay(date, now);
  // What was just set to end in 7 days has already lost a second of them.
  const whole = seconds < 0 ? Math.round : Math.floor;
  const amount =
    distance < hour
      ? `${whole(distance / minute)} min`
      : distance < day
        ? `${whole(distance / hour)} h`
        : `${whole(distance / day)} d`;
  return seconds < 0 ? `in ${amount}` : `${amount} ago`;
}

function formatDay(date: Date, now: Date): string {
  const sameYear = date.getUTCFullYear() === now.getUTCFullYear();
  return new Intl.DateTimeFormat("en-GB", {
    timeZone: "UTC",
    day: "numeric",
    month: "short",
    year: sameYear ? undefined : "numeric",
  }).format(date);
}
