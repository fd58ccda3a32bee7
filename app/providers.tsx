"use client";

import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { ThemeProvider, useTheme } from "next-themes";
import { type ReactNode, useState } from "react";
import { Toaster } from "sonner";
import type { Appearance } from "@/lib/auth/schema";

/** What every page needs around it: the query cache, the theme and toasts. */
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
        {children}
        <Toasts />
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

function Toasts() {
  const { resolvedTheme } = useTheme();
  return (
    <Toaster
      theme={resolvedTheme === "dark" ? "dark" : "light"}
      position="bottom-right"
      mobileOffset={{ bottom: "calc(var(--frame-bottom) + 0.75rem)" }}
      closeButton
      toastOptions={{
        classNames: {
          toast: "!rounded-lg !border-border !bg-popover !text-popover-foreground !font-sans !shadow-lg",
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
