"use client";

import { useTheme } from "next-themes";
import { useRouter } from "next/navigation";
import { createContext, type ReactNode, use, useEffect, useEffectEvent, useRef, useState } from "react";
import { toast } from "sonner";
import type { Appearance, AppearanceInput } from "@/lib/auth/schema";
import type { Locale } from "@/lib/text/locales";
import { api, ApiError } from "../api-client";
import { lookOf } from "./look";

type AppearanceContext = { appearance: Appearance; change: (part: AppearanceInput) => void };

const Context = createContext<AppearanceContext | null>(null);

type AppearanceProviderProps = {
  initial: Appearance;
  /** Id of whoever the choices are kept for; null before one signs in, when they hold in this browser alone. */
  person: string | null;
  /** Name of the cookie that holds the language, for the first request of a page. */
  cookie: string;
  children: ReactNode;
};

/**
 * How the person reads, for the whole page; a change shows at once and is stored behind it. What could not be stored, or
 * was on its way when the page was left, is kept in the browser and stored by the next page.
 */
export function AppearanceProvider({ initial, person, cookie, children }: AppearanceProviderProps) {
  const [appearance, setAppearance] = useState(initial);
  const { theme, setTheme } = useTheme();
  const router = useRouter();
  const hasArrived = useRef(false);

  const apply = (part: AppearanceInput) => {
    const next = { ...appearance, ...part };
    setAppearance(next);
    paint(next);
    if (part.theme !== undefined && part.theme !== theme) setTheme(part.theme);
    if (part.locale === undefined) return;
    keepLocale(cookie, part.locale);
    // Texts of the new language come with the page; what the page holds in the browser stays as it is.
    if (part.locale !== document.documentElement.lang) router.refresh();
  };
  const change = (part: AppearanceInput) => {
    apply(part);
    if (person !== null) store(person, part).catch((error: Error) => toast.error(error.message));
  };

  // A browser that the person has not used before learns what they chose elsewhere, and tells what it has not told yet.
  // Where nothing differs nothing is set: an update would make the browser render again what still comes from the server.
  const arrive = useEffectEvent(() => {
    if (person === null) return;
    const unstored = readUnstored(person);
    if (Object.keys(unstored).length > 0) change(unstored);
    const wanted = { ...initial, ...unstored };
    if (wanted.theme !== theme) setTheme(wanted.theme);
    // A language that was chosen here by somebody else, or given up in another browser, is not that of a person without one.
    if (wanted.locale === null ? !isKept(cookie) : wanted.locale === document.documentElement.lang) return;
    keepLocale(cookie, wanted.locale);
    router.refresh();
  });
  useEffect(() => {
    if (!hasArrived.current) arrive();
    hasArrived.current = true;
    const leave = () => (isLeaving = true);
    window.addEventListener("beforeunload", leave);
    return () => window.removeEventListener("beforeunload", leave);
  }, []);
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

function isKept(cookie: string): boolean {
  return document.cookie.split("; ").some((one) => one.startsWith(`${cookie}=`));
}

function keepLocale(cookie: string, locale: Locale | null): void {
  const age = locale === null ? 0 : 365 * 24 * 3600;
  document.cookie = `${cookie}=${locale ?? ""}; path=/; max-age=${age}; samesite=lax`;
}

/** One request after the other: an older choice must not arrive last. */
let sending: Promise<unknown> = Promise.resolve();

/**
 * The page that comes next may have been made before the server had a choice that it has by now: it is told again. A page
 * that is still here after so many milliseconds was not left: it was a download, which the browser announces as leaving.
 */
const longestLeaving = 10_000;
let isLeaving = false;

/** Keeps choices in the browser until the server has them, or says that they are none. */
function store(person: string, part: AppearanceInput): Promise<void> {
  const key = unstoredKey(person);
  localStorage.setItem(key, JSON.stringify({ ...readUnstored(person), ...part }));
  const send = async () => {
    const kept = localStorage.getItem(key);
    if (kept === null) return;
    const forget = () => localStorage.getItem(key) === kept && localStorage.removeItem(key);
    await api("PATCH", "/api/v1/me/appearance", readUnstored(person), { keepalive: true }).then(
      () => (isLeaving ? void setTimeout(forget, longestLeaving) : void forget()),
      (error: Error) => {
        if (error instanceof ApiError && error.code === "invalid") forget();
        throw error;
      },
    );
  };
  const sent = sending.then(send, send);
  sending = sent;
  return sent;
}

function readUnstored(person: string): AppearanceInput {
  try {
    return JSON.parse(localStorage.getItem(unstoredKey(person)) ?? "{}") as AppearanceInput;
  } catch {
    return {};
  }
}

function unstoredKey(person: string): string {
  return `tandem-appearance-${person}`;
}
