import type { NamespaceKeys, NestedKeyOf, useTranslations } from "next-intl";
import type { Messages } from "@/messages/messages";

/** What `useTranslations(room)` gives, for functions outside of components that word something. */
export type Translate<Room extends NamespaceKeys<Messages, NestedKeyOf<Messages>>> = ReturnType<
  typeof useTranslations<Room>
>;
