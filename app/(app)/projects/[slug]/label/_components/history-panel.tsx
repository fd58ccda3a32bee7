"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { Alert } from "@/app/_components/ui/alert";
import { Button } from "@/app/_components/ui/button";
import { Skeleton } from "@/app/_components/ui/skeleton";
import { RelativeTime } from "@/app/_components/ui/time";
import type { HistoryAnswer, HistoryItem } from "@/lib/assignments/schema";
import { historyQuery, type LabelledProject } from "./assignment-queries";
import { wordAnswer } from "./answer-words";
import { SidePanel } from "./side-panel";

type HistoryPanelProps = {
  project: LabelledProject;
  shownId: string | undefined;
  onOpen: (id: string) => void;
  onClose: () => void;
};

/** What this person has submitted, newest first; each can be opened and corrected. */
export function HistoryPanel({ project, shownId, onOpen, onClose }: HistoryPanelProps) {
  const t = useTranslations("label");
  const { data, error, isPending, hasNextPage, isFetchingNextPage, fetchNextPage, refetch } = useInfiniteQuery(
    historyQuery(project, t),
  );
  return (
    <SidePanel title={t("history.title")} onClose={onClose}>
      {isPending ? (
        <div role="status" aria-label={t("history.loading")} className="grid gap-4 p-4">
          {["w-11/12", "w-4/5", "w-2/3"].map((width) => (
            <Skeleton key={width} className={width} />
          ))}
        </div>
      ) : null}
      {error ? (
        <div className="p-3">
          <Alert tone="danger" title={t("history.notLoaded")}>
            <p>{error.message}</p>
            <Button size="sm" className="mt-2" onClick={() => void refetch()}>
              {t("history.again")}
            </Button>
          </Alert>
        </div>
      ) : null}
      {data?.length === 0 ? <p className="p-4 text-muted-foreground">{t("history.empty")}</p> : null}
      {data ? (
        <ul className="divide-y">
          {data.map((item) => (
            <li key={item.id}>
              <HistoryRow item={item} isShown={item.id === shownId} onOpen={() => onOpen(item.id)} />
            </li>
          ))}
        </ul>
      ) : null}
      {hasNextPage ? (
        <div className="border-t p-3">
          <Button size="sm" pending={isFetchingNextPage} onClick={() => void fetchNextPage()}>
            {t("history.more")}
          </Button>
        </div>
      ) : null}
    </SidePanel>
  );
}

function HistoryRow({ item, isShown, onOpen }: { item: HistoryItem; isShown: boolean; onOpen: () => void }) {
  const t = useTranslations("label");
  const { promptStart, answers, at } = item;
  const word = (answer: HistoryAnswer) => {
    const words = wordAnswer(answer, t);
    return answers.length === 1 ? words : t("list.named", { name: nameOf(answer), words });
  };
  return (
    <button
      type="button"
      aria-current={isShown || undefined}
      onClick={onOpen}
      className="grid w-full gap-1 px-4 py-2.5 text-start hover:bg-accent focus-visible:-outline-offset-2 aria-[current]:bg-tone-indigo-soft"
    >
      {promptStart ? (
        <span lang="" dir="auto" className="line-clamp-2 [overflow-wrap:anywhere]">
          {promptStart}
        </span>
      ) : (
        <span>{promptStart === "" ? t("history.emptyPrompt") : t("history.hiddenPrompt")}</span>
      )}
      <span className="flex flex-wrap items-baseline justify-between gap-x-3 text-[0.8125rem] text-muted-foreground">
        <span>{answers.map(word).join(t("list.comma"))}</span>
        <RelativeTime value={at} />
      </span>
    </button>
  );
}

function nameOf({ question, type, aspect }: HistoryAnswer): string {
  return type === "comparison" || type === "rating" ? aspect : question;
}
