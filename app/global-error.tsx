"use client";

import "@fontsource-variable/inter/wght.css";
import "./globals.css";

import { NextIntlClientProvider } from "next-intl";
import { ThemeProvider } from "next-themes";
import { useSyncExternalStore } from "react";
import { directionOf, isLocale, localeCookie, matchLocale, type Locale } from "@/lib/text/locales";
import ar from "@/messages/ar/failure.json";
import en from "@/messages/en/failure.json";
import zhHans from "@/messages/zh-Hans/failure.json";

import { FailurePage } from "./_components/frame/failure-page";

const texts = { en, "zh-Hans": zhHans, ar };

/** Stands in for the whole document when the root layout itself fails, and with it what knows the language of the page. */
export default function GlobalErrorPage({ error }: { error: unknown }) {
  const locale = useSyncExternalStore(subscribeToNothing, localeOfBrowser, () => "en" as const);
  return (
    <html lang={locale} dir={directionOf(locale)} suppressHydrationWarning>
      <body className="font-sans">
        <title>{`${texts[locale].title} · Tandem`}</title>
        <NextIntlClientProvider locale={locale} messages={{ failure: texts[locale] }} timeZone="UTC">
          <ThemeProvider attribute="class" defaultTheme="system" storageKey="tandem-theme">
            <FailurePage error={error} />
          </ThemeProvider>
        </NextIntlClientProvider>
      </body>
    </html>
  );
}

/** As the server finds it for a request: what was chosen here, else what the browser asks for. */
function localeOfBrowser(): Locale {
  const chosen = new RegExp(`(?:^|; )${localeCookie}=([^;]*)`).exec(document.cookie)?.[1];
  return isLocale(chosen) ? chosen : matchLocale(navigator.languages.join(","));
}

function subscribeToNothing(): () => void {
  return () => {};
}
