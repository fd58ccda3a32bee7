"use client";

import { X } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Button } from "@/app/_components/ui/button";
import { Kbd } from "@/app/_components/ui/kbd";

type SidePanelProps = { title: string; closeKey?: string; onClose: () => void; children: ReactNode };

/** What can stay open beside the instance; over it where there is no room. */
export function SidePanel({ title, closeKey, onClose, children }: SidePanelProps) {
  const t = useTranslations("label");
  return (
    <aside
      aria-label={title}
      className="flex w-[22rem] max-w-full shrink-0 flex-col border-s bg-background max-lg:fixed max-lg:top-(--frame-top) max-lg:end-0 max-lg:bottom-(--frame-bottom) max-lg:z-40 max-lg:shadow-xl max-sm:w-full"
    >
      <div className="flex h-11 shrink-0 items-center justify-between gap-2 border-b ps-4 pe-2">
        <h2 className="font-semibold">{title}</h2>
        <span className="flex items-center gap-1.5">
          {closeKey ? (
            <Kbd aria-hidden className="max-sm:hidden">
              {closeKey}
            </Kbd>
          ) : null}
          <Button variant="ghost" size="icon" aria-label={t("close", { panel: title.toLowerCase() })} onClick={onClose}>
            <X aria-hidden />
          </Button>
        </span>
      </div>
      <div className="min-h-0 flex-1 overflow-y-auto">{children}</div>
    </aside>
  );
}
