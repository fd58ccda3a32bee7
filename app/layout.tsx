import "@fontsource-variable/atkinson-hyperlegible-next/wght.css";
import "@fontsource-variable/atkinson-hyperlegible-next/wght-italic.css";
import "@fontsource-variable/inter/wght.css";
import "@fontsource-variable/inter/wght-italic.css";
import "@fontsource-variable/jetbrains-mono/wght.css";
import "@fontsource-variable/source-serif-4/wght.css";
import "@fontsource-variable/source-serif-4/wght-italic.css";
import "@fontsource/opendyslexic/400.css";
import "@fontsource/opendyslexic/400-italic.css";
import "@fontsource/opendyslexic/700.css";
import "@fontsource/opendyslexic/700-italic.css";
import "katex/dist/katex.min.css";
import "./globals.css";

import type { Metadata, Viewport } from "next";
import { NextIntlClientProvider } from "next-intl";
import { getLocale, getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { currentAppearance } from "./current-appearance";
import { AppearanceProvider } from "./_components/reading/appearance-provider";
import { lookOf } from "./_components/reading/look";
import { directionOf, localeCookie } from "@/lib/text/locales";
import { RoomMessages } from "./i18n/room-messages";

import { Providers } from "./providers";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("frame");
  return {
    title: { default: "Tandem", template: "%s · Tandem" },
    description: t("description"),
    robots: { index: false, follow: false },
  };
}

export const viewport: Viewport = {
  viewportFit: "cover",
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: "#ffffff" },
    { media: "(prefers-color-scheme: dark)", color: "#0b0b0d" },
  ],
};

export default async function RootLayout({ children }: { children: ReactNode }) {
  const locale = await getLocale();
  const { appearance, person } = await currentAppearance();
  const { variables, attributes } = lookOf(appearance);
  return (
    // The theme script sets the class before React starts, so the server cannot know it.
    <html lang={locale} dir={directionOf(locale)} style={variables} {...attributes} suppressHydrationWarning>
      <body className="font-sans">
        <NextIntlClientProvider messages={{}}>
          <RoomMessages rooms={["frame", "ui", "reading", "failure"]}>
            <Providers theme={appearance.theme}>
              <AppearanceProvider key={person} initial={appearance} person={person} cookie={localeCookie}>
                {children}
              </AppearanceProvider>
            </Providers>
          </RoomMessages>
        </NextIntlClientProvider>
      </body>
    </html>
  );
}
