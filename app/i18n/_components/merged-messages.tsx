"use client";

import { NextIntlClientProvider, useMessages } from "next-intl";
import { DirectionProvider } from "radix-ui/direction";
import type { ReactNode } from "react";
import { directionOf, type Locale } from "@/lib/text/locales";
import type { Messages } from "@/messages/messages";

type MergedMessagesProps = { locale: Locale; messages: Partial<Messages>; children: ReactNode };

/** Adds texts to those that the browser already has, for a part of the page in one language. */
export function MergedMessages({ locale, messages, children }: MergedMessagesProps) {
  const before = useMessages();
  return (
    <NextIntlClientProvider locale={locale} messages={{ ...before, ...messages }}>
      <DirectionProvider dir={directionOf(locale)}>{children}</DirectionProvider>
    </NextIntlClientProvider>
  );
}
