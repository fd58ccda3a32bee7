"use client";

import { NextIntlClientProvider, useLocale, useMessages } from "next-intl";
import type { ReactNode } from "react";
import type { Messages } from "@/messages/messages";

/** Adds texts to those that the browser already has. */
export function MergedMessages({ messages, children }: { messages: Partial<Messages>; children: ReactNode }) {
  const locale = useLocale();
  const before = useMessages();
  return (
    <NextIntlClientProvider locale={locale} messages={{ ...before, ...messages }}>
      {children}
    </NextIntlClientProvider>
  );
}
