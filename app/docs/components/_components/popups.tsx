"use client";

import { useTranslations } from "next-intl";
import { Button } from "@/app/_components/ui/button";
import { ConfirmDialog } from "@/app/_components/ui/confirm-dialog";
import { Dialog, DialogClose, DialogContent, DialogTrigger } from "@/app/_components/ui/dialog";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuLabel,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from "@/app/_components/ui/dropdown-menu";
import { Section } from "@/app/_components/ui/page";
import { Popover, PopoverContent, PopoverTrigger } from "@/app/_components/ui/popover";
import { Tooltip } from "@/app/_components/ui/tooltip";

/** What stands above the page while it is asked for. */
export function Popups() {
  const t = useTranslations("gallery");
  return (
    <Section title={t("popups")}>
      <div className="flex flex-wrap gap-3">
        <DropdownMenu>
          <DropdownMenuTrigger asChild>
            <Button>{t("menu")}</Button>
          </DropdownMenuTrigger>
          <DropdownMenuContent align="start">
            <DropdownMenuLabel>{t("menu")}</DropdownMenuLabel>
            <DropdownMenuItem>{t("tabFirst")}</DropdownMenuItem>
            <DropdownMenuItem disabled>{t("disabled")}</DropdownMenuItem>
            <DropdownMenuSeparator />
            <DropdownMenuItem danger>{t("remove")}</DropdownMenuItem>
          </DropdownMenuContent>
        </DropdownMenu>
        <Popover>
          <PopoverTrigger asChild>
            <Button>{t("popover")}</Button>
          </PopoverTrigger>
          <PopoverContent aria-label={t("popover")}>{t("longText")}</PopoverContent>
        </Popover>
        <Tooltip content={t("longText")} side="bottom">
          <Button>{t("tooltip")}</Button>
        </Tooltip>
        <Dialog>
          <DialogTrigger asChild>
            <Button>{t("dialog")}</Button>
          </DialogTrigger>
          <DialogContent
            title={t("dialog")}
            description={t("longText")}
            footer={
              <DialogClose asChild>
                <Button variant="primary">{t("done")}</Button>
              </DialogClose>
            }
          />
        </Dialog>
        <ConfirmDialog
          trigger={<Button variant="danger">{t("remove")}</Button>}
          title={t("removeTitle")}
          description={t("removeText")}
          confirmLabel={t("remove")}
          danger
          onConfirm={() => {
            throw new Error(t("removeFailed"));
          }}
        />
      </div>
    </Section>
  );
}
