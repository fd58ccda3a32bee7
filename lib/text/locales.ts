/** The languages of the interface, as BCP 47 tags. English comes first: what asks for none is answered in it. */
export const locales = ["en", "zh-Hans", "ar"] as const;

export type Locale = (typeof locales)[number];

/** What each language calls itself. */
export const localeNames: Record<Locale, string> = { en: "English", "zh-Hans": "简体中文", ar: "العربية" };

/** Holds the language that somebody chose, as a tag, in the browser that they chose it in. */
export const localeCookie = "tandem-locale";

export function isLocale(text: unknown): text is Locale {
  return (locales as readonly unknown[]).includes(text);
}

/** Which way a language is written. */
export function directionOf(locale: Locale): "ltr" | "rtl" {
  return locale === "ar" ? "rtl" : "ltr";
}

/** The tag to give to Intl. Digits stay those of the keys that answer: "1" is what is pressed, in every language. */
export function intlTag(locale: Locale): string {
  return locale === "ar" ? "ar-u-nu-latn" : locale;
}

/**
 * The first language of an Accept-Language header that the interface has, by weight; English without one. Any Chinese is
 * answered in simplified characters, which are the only ones there are here.
 */
export function matchLocale(acceptLanguage: string | undefined): Locale {
  const wanted = (acceptLanguage ?? "")
    .split(",")
    .map((part) => {
      const [tag = "", ...rest] = part.trim().toLowerCase().split(";");
      const weight = Number(
        rest
          .find((one) => one.trim().startsWith("q="))
          ?.trim()
          .slice(2) ?? 1,
      );
      return { language: tag.split("-")[0], weight: Number.isFinite(weight) ? weight : 0 };
    })
    .filter(({ weight }) => weight > 0)
    .sort((one, other) => other.weight - one.weight);
  for (const { language } of wanted) {
    const found = locales.find((locale) => locale.split("-")[0] === language);
    if (found) return found;
  }
  return "en";
}
