"use client";

import { ChevronDown } from "lucide-react";
import { lazy } from "react";
import { Button } from "@/app/_components/ui/button";
import { LazyPopup } from "@/app/_components/ui/lazy-popup";
import { formatNumber } from "@/app/_components/ui/numbers";
import { Progress } from "@/app/_components/ui/progress";
import type { ProgressResponse } from "@/lib/assignments/schema";
import type { LabelledProject } from "./assignment-queries";

const RecentDays = lazy(async () => ({ default: (await import("./recent-days")).RecentDays }));

/** How far the person is today; a click tells more. */
export function TodayProgress({ project, progress }: { project: LabelledProject; progress: ProgressResponse }) {
  const { submittedToday, remaining, hasMore } = progress;
  const total = submittedToday + remaining;
  const left = hasMore
    ? `More than ${formatNumber(remaining)} are left for you`
    : `${formatNumber(remaining)} are left for you`;
  return (
    <LazyPopup
      kind="dialog"
      trigger={
        <Button variant="ghost" size="sm" title={left} className="-ml-2 gap-3 px-2 text-sm font-normal tabular-nums">
          <span>
            {formatNumber(submittedToday)}
            {hasMore ? null : ` of ${formatNumber(total)}`} today
          </span>
          <span aria-hidden className="hidden w-24 @2xl:block @4xl:w-40">
            <Progress value={submittedToday} max={Math.max(1, total)} label="Labelled today" />
          </span>
          <ChevronDown aria-hidden className="-ml-1.5 text-muted-foreground" />
        </Button>
      }
      popup={(trigger) => <RecentDays {...{ project, submittedToday, left, trigger }} />}
    />
  );
}
