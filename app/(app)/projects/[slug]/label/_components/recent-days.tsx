"use client";

import { useQuery } from "@tanstack/react-query";
import type { ReactElement } from "react";
import { cn } from "@/app/_components/ui/cn";
import { formatNumber } from "@/app/_components/ui/numbers";
import { Popover, PopoverContent, PopoverTrigger } from "@/app/_components/ui/popover";
import { Skeleton } from "@/app/_components/ui/skeleton";
import type { ProgressDaysResponse } from "@/lib/assignments/schema";
import { type LabelledProject, progressDaysQuery } from "./assignment-queries";
import { wordDuration } from "./word-duration";

type DaysProps = {
  project: LabelledProject;
  submittedToday: number;
  /** How many instances are left, in words. */
  left: string;
};

/** The person's day in numbers, and the week. */
export function RecentDays({ trigger, ...days }: DaysProps & { trigger: ReactElement }) {
  return (
    <Popover defaultOpen>
      <PopoverTrigger asChild>{trigger}</PopoverTrigger>
      <PopoverContent aria-label="My progress">
        <Days {...days} />
      </PopoverContent>
    </Popover>
  );
}

function Days({ project, submittedToday, left }: DaysProps) {
  const { data, error } = useQuery(progressDaysQuery(project, submittedToday));
  if (error) return <p role="alert">{error.message}</p>;
  if (!data) {
    return (
      <div role="status" aria-label="Loading your progress" className="grid gap-3">
        <Skeleton className="h-20" />
        <Skeleton className="h-16" />
      </div>
    );
  }
  const { submitted, skipped, medianActiveMs, activeMs } = data.today;
  const facts = [
    ["Submitted today", formatNumber(submitted)],
    ["Skipped today", formatNumber(skipped)],
    ["Active time an instance, median", medianActiveMs === null ? "none yet" : wordDuration(medianActiveMs)],
    ["Active time in all", wordDuration(activeMs)],
  ];
  return (
    <div className="grid gap-3 text-[0.8125rem]">
      <dl className="grid grid-cols-[1fr_auto] gap-x-4 gap-y-1 tabular-nums">
        {facts.map(([name, value]) => (
          <div key={name} className="col-span-full grid grid-cols-subgrid">
            <dt className="text-muted-foreground">{name}</dt>
            <dd className="text-right font-medium">{value}</dd>
          </div>
        ))}
      </dl>
      <Week days={data.days} />
      <p className="text-xs text-muted-foreground">
        {left}. Days begin at midnight UTC. Time counts while the page is in sight and you are at it.
      </p>
    </div>
  );
}

/** Submissions of the last seven days as bars of one scale. */
function Week({ days }: { days: ProgressDaysResponse["days"] }) {
  const most = Math.max(1, ...days.map(({ submitted }) => submitted));
  return (
    <ol aria-label="Submitted in the last seven days" className="grid grid-cols-7 gap-1.5 border-t pt-3">
      {days.map(({ day, submitted }, index) => (
        <li key={day} title={`${day}: ${formatNumber(submitted)}`} className="grid min-w-0 gap-1 text-center text-xs">
          <span className="truncate tabular-nums">{formatNumber(submitted)}</span>
          <span aria-hidden className="flex h-10 items-end">
            <span
              className={cn("w-full rounded-t-sm", index === days.length - 1 ? "bg-primary" : "bg-border-strong")}
              style={{ height: submitted === 0 ? "1px" : `${Math.max(6, (100 * submitted) / most)}%` }}
            />
          </span>
          <time dateTime={day} className="text-muted-foreground">
            <span className="sr-only">on {day}</span>
            <span aria-hidden>{weekday(day)}</span>
          </time>
        </li>
      ))}
    </ol>
  );
}

function weekday(day: string): string {
  return new Intl.DateTimeFormat("en-GB", { timeZone: "UTC", weekday: "short" }).format(new Date(day)).slice(0, 2);
}
