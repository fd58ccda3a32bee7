"use client";

import Link from "next/link";
import { useTranslations } from "next-intl";
import { usePathname, useSearchParams } from "next/navigation";
import { type ReactNode, Suspense } from "react";

import { cn } from "./cn";

type TabItem = { href: string; label: ReactNode };

type TabLinksProps = {
  /** `href` is a path ("/a/b") or the same path with a query ("/a?tab=b"); the first item may stand for no query. */
  items: TabItem[];
  /** Names the group for screen readers. */
  label?: string;
  /** False for tabs in the middle of a page, which would jump to its top. */
  scroll?: boolean;
  className?: string;
};

/** Tabs that are places: each has its own address, and the one we are at is marked. */
export function TabLinks(props: TabLinksProps) {
  return (
    <Suspense fallback={<TabList {...props} active={null} />}>
      <MarkedTabs {...props} />
    </Suspense>
  );
}

function MarkedTabs(props: TabLinksProps) {
  const pathname = usePathname();
  const query = useSearchParams();
  return <TabList {...props} active={findActive(props.items, pathname, query)} />;
}

function TabList({ items, label, scroll = true, className, active }: TabLinksProps & { active: TabItem | null }) {
  const t = useTranslations("ui");
  return (
    <nav
      aria-label={label ?? t("sections")}
      className={cn("overflow-x-auto border-b [scrollbar-width:none]", className)}
    >
      <ul className="flex min-w-max gap-5">
        {items.map((item) => (
          <li key={item.href}>
            <Link
              href={item.href}
              scroll={scroll}
              ref={item === active ? showInRow : undefined}
              aria-current={item === active ? "page" : undefined}
              className={cn(
                "flex h-9 items-center gap-1.5 forced-colors:px-1 border-b-2 border-transparent text-muted-foreground transition-colors duration-150 hover:text-foreground focus-visible:-outline-offset-2",
                "aria-[current=page]:border-primary aria-[current=page]:font-medium aria-[current=page]:text-foreground",
              )}
            >
              {item.label}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}

/** Where a row is wider than a phone, the place we are at would else be out of sight. */
function showInRow(link: HTMLAnchorElement | null): void {
  const row = link?.closest("nav");
  if (link && row) row.scrollLeft = link.offsetLeft - row.offsetLeft - (row.clientWidth - link.offsetWidth) / 2;
}

/** The item whose query parts are all in the address, else the one whose path goes furthest along it. */
function findActive(items: TabItem[], pathname: string, query: URLSearchParams): TabItem | null {
  let best: TabItem | null = null;
  let bestScore = -1;
  for (const item of items) {
    const [path = "", search = ""] = item.href.split("?");
    const wanted = [...new URLSearchParams(search)];
    const onPath = pathname === path || (wanted.length === 0 && pathname.startsWith(`${path}/`));
    if (!onPath || !wanted.every(([key, value]) => query.get(key) === value)) continue;
    const score = path.length + wanted.length;
    if (score > bestScore) [best, bestScore] = [item, score];
  }
  const first = items[0];
  return best ?? (first && first.href.split("?")[0] === pathname ? first : null);
}
