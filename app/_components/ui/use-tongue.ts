import { useLocale } from "next-intl";
import { directionOf, type Locale } from "@/lib/text/locales";

/** The language and direction of the part of the page that a component is in, for what is shown outside of that part. */
export function useTongue(): { lang: Locale; dir: "ltr" | "rtl" } {
  const locale = useLocale();
  return { lang: locale, dir: directionOf(locale) };
}
