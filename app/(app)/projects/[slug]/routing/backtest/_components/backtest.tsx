"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";

import { Section } from "@/app/_components/ui/page";
import { Examples } from "../../_components/examples";
import { usePreview } from "../../_components/policy-calls";
import type { BacktestProps } from "./backtest-props";
import { type Choice, inputOfChoice, startChoice, todayOf } from "./choice";
import { Comparison } from "./comparison";
import { Controls } from "./controls";
import { Outcome } from "./outcome";

/** Policies beside each other on the project's own data: what a budget would buy, and the means to have it. */
export function Backtest(props: BacktestProps) {
  const t = useTranslations("routing.backtest");
  const { slug, fit, routing, canManage } = props;
  const today = todayOf(routing);
  const [choice, setChoice] = useState<Choice>(() => startChoice(fit.report, routing));
  const change = (changed: Partial<Choice>) => setChoice({ ...choice, ...changed });
  const policy = canManage ? inputOfChoice(choice, routing.current.policy) : null;
  const preview = usePreview(slug, policy);
  return (
    <>
      <Section title={t("title")} description={t("description")}>
        <div className="grid grid-cols-1 gap-x-8 gap-y-6 xl:grid-cols-[15rem_minmax(0,1fr)_19rem]">
          <Controls {...props} choice={choice} onChange={change} />
          <Comparison {...{ today, choice }} report={fit.report} currency={props.currency} onChange={change} />
          <Outcome {...props} {...{ today, choice, policy, preview }} />
        </div>
      </Section>
      {preview.data && policy !== null ? <Examples slug={slug} examples={preview.data.examples} /> : null}
    </>
  );
}
