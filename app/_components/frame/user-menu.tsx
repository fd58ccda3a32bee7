"use client";

import { useTranslations } from "next-intl";
import { lazy } from "react";

import { LazyPopup } from "../ui/lazy-popup";

const UserMenuList = lazy(async () => ({ default: (await import("./user-menu-list")).UserMenuList }));

export type FrameUser = { name: string; email: string; isAdmin: boolean };

/** The signed-in person's own menu. */
export function UserMenu({ user }: { user: FrameUser }) {
  const t = useTranslations("frame");
  return (
    <LazyPopup
      kind="menu"
      trigger={
        <button
          aria-label={t("yourAccount", { name: user.name })}
          className="flex size-8 items-center justify-center rounded-full hover:bg-accent data-[state=open]:bg-accent"
        >
          <span
            aria-hidden
            className="flex size-6.5 items-center justify-center rounded-full bg-tone-indigo-soft text-[0.6875rem] font-semibold text-tone-indigo-ink"
          >
            {initialsOf(user.name)}
          </span>
        </button>
      }
      popup={(trigger) => <UserMenuList user={user} trigger={trigger} />}
    />
  );
}

/** First letters of the first and last word: "Ada King Lovelace" gives "AL". */
function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/);
  const ends = words.length > 1 ? [words[0], words.at(-1)] : words;
  return ends.map((word) => [...(word ?? "")][0]?.toUpperCase() ?? "").join("") || "?";
}
