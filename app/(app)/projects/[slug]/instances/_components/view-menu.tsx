"use client";

import { SlidersHorizontal } from "lucide-react";
import { useTranslations } from "next-intl";
import { useRouter } from "next/navigation";

import { Button } from "@/app/_components/ui/button";
import {
  DropdownMenu,
  DropdownMenuCheckboxItem,
  DropdownMenuContent,
  DropdownMenuLabel,
  DropdownMenuRadioGroup,
  DropdownMenuRadioItem,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from "@/app/_components/ui/dropdown-menu";
import { type Column, columns, type View, viewCookie, writeView } from "./view";

const oneYearSeconds = 365 * 24 * 3600;

/** Which columns the table has and how dense it is. */
export function ViewMenu({ view }: { view: View }) {
  const t = useTranslations("instances");
  const router = useRouter();

  function change(next: View) {
    remember(next);
    router.refresh();
  }

  function toggle(column: Column) {
    const kept = view.columns.filter((one) => one !== column);
    change({ ...view, columns: kept.length < view.columns.length ? kept : [...kept, column] });
  }

  return (
    <DropdownMenu>
      <DropdownMenuTrigger asChild>
        <Button>
          <SlidersHorizontal aria-hidden />
          {t("view.view")}
        </Button>
      </DropdownMenuTrigger>
      <DropdownMenuContent align="end">
        <DropdownMenuLabel>{t("view.columns")}</DropdownMenuLabel>
        {columns.map((column) => (
          <DropdownMenuCheckboxItem
            key={column}
            checked={view.columns.includes(column)}
            // Several are often changed in one go.
            onSelect={(event) => event.preventDefault()}
            onCheckedChange={() => toggle(column)}
          >
            {t(`columns.${column}`)}
          </DropdownMenuCheckboxItem>
        ))}
        <DropdownMenuSeparator />
        <DropdownMenuLabel>{t("view.density")}</DropdownMenuLabel>
        <DropdownMenuRadioGroup
          value={view.density}
          onValueChange={(density) => change({ ...view, density: density as View["density"] })}
        >
          <DropdownMenuRadioItem value="comfortable">{t("view.comfortable")}</DropdownMenuRadioItem>
          <DropdownMenuRadioItem value="compact">{t("view.compact")}</DropdownMenuRadioItem>
        </DropdownMenuRadioGroup>
      </DropdownMenuContent>
    </DropdownMenu>
  );
}

function remember(view: View) {
  document.cookie = `${viewCookie}=${writeView(view)}; path=/; max-age=${oneYearSeconds}; samesite=lax`;
}
