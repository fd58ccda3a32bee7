"use client";

import { QueryClient, QueryClientProvider, useQueryClient } from "@tanstack/react-query";
import { useLocale, useTranslations } from "next-intl";
import { ThemeProvider, useTheme } from "next-themes";
import { DirectionProvider } from "radix-ui/direction";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { Toaster } from "sonner";
import type { Appearance } from "@/lib/auth/schema";
import { directionOf } from "@/lib/text/locales";

import { wordFailures } from "./_components/api-client";

/** What every page needs around it: the query cache, the theme, the direction of its writing and toasts. */
export function Providers({ theme, children }: { theme: Appearance["theme"]; children: ReactNode }) {
  const [queryClient] = useState(makeQueryClient);
  return (
    <QueryClientProvider client={queryClient}>
      <ThemeProvider
        attribute="class"
        themes={["light", "dark", "paper"]}
        defaultTheme={theme}
        storageKey="tandem-theme"
        enableColorScheme={false}
        disableTransitionOnChange
      >
        <DirectionProvider dir={directionOf(useLocale())}>{children}</DirectionProvider>
        <Toasts />
        <FailureWords />
        <FreshAnswers />
      </ThemeProvider>
    </QueryClientProvider>
  );
}

function makeQueryClient() {
  return new QueryClient({
    defaultOptions: {
      // Pages arrive rendered; asking again at once would fetch the same rows twice.
      queries: { staleTime: 15_000, retry: 1, refetchOnWindowFocus: false },
      mutations: { retry: false },
    },
  });
}

/** Gives the client of the API, which no provider reaches, its own sentences in the language of the page. */
function FailureWords() {
  const t = useTranslations("failure");
  useEffect(() => {
    wordFailures({
      noAnswer: t("noAnswer"),
      noCookie: t("noCookie"),
      noExplanation: (status) => t("noExplanation", { status }),
    });
  }, [t]);
  return null;
}

/** Asks anew for what the API answered in another language: much of it is sentences. */
function FreshAnswers() {
  const queryClient = useQueryClient();
  const locale = useLocale();
  const answered = useRef(locale);
  useEffect(() => {
    if (answered.current !== locale) void queryClient.invalidateQueries();
    answered.current = locale;
  }, [locale, queryClient]);
  return null;
}

function Toasts() {
  const t = useTranslations("ui");
  const direction = directionOf(useLocale());
  const { resolvedTheme } = useTheme();
  return (
    <Toaster
      theme={resolvedTheme === "dark" ? "dark" : "light"}
      dir={direction}
      position={direction === "rtl" ? "bottom-left" : "bottom-right"}
      containerAriaLabel={t("notifications")}
      mobileOffset={{ bottom: "calc(var(--frame-bottom) + 0.75rem)" }}
      closeButton
      toastOptions={{
        closeButtonAriaLabel: t("closeToast"),
        classNames: {
          toast:
            "!rounded-lg !border-border !bg-popover !text-popover-foreground !font-sans !shadow-lg [&_[data-content]>*]:[unicode-bidi:plaintext]",
          description: "!text-muted-foreground",
          success: "[&_[data-icon]]:!text-tone-emerald",
          error: "[&_[data-icon]]:!text-tone-rose",
          warning: "[&_[data-icon]]:!text-tone-amber",
          info: "[&_[data-icon]]:!text-tone-indigo",
        },
      }}
    />
  );
}
