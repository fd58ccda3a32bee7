import type { Translate } from "@/app/i18n/translate";
import type { Numbers } from "./numbers";

const minute = 60;
const hour = 60 * minute;
const day = 24 * hour;

/** "just now", "5 min ago", "in 3 h", "2 d ago"; beyond two weeks the day, with the year where it differs. */
export function wordDistance(date: Date, now: Date, numbers: Numbers, t: Translate<"ui.time">): string {
  const seconds = (now.getTime() - date.getTime()) / 1000;
  const distance = Math.abs(seconds);
  if (distance < minute) return t("justNow");
  if (distance >= 14 * day) return numbers.day(date, date.getUTCFullYear() !== now.getUTCFullYear());
  const [unit, length] =
    distance < hour
      ? (["minutes", minute] as const)
      : distance < day
        ? (["hours", hour] as const)
        : (["days", day] as const);
  // What was just set to end in 7 days has already lost a second of them.
  if (seconds < 0) return t(`ahead.${unit}`, { count: Math.round(distance / length) });
  return t(`ago.${unit}`, { count: Math.floor(distance / length) });
}
