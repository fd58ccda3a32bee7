"use client";

import { X } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { Button } from "@/app/_components/ui/button";
import { Strip } from "../notices";
import { wordMoment } from "./moment";
import { assignmentIn, wordNews, type News } from "./news";

type RecoveredNoticeProps = {
  news: News[];
  shownId: string | undefined;
  onOpen: (assignmentId: string) => void;
  onRead: () => void;
};

/** What became of work from before, such as a draft that is back. */
export function RecoveredNotice({ news, shownId, onOpen, onRead }: RecoveredNoticeProps) {
  const t = useTranslations("label");
  const locale = useLocale();
  // What is on the screen needs no way to it.
  const told = news.filter((one) => shownId === undefined || assignmentIn(one) !== shownId);
  return (
    <div role="status">
      {told.length === 0 ? null : (
        <Strip>
          <ul className="grid min-w-0 flex-1 gap-x-3 gap-y-0.5">
            {told.map((one) => (
              <li key={JSON.stringify(one)} className="[overflow-wrap:anywhere]">
                {wordNews(one, (at) => wordMoment(at, locale), t)}{" "}
                {"assignmentId" in one ? (
                  <Button variant="link" size="sm" onClick={() => onOpen(one.assignmentId)}>
                    {t("news.open")}
                  </Button>
                ) : null}
              </li>
            ))}
          </ul>
          <Button variant="ghost" size="icon" aria-label={t("news.close")} onClick={onRead}>
            <X aria-hidden />
          </Button>
        </Strip>
      )}
    </div>
  );
}
