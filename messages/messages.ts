import type { Locale } from "@/lib/text/locales";
import en from "./en";

/** All texts of the interface, by room. The English ones say which there are. */
export type Messages = typeof en;

export type Room = keyof Messages;

const languages: Record<Locale, () => Promise<{ default: Messages }>> = {
  en: () => Promise.resolve({ default: en }),
  "zh-Hans": () => import("./zh-Hans"),
  ar: () => import("./ar"),
};

/** The texts in a language. */
export async function messagesOf(locale: Locale): Promise<Messages> {
  return (await languages[locale]()).default;
}
