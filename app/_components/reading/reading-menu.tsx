"use client";

import { ALargeSmall } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "../ui/button";
import { Popover, PopoverContent, PopoverTrigger } from "../ui/popover";
import { Tooltip } from "../ui/tooltip";
import { LanguageFields, TextFields, ThemeFields } from "./appearance-fields";

/** Text size, font, colours and language beside the work, so that they can be tried on what one reads. */
export function ReadingMenu() {
  const t = useTranslations("reading");
  return (
    <Popover>
      <Tooltip content={t("title")} side="bottom">
        <PopoverTrigger asChild>
          <Button variant="ghost" size="icon" aria-label={t("title")}>
            <ALargeSmall aria-hidden />
          </Button>
        </PopoverTrigger>
      </Tooltip>
      <PopoverContent
        align="end"
        aria-label={t("title")}
        className="grid max-h-(--radix-popover-content-available-height) w-auto gap-4 overflow-y-auto"
      >
        <TextFields />
        <ThemeFields />
        <LanguageFields />
      </PopoverContent>
    </Popover>
  );
}
