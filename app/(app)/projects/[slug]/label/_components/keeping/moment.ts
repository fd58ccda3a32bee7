import { intlTag, type Locale } from "@/lib/text/locales";

/** A time of today as "12:04", of another day as "3 Nov, 12:04", on the clock of whoever reads it. */
export function wordMoment(at: string, locale: Locale, now = new Date()): string {
  const date = new Date(at);
  const isToday = date.toDateString() === now.toDateString();
  return new Intl.DateTimeFormat(locale === "en" ? "en-GB" : intlTag(locale), {
    ...(!isToday && { day: "numeric", month: "short" }),
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  }).format(date);
}
