import type { Messages } from "@/messages/messages";
import type { Locale as OneLocale } from "@/lib/text/locales";

declare module "next-intl" {
  interface AppConfig {
    Locale: OneLocale;
    Messages: Messages;
  }
}
