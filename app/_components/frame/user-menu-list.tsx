"use client";

import { ALargeSmall, BookOpen, KeyRound, LogOut, Network, ScrollText, UserRound, Users } from "lucide-react";
import { signOut } from "next-auth/react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import type { ReactElement } from "react";
import { toast } from "sonner";

import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from "../ui/dropdown-menu";
import { localeCookie } from "@/lib/text/locales";
import { ThemeMenuItems } from "../ui/theme-toggle";
import type { FrameUser } from "./user-menu";

/** What the signed-in person can do for themselves. */
export function UserMenuList({ user, trigger }: { user: FrameUser; trigger: ReactElement }) {
  const t = useTranslations("frame");
  return (
    <DropdownMenu defaultOpen>
      <DropdownMenuTrigger asChild>{trigger}</DropdownMenuTrigger>
      <DropdownMenuContent align="end" className="w-60">
        <div className="px-2 pt-1.5 pb-1">
          <p dir="auto" className="truncate font-medium rtl:text-right">
            {user.name}
          </p>
          <p dir="auto" className="truncate text-[0.8125rem] text-muted-foreground rtl:text-right">
            {user.email}
          </p>
        </div>
        <DropdownMenuSeparator />
        <ThemeMenuItems />
        <DropdownMenuSeparator />
        <DropdownMenuItem asChild>
          <Link href="/account">
            <UserRound aria-hidden />
            {t("account")}
          </Link>
        </DropdownMenuItem>
        <DropdownMenuItem asChild>
          <Link href="/account/reading">
            <ALargeSmall aria-hidden />
            {t("reading")}
          </Link>
        </DropdownMenuItem>
        <DropdownMenuItem asChild>
          <Link href="/account/api-keys">
            <KeyRound aria-hidden />
            {t("apiKeys")}
          </Link>
        </DropdownMenuItem>
        <DropdownMenuItem asChild>
          <Link href="/docs/api">
            <BookOpen aria-hidden />
            {t("apiDocumentation")}
          </Link>
        </DropdownMenuItem>
        {user.isAdmin ? (
          <>
            <DropdownMenuSeparator />
            <DropdownMenuItem asChild>
              <Link href="/users">
                <Users aria-hidden />
                {t("users")}
              </Link>
            </DropdownMenuItem>
            <DropdownMenuItem asChild>
              <Link href="/allowed-hosts">
                <Network aria-hidden />
                {t("allowedHosts")}
              </Link>
            </DropdownMenuItem>
            <DropdownMenuItem asChild>
              <Link href="/audit">
                <ScrollText aria-hidden />
                {t("audit")}
              </Link>
            </DropdownMenuItem>
          </>
        ) : null}
        <DropdownMenuSeparator />
        <DropdownMenuItem onSelect={() => void leave(t("stillSignedIn"))}>
          <LogOut aria-hidden />
          {t("signOut")}
        </DropdownMenuItem>
      </DropdownMenuContent>
    </DropdownMenu>
  );
}

async function leave(stillSignedIn: string) {
  // The language is the person's: the next one in this browser has another, or none.
  document.cookie = `${localeCookie}=; path=/; max-age=0; samesite=lax`;
  try {
    await signOut({ callbackUrl: "/sign-in" });
  } catch {
    toast.error(stillSignedIn);
  }
}
