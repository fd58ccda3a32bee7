"use client";

import { Ellipsis } from "lucide-react";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { useTranslations } from "next-intl";
import { lazy } from "react";

import { cn } from "../ui/cn";
import { LazyPopup } from "../ui/lazy-popup";
import { findActiveItem } from "./find-active-item";
import { NavIconGlyph, type NavItem } from "./nav-icon";

const MoreMenuList = lazy(async () => ({ default: (await import("./more-menu-list")).MoreMenuList }));

/** How many entries fit beside each other on a narrow phone. */
const places = 5;

const entryClasses = cn(
  "flex h-14 w-full flex-col items-center justify-center gap-0.5 text-[0.6875rem] leading-4 text-muted-foreground focus-visible:-outline-offset-2",
  "aria-[current=page]:font-medium aria-[current=page]:text-primary",
);

/** The menu of a phone: at the lower edge, with what does not fit under "More". */
export function BottomBar({ items }: { items: NavItem[] }) {
  const t = useTranslations("frame");
  const active = findActiveItem(items, usePathname());
  const shown = items.length > places ? items.slice(0, places - 1) : items;
  const rest = items.slice(shown.length);
  return (
    <nav
      aria-label={t("mainMenu")}
      className="fixed inset-x-0 bottom-0 z-30 border-t bg-background pb-[env(safe-area-inset-bottom)] sm:hidden"
    >
      <ul className="flex">
        {shown.map((item) => (
          <li key={item.href} className="min-w-0 flex-1">
            <Link href={item.href} aria-current={item === active ? "page" : undefined} className={entryClasses}>
              <NavIconGlyph icon={item.icon} className="size-5" />
              <span className="max-w-full truncate px-1">{item.label}</span>
            </Link>
          </li>
        ))}
        {rest.length > 0 ? (
          <li className="min-w-0 flex-1">
            <MoreMenu items={rest} active={active} />
          </li>
        ) : null}
      </ul>
    </nav>
  );
}

function MoreMenu({ items, active }: { items: NavItem[]; active: NavItem | null }) {
  const t = useTranslations("frame");
  const holdsActive = items.some((item) => item === active);
  return (
    <LazyPopup
      kind="menu"
      trigger={
        <button className={cn(entryClasses, holdsActive && "font-medium text-primary")}>
          <Ellipsis aria-hidden className="size-5" />
          {t("more")}
        </button>
      }
      popup={(trigger) => <MoreMenuList items={items} active={active} trigger={trigger} />}
    />
  );
}
