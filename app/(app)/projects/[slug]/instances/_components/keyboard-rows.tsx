"use client";

import type { KeyboardEvent, ReactNode } from "react";

import { TBody } from "@/app/_components/ui/table";

/** A table body in which the arrow keys, Home and End move between the rows' links. */
export function KeyboardRows({ children }: { children: ReactNode }) {
  return <TBody onKeyDown={move}>{children}</TBody>;
}

function move(event: KeyboardEvent<HTMLElement>) {
  const links = [...event.currentTarget.querySelectorAll<HTMLElement>("[data-row-link]")];
  const at = links.indexOf(event.target as HTMLElement);
  const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: links.length - 1 }[event.key];
  const link = next === undefined || at === -1 ? undefined : links[next];
  if (!link) return;
  event.preventDefault();
  link.focus();
}
