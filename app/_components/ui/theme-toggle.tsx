"use client";

import { type LucideIcon, Monitor, Moon, Sun } from "lucide-react";
import { useTheme } from "next-themes";
import { useSyncExternalStore } from "react";

import type { Appearance } from "@/lib/auth/schema";
import { useAppearance } from "../reading/appearance-provider";
import { cn } from "./cn";
import { DropdownMenuLabel, DropdownMenuRadioGroup, DropdownMenuRadioItem } from "./dropdown-menu";

type Theme = Appearance["theme"];

const themes: { value: Theme; label: string; icon: LucideIcon }[] = [
  { value: "light", label: "Light", icon: Sun },
  { value: "dark", label: "Dark", icon: Moon },
  { value: "system", label: "System", icon: Monitor },
];

/** Three small buttons to choose the theme. */
export function ThemeToggle({ className }: { className?: string }) {
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
      aria-label="Theme"
      className={cn("inline-flex gap-0.5 rounded-full border p-0.5", className)}
    >
      {themes.map(({ value, label, icon: Icon }) => (
        <label
          key={value}
          title={label}
          className="relative flex size-6 cursor-pointer items-center justify-center rounded-full text-muted-foreground hover:text-foreground has-checked:bg-accent has-checked:text-foreground has-focus-visible:outline-2 has-focus-visible:outline-ring"
        >
          <input
            type="radio"
            name="theme"
            value={value}
            aria-label={label}
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
  const { theme } = useTheme();
  const { change } = useAppearance();
  return (
    <>
      <DropdownMenuLabel>Theme</DropdownMenuLabel>
      <DropdownMenuRadioGroup value={theme} onValueChange={(value) => change({ theme: value as Theme })}>
        {themes.map(({ value, label, icon: Icon }) => (
          <DropdownMenuRadioItem key={value} value={value}>
            <Icon aria-hidden />
            {label}
          </DropdownMenuRadioItem>
        ))}
      </DropdownMenuRadioGroup>
    </>
  );
}

function subscribeToNothing(): () => void {
  return () => {};
}
