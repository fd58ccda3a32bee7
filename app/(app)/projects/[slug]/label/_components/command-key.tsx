"use client";

import { createContext, use } from "react";
import { cn } from "@/app/_components/ui/cn";
import { Kbd } from "@/app/_components/ui/kbd";
import { bindingsOf, nameKey, type CommandName } from "./bindings";

/** The keys in force on this page. */
export const BindingsContext = createContext(bindingsOf({}));

/** The key of a command as it is written, also for `aria-keyshortcuts`; undefined for one without a key. */
export function useKeyOf(command: CommandName | undefined): string | undefined {
  const bindings = use(BindingsContext);
  const key = command && bindings[command];
  return key ? nameKey(key) : undefined;
}

/** The key of a command on its control. */
export function CommandKey({ command, className }: { command: CommandName; className?: string }) {
  const key = useKeyOf(command);
  if (key === undefined) return null;
  return (
    <Kbd aria-hidden dir="ltr" className={cn("max-sm:hidden", className)}>
      {key.replace("Shift+", "⇧")}
    </Kbd>
  );
}
