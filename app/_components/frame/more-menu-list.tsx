"use client";

import Link from "next/link";
import type { ReactElement } from "react";

import { DropdownMenu, DropdownMenuContent, DropdownMenuItem, DropdownMenuTrigger } from "../ui/dropdown-menu";
import { NavIconGlyph, type NavItem } from "./nav-icon";

/** The pages that have no place in the bottom bar. */
export function MoreMenuList({
  items,
  active,
  trigger,
}: {
  items: NavItem[];
  active: NavItem | null;
  trigger: ReactElement;
}) {
  return (
    <DropdownMenu defaultOpen>
      <DropdownMenuTrigger asChild>{trigger}</DropdownMenuTrigger>
      <DropdownMenuContent side="top" align="end">
        {items.map((item) => (
          <DropdownMenuItem key={item.href} asChild className="min-h-11">
            <Link href={item.href} aria-current={item === active ? "page" : undefined}>
              <NavIconGlyph icon={item.icon} />
              {item.label}
            </Link>
          </DropdownMenuItem>
        ))}
      </DropdownMenuContent>
    </DropdownMenu>
  );
}
