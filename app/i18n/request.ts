import { connection } from "next/server";
import { getRequestConfig } from "next-intl/server";
import { messagesOf } from "@/messages/messages";
import { activeLocale } from "@/lib/say";

/** The language of a page and its texts. No page is made before it is asked for, as each request has a language. */
export default getRequestConfig(async ({ locale: asked }) => {
  await connection();
  const locale = asked ?? activeLocale();
  return { locale, messages: await messagesOf(locale), timeZone: "UTC" };
});
