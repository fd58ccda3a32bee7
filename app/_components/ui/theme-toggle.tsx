"use client";

import { BookOpen, type LucideIcon, Monitor, Moon, Sun } from "lucide-react";
import { useTranslations } from "next-intl";
import { useTheme } from "next-themes";
import { useSyncExternalStore } from "react";

import type { Appearance } from "@/lib/auth/schema";
import { useAppearance } from "../reading/appearance-provider";
import { cn } from "./cn";
import { DropdownMenuLabel, DropdownMenuRadioGroup, DropdownMenuRadioItem } from "./dropdown-menu";

type Theme = Appearance["theme"];

const themes: { value: Theme; icon: LucideIcon }[] = [
  { value: "light", icon: Sun },
  { value: "dark", icon: Moon },
  { value: "paper", icon: BookOpen },
  { value: "system", icon: Monitor },
];

/** Three small buttons to choose the theme. */
export function ThemeToggle({ className }: { className?: string }) {
  const t = useTranslations("ui.theme");
  const { theme } = useTheme();
  const { change } = useAppearance();
  // The choice is kept in the browser, so the server marks none.
  const chosen = useSyncExternalStore(
    subscribeToNothing,
    () => theme,
    () => undefined,
  );
  return (
    <div
      role="radiogroup"
      aria-label={t("theme")}
      className={cn("inline-flex gap-0.5 rounded-full border p-0.5", className)}
    >
      {themes.map(({ value, icon: Icon }) => (
        <label
          key={value}
          title={t(value)}
          className="relative flex size-6 cursor-pointer items-center justify-center rounded-full text-muted-foreground hover:text-foreground has-checked:bg-accent has-checked:text-foreground has-focus-visible:outline-2 has-focus-visible:outline-ring"
        >
          <input
            type="radio"
            name="theme"
            value={value}
            aria-label={t(value)}
            checked={chosen === value}
            onChange={() => change({ theme: value })}
            className="sr-only"
          />
          <Icon aria-hidden className="size-3.5" />
        </label>
      ))}
    </div>
  );
}

/** The same choice as entries of a menu. */
export function ThemeMenuItems() {
  const t = useTranslations("ui.theme");
  const { theme } = useTheme();
  const { change } = useAppearance();
  return (
    <>
      <DropdownMenuLabel>{t("theme")}</DropdownMenuLabel>
      <DropdownMenuRadioGroup value={theme} onValueChange={(value) => change({ theme: value as Theme })}>
        {themes.map(({ value, icon: Icon }) => (
          <DropdownMenuRadioItem key={value} value={value}>
            <Icon aria-hidden />
            {t(value)}
          </DropdownMenuRadioItem>
        ))}
      </DropdownMenuRadioGroup>
    </>
  );
}

function subscribeToNothing(): () => void {
  return () => {};
}
