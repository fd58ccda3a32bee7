"use client";

import { useTheme } from "next-themes";
import { useRouter } from "next/navigation";
import { createContext, type ReactNode, use, useEffect, useRef, useState } from "react";
import { toast } from "sonner";
import type { Appearance, AppearanceInput } from "@/lib/auth/schema";
import type { Locale } from "@/lib/text/locales";
import { api } from "../api-client";
import { lookOf } from "./look";

type AppearanceContext = { appearance: Appearance; change: (part: AppearanceInput) => void };

const Context = createContext<AppearanceContext | null>(null);

type AppearanceProviderProps = {
  initial: Appearance;
  /** Whether the choices belong to a person, and are kept for them; else they hold in this browser until it forgets. */
  isSignedIn: boolean;
  /** Name of the cookie that holds the language, for the first request of a page. */
  cookie: string;
  children: ReactNode;
};

/** How the person reads, for the whole page; a change shows at once and is stored behind it. */
export function AppearanceProvider({ initial, isSignedIn, cookie, children }: AppearanceProviderProps) {
  const [appearance, setAppearance] = useState(initial);
  const { theme, setTheme } = useTheme();
  const router = useRouter();
  const arrived = useRef(false);

  // A browser that the person has not used before learns what they chose elsewhere.
  useEffect(() => {
    if (arrived.current || !isSignedIn) return;
    arrived.current = true;
    if (theme !== initial.theme) setTheme(initial.theme);
    if (initial.locale !== null && initial.locale !== document.documentElement.lang) {
      keepLocale(cookie, initial.locale);
      router.refresh();
    }
  }, [initial, isSignedIn, cookie, theme, setTheme, router]);

  const change = (part: AppearanceInput) => {
    const next = { ...appearance, ...part };
    setAppearance(next);
    paint(next);
    if (part.theme !== undefined) setTheme(part.theme);
    if (part.locale !== undefined) keepLocale(cookie, part.locale);
    const stored = isSignedIn ? api("PATCH", "/api/v1/me/appearance", part) : Promise.resolve();
    stored.catch((error: Error) => toast.error(error.message));
    // Texts of the new language come with the page; what the page holds in the browser stays as it is.
    if (part.locale !== undefined) router.refresh();
  };
  return <Context value={{ appearance, change }}>{children}</Context>;
}

/** How the person reads, and the function that changes some of it. */
export function useAppearance(): AppearanceContext {
  const context = use(Context);
  if (!context) throw new Error("useAppearance is used outside of AppearanceProvider.");
  return context;
}

function paint(appearance: Appearance): void {
  const root = document.documentElement;
  const { variables, attributes } = lookOf(appearance);
  for (const [name, value] of Object.entries(variables)) root.style.setProperty(name, value);
  for (const [name, value] of Object.entries(attributes)) root.setAttribute(name, value);
}

function keepLocale(cookie: string, locale: Locale | null): void {
  const age = locale === null ? 0 : 365 * 24 * 3600;
  document.cookie = `${cookie}=${locale ?? ""}; path=/; max-age=${age}; samesite=lax`;
}
