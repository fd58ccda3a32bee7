"use client";

import { useQuery } from "@tanstack/react-query";
import { useLocale, useTranslations } from "next-intl";
import type { ReactElement } from "react";
import { cn } from "@/app/_components/ui/cn";
import { Popover, PopoverContent, PopoverTrigger } from "@/app/_components/ui/popover";
import { Skeleton } from "@/app/_components/ui/skeleton";
import { useNumbers } from "@/app/_components/ui/use-numbers";
import { wordDuration } from "@/app/_components/ui/word-duration";
import type { ProgressDaysResponse } from "@/lib/assignments/schema";
import { intlTag, type Locale } from "@/lib/text/locales";
import { type LabelledProject, progressDaysQuery } from "./assignment-queries";

type DaysProps = {
  project: LabelledProject;
  submittedToday: number;
  /** How many instances are left, in words. */
  left: string;
};

/** The person's day in numbers, and the week. */
export function RecentDays({ trigger, ...days }: DaysProps & { trigger: ReactElement }) {
  const t = useTranslations("label");
  return (
    <Popover defaultOpen>
      <PopoverTrigger asChild>{trigger}</PopoverTrigger>
      <PopoverContent aria-label={t("progress.title")}>
        <Days {...days} />
      </PopoverContent>
    </Popover>
  );
}

function Days({ project, submittedToday, left }: DaysProps) {
  const t = useTranslations("label");
  const durations = useTranslations("ui.duration");
  const numbers = useNumbers();
  const { data, error } = useQuery(progressDaysQuery(project, submittedToday));
  if (error) return <p role="alert">{error.message}</p>;
  if (!data) {
    return (
      <div role="status" aria-label={t("progress.loading")} className="grid gap-3">
        <Skeleton className="h-20" />
        <Skeleton className="h-16" />
      </div>
    );
  }
  const { submitted, skipped, medianActiveMs, activeMs } = data.today;
  const facts = [
    [t("progress.submitted"), numbers.number(submitted)],
    [t("progress.skipped"), numbers.number(skipped)],
    [
      t("progress.median"),
      medianActiveMs === null
        ? t("progress.noneYet")
        : wordDuration(medianActiveMs, numbers, durations, { withTenths: true }),
    ],
    [t("progress.total"), wordDuration(activeMs, numbers, durations)],
  ];
  return (
    <div className="grid gap-3 text-[0.8125rem]">
      <dl className="grid grid-cols-[1fr_auto] gap-x-4 gap-y-1 tabular-nums">
        {facts.map(([name, value]) => (
          <div key={name} className="col-span-full grid grid-cols-subgrid">
            <dt className="text-muted-foreground">{name}</dt>
            <dd className="text-end font-medium">
              <bdi>{value}</bdi>
            </dd>
          </div>
        ))}
      </dl>
      <Week days={data.days} />
      <p className="text-xs text-muted-foreground">{t("progress.note", { left })}</p>
    </div>
  );
}

/** Submissions of the last seven days as bars of one scale. */
function Week({ days }: { days: ProgressDaysResponse["days"] }) {
  const t = useTranslations("label");
  const locale = useLocale();
  const { number } = useNumbers();
  const most = Math.max(1, ...days.map(({ submitted }) => submitted));
  return (
    <ol aria-label={t("progress.week")} className="grid grid-cols-7 gap-1.5 border-t pt-3">
      {days.map(({ day, submitted }, index) => (
        <li
          key={day}
          title={t("progress.ofDay", { day, count: submitted })}
          className="grid min-w-0 gap-1 text-center text-xs"
        >
          <span className="truncate tabular-nums">{number(submitted)}</span>
          <span aria-hidden className="flex h-10 items-end">
            <span
              className={cn("w-full rounded-t-sm", index === days.length - 1 ? "bg-primary" : "bg-border-strong")}
              style={{ height: submitted === 0 ? "1px" : `${Math.max(6, (100 * submitted) / most)}%` }}
            />
          </span>
          <time dateTime={day} className="text-muted-foreground">
            <span className="sr-only">{t("progress.onDay", { day })}</span>
            <span aria-hidden>{weekday(day, locale)}</span>
          </time>
        </li>
      ))}
    </ol>
  );
}

/** As short as bars are wide: "Mo" in English, whose first letters say too little. */
function weekday(day: string, locale: Locale): string {
  const style = locale === "en" ? "short" : "narrow";
  const words = new Intl.DateTimeFormat(intlTag(locale), { timeZone: "UTC", weekday: style }).format(new Date(day));
  return words.slice(0, 2);
}
