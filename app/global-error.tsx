"use client";

import "@fontsource-variable/inter/wght.css";
import "./globals.css";

import { ThemeProvider } from "next-themes";

import { FailurePage } from "./_components/frame/failure-page";

/** Stands in for the whole document when the root layout itself fails. */
export default function GlobalErrorPage({ error }: { error: unknown }) {
  return (
    <html lang="en" suppressHydrationWarning>
      <body className="font-sans">
        <title>This page could not be shown · Tandem</title>
        <ThemeProvider attribute="class" defaultTheme="system" storageKey="tandem-theme">
          <FailurePage error={error} />
        </ThemeProvider>
      </body>
    </html>
  );
}
