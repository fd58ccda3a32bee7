import { locales, type Locale } from "@/lib/text/locales";
import ar from "../ar";
import arSaid from "../ar/said";
import en from "../en";
import zhHans from "../zh-Hans";
import zhHansSaid from "../zh-Hans/said";

type Tree = { [key: string]: string | Tree };

/** The texts of each language by room, and its sentences made in lib. English is what the code itself says there. */
export const catalogues: Record<Locale, { texts: Tree; said: Record<string, string> }> = {
  en: { texts: en, said: {} },
  "zh-Hans": { texts: zhHans, said: zhHansSaid },
  ar: { texts: ar, said: arSaid },
};

/** The messages of a tree by their whole keys: "users.title". */
export function flatten(tree: Tree, above = ""): Map<string, string> {
  return new Map(
    Object.entries(tree).flatMap(([key, value]) => {
      const whole = above === "" ? key : `${above}.${key}`;
      return typeof value === "string" ? [[whole, value] as const] : [...flatten(value, whole)];
    }),
  );
}

/** How many texts each language has of a room, of all rooms, and of the sentences made in lib. */
export function countTexts(): { room: string; counts: Record<Locale, number> }[] {
  const row = (room: string, count: (locale: Locale) => number) => ({
    room,
    counts: Object.fromEntries(locales.map((locale) => [locale, count(locale)])) as Record<Locale, number>,
  });
  const inRoom = (room: string) => (locale: Locale) => {
    const tree = catalogues[locale].texts[room];
    return typeof tree === "object" ? flatten(tree).size : 0;
  };
  return [
    ...Object.keys(en).map((room) => row(room, inRoom(room))),
    row("all rooms", (locale) => flatten(catalogues[locale].texts).size),
    row("said in lib", (locale) => Object.keys(catalogues[locale].said).length),
  ];
}
