"use client";

import { X } from "lucide-react";
import { Button } from "@/app/_components/ui/button";
import { Strip } from "../notices";
import { wordMoment } from "./moment";
import { wordNews, type News } from "./news";

type RecoveredNoticeProps = { news: News[]; onOpen: (assignmentId: string) => void; onRead: () => void };

/** What became of work from before, such as a draft that is back. */
export function RecoveredNotice({ news, onOpen, onRead }: RecoveredNoticeProps) {
  return (
    <div role="status">
      {news.length === 0 ? null : (
        <Strip>
          <ul className="grid min-w-0 flex-1 gap-x-3 gap-y-0.5">
            {news.map((one) => (
              <li key={JSON.stringify(one)} className="[overflow-wrap:anywhere]">
                {wordNews(one, wordMoment)}{" "}
                {"assignmentId" in one ? (
                  <Button variant="link" size="sm" onClick={() => onOpen(one.assignmentId)}>
                    Open it
                  </Button>
                ) : null}
              </li>
            ))}
          </ul>
          <Button variant="ghost" size="icon" aria-label="Close this notice" onClick={onRead}>
            <X aria-hidden />
          </Button>
        </Strip>
      )}
    </div>
  );
}
