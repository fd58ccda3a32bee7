import type { NavItem } from "./nav-icon";

/** The entry whose address goes furthest along the current one: /p/demo/import is under "Import", not under "Overview". */
export function findActiveItem(items: NavItem[], pathname: string): NavItem | null {
  return items
    .filter((item) => pathname === item.href || pathname.startsWith(`${item.href}/`))
    .reduce<NavItem | null>((best, item) => (best && best.href.length >= item.href.length ? best : item), null);
}
