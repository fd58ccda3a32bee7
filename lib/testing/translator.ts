import { createTranslator, type NamespaceKeys, type NestedKeyOf } from "next-intl";
import en from "@/messages/en";
import type { Messages } from "@/messages/messages";

/** The English texts of a room, as components get them from `useTranslations(room)`. */
export function translatorOf<Room extends NamespaceKeys<Messages, NestedKeyOf<Messages>>>(room: Room) {
  return createTranslator({ locale: "en", messages: en, namespace: room });
}
