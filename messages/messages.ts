import type { Locale } from "@/lib/text/locales";
import en from "./en";

/** All texts of the interface, by room. The English ones say which there are. */
export type Messages = typeof en;

export type Room = keyof Messages;

type Tree = { [key: string]: string | Tree };

const others: Record<Exclude<Locale, "en">, () => Promise<{ default: Tree }>> = {
  "zh-Hans": () => import("./zh-Hans"),
  ar: () => import("./ar"),
};
const loaded = new Map<Locale, Messages>([["en", en]]);

/** The texts in a language, with the English ones where it lacks them. */
export async function messagesOf(locale: Locale): Promise<Messages> {
  if (locale !== "en" && !loaded.has(locale)) {
    loaded.set(locale, overlay(en, (await others[locale]()).default) as Messages);
  }
  return loaded.get(locale)!;
}

/** Whether nothing of a room is said in a language, so that the whole of it is said in English. */
export async function isUntranslated(room: Room, locale: Locale): Promise<boolean> {
  return locale !== "en" && Object.keys((await others[locale]()).default[room] ?? {}).length === 0;
}

/** The English texts of rooms. */
export function englishOf(rooms: readonly Room[]): Partial<Messages> {
  return Object.fromEntries(rooms.map((room) => [room, en[room]]));
}

function overlay(base: Tree, over: Tree): Tree {
  return Object.fromEntries(
    Object.entries(base).map(([key, text]) => {
      const said = over[key];
      if (typeof text === "string") return [key, typeof said === "string" ? said : text];
      return [key, overlay(text, typeof said === "object" ? said : {})];
    }),
  );
}
