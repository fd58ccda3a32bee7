"use client";

import { useTranslations } from "next-intl";
import { StackedBar } from "@/app/_components/ui/meter-bar";
import { Section } from "@/app/_components/ui/page";
import { Progress } from "@/app/_components/ui/progress";
import { RelativeTime } from "@/app/_components/ui/time";
import { useNumbers } from "@/app/_components/ui/use-numbers";

/** Numbers, money and shares as the language writes them, and what carries them. */
export function Figures() {
  const t = useTranslations("gallery");
  const { number, percent, money, day } = useNumbers();
  return (
    <Section title={t("figures")}>
      <dl className="grid grid-cols-[max-content_1fr] gap-x-6 gap-y-1 tabular-nums">
        <dt>{t("number")}</dt>
        <dd>{number(1_234_567.891, 2)}</dd>
        <dt>{t("share")}</dt>
        <dd>
          {percent(0.724, 0.019)} · {percent(0.724, [0.7, 0.75])} · {percent(Number.NaN)}
        </dd>
        <dt>{t("money")}</dt>
        <dd>
          {money(12_345_678_900, "EUR")} · {money(1234, "USD")}
        </dd>
        <dt>{t("day")}</dt>
        <dd>{day("2026-11-03T00:00:00Z", true)}</dd>
        <dt>{t("time")}</dt>
        <dd>
          <RelativeTime value="2020-02-29T12:00:00Z" />
        </dd>
      </dl>
      <StackedBar
        label={t("labels")}
        parts={[
          { label: t("sources.human"), value: 420, className: "bg-human" },
          { label: t("sources.lm"), value: 1300, className: "bg-lm" },
          { label: t("sources.rm"), value: 80, className: "bg-rm" },
        ]}
      />
      <div className="grid gap-4 sm:grid-cols-3">
        <Progress value={0} max={100} label={t("notBegun")} />
        <Progress value={37} max={100} label={t("underWay")} />
        <Progress value={null} max={100} label={t("unknown")} />
      </div>
    </Section>
  );
}
