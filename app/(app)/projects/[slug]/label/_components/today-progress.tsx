"use client";

import { ChevronDown } from "lucide-react";
import { useTranslations } from "next-intl";
import { lazy } from "react";
import { Button } from "@/app/_components/ui/button";
import { LazyPopup } from "@/app/_components/ui/lazy-popup";
import { Progress } from "@/app/_components/ui/progress";
import type { ProgressResponse } from "@/lib/assignments/schema";
import type { LabelledProject } from "./assignment-queries";

const RecentDays = lazy(async () => ({ default: (await import("./recent-days")).RecentDays }));

/** How far the person is today; a click tells more. */
export function TodayProgress({ project, progress }: { project: LabelledProject; progress: ProgressResponse }) {
  const t = useTranslations("label");
  const { submittedToday, remaining, hasMore } = progress;
  const total = submittedToday + remaining;
  const left = hasMore ? t("progress.leftMore", { count: remaining }) : t("progress.left", { count: remaining });
  return (
    <LazyPopup
      kind="dialog"
      trigger={
        <Button variant="ghost" size="sm" title={left} className="-ms-2 gap-3 px-2 text-sm font-normal tabular-nums">
          <span>
            {hasMore
              ? t("progress.today", { count: submittedToday })
              : t("progress.todayOf", { count: submittedToday, total })}
          </span>
          <span aria-hidden className="hidden w-24 @2xl:block @4xl:w-40">
            <Progress value={submittedToday} max={Math.max(1, total)} label={t("progress.bar")} />
          </span>
          <ChevronDown aria-hidden className="-ms-1.5 text-muted-foreground" />
        </Button>
      }
      popup={(trigger) => <RecentDays {...{ project, submittedToday, left, trigger }} />}
    />
  );
}
