"use client";

import { type LucideIcon, Monitor, Moon, Sun } from "lucide-react";
import { useTranslations } from "next-intl";
import { useTheme } from "next-themes";
import { useSyncExternalStore } from "react";

import { cn } from "./cn";
import { DropdownMenuLabel, DropdownMenuRadioGroup, DropdownMenuRadioItem } from "./dropdown-menu";

const themes: { value: "light" | "dark" | "system"; icon: LucideIcon }[] = [
  { value: "light", icon: Sun },
  { value: "dark", icon: Moon },
  { value: "system", icon: Monitor },
];

/** Three small buttons to choose the theme. */
export function ThemeToggle({ className }: { className?: string }) {
  const t = useTranslations("ui.theme");
  const { theme, setTheme } = useTheme();
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
            onChange={() => setTheme(value)}
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
  const { theme, setTheme } = useTheme();
  return (
    <>
      <DropdownMenuLabel>{t("theme")}</DropdownMenuLabel>
      <DropdownMenuRadioGroup value={theme} onValueChange={setTheme}>
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
