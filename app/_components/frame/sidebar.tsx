"use client";

import { PanelLeftClose, PanelLeftOpen } from "lucide-react";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";

import { cn } from "../ui/cn";
import { Tooltip } from "../ui/tooltip";
import { findActiveItem } from "./find-active-item";
import { foldedCookie } from "./folded-cookie";
import { NavIconGlyph, type NavItem } from "./nav-icon";
import { Wordmark } from "./wordmark";

const oneYearSeconds = 365 * 24 * 3600;

/** The menu at the start of windows wider than a phone; folds to its icons. */
export function Sidebar({ items, initiallyFolded }: { items: NavItem[]; initiallyFolded: boolean }) {
  const t = useTranslations("frame");
  const [folded, setFolded] = useState(initiallyFolded);
  const active = findActiveItem(items, usePathname());
  const FoldIcon = folded ? PanelLeftOpen : PanelLeftClose;

  function toggle() {
    const next = !folded;
    setFolded(next);
    document.cookie = `${foldedCookie}=${next ? "1" : "0"}; path=/; max-age=${oneYearSeconds}; samesite=lax`;
  }

  return (
    <nav
      aria-label={t("mainMenu")}
      className={cn(
        "sticky top-0 z-20 hidden h-dvh shrink-0 flex-col border-e bg-sidebar transition-[width] duration-150 sm:flex",
        folded ? "w-[3.25rem]" : "w-52",
      )}
    >
      <div className="flex h-(--frame-top) shrink-0 items-center px-3.5">
        <Link href="/projects" className="flex rounded-md">
          <Wordmark compact={folded} />
        </Link>
      </div>
      <ul className="flex min-h-0 flex-1 flex-col gap-0.5 overflow-y-auto px-2 py-2">
        {items.map((item) => (
          <li key={item.href}>
            <SidebarLink item={item} folded={folded} active={item === active} />
          </li>
        ))}
      </ul>
      <div className="p-2">
        <Tooltip content={folded ? t("unfoldMenu") : null} side="end">
          <button type="button" onClick={toggle} className={entryClasses(folded)}>
            <FoldIcon aria-hidden className="rtl:-scale-x-100" />
            <span className={cn("truncate", folded && "sr-only")}>{folded ? t("unfoldMenu") : t("foldMenu")}</span>
          </button>
        </Tooltip>
      </div>
    </nav>
  );
}

function SidebarLink({ item, folded, active }: { item: NavItem; folded: boolean; active: boolean }) {
  return (
    <Tooltip content={folded ? item.label : null} side="end">
      <Link href={item.href} aria-current={active ? "page" : undefined} className={entryClasses(folded)}>
        <NavIconGlyph icon={item.icon} />
        <span className={cn("truncate", folded && "sr-only")}>{item.label}</span>
      </Link>
    </Tooltip>
  );
}

function entryClasses(folded: boolean): string {
  return cn(
    "flex h-8 w-full items-center gap-2.5 rounded-md text-muted-foreground transition-colors duration-150 focus-visible:-outline-offset-1 [&_svg]:size-4 [&_svg]:shrink-0",
    "hover:bg-accent hover:text-foreground",
    "aria-[current=page]:bg-accent aria-[current=page]:font-medium aria-[current=page]:text-foreground aria-[current=page]:[&_svg]:text-primary",
    folded ? "justify-center" : "px-2.5",
  );
}
