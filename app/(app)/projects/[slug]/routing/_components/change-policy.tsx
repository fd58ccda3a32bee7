"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";

import { Section } from "@/app/_components/ui/page";
import type { PolicyKind, RoutingView } from "@/lib/routing/schema";
import type { RoutingSettings } from "@/lib/routing/settings/schema";
import { ApplyPanel } from "./apply-panel";
import { Examples } from "./examples";
import { usePreview } from "./policy-calls";
import { PolicyFields } from "./policy-fields";
import type { FitState } from "./policy-kinds";
import { faultsOf, inputOf, valuesOf, withKind } from "./policy-values";
import type { JudgeChoice } from "./policy-fields-props";

type ChangePolicyProps = {
  slug: string;
  routing: RoutingView;
  settings: RoutingSettings;
  fit: FitState;
  judges: JudgeChoice[];
  currency: string;
  /** The day it is, in UTC. */
  today: string;
  /** The kind to begin with, where it is not that of the current policy. */
  kind?: PolicyKind | undefined;
};

/** A form for the next policy, with what it would change beside it and which instances would go where below. */
export function ChangePolicy(props: ChangePolicyProps) {
  const { slug, routing, settings, fit, judges, currency, today } = props;
  const t = useTranslations("routing.change");
  const tFaults = useTranslations("routing.faults");
  const [values, setValues] = useState(() => {
    const current = valuesOf(routing.current.policy, today);
    return props.kind === undefined ? current : withKind(current, props.kind);
  });
  const faults = faultsOf(values, tFaults);
  const policy = Object.keys(faults).length === 0 ? inputOf(values) : null;
  const preview = usePreview(slug, policy);
  return (
    <Section title={t("title")} description={t("description")}>
      <div className="grid grid-cols-1 gap-6 lg:grid-cols-2">
        <PolicyFields
          {...{ values, faults, fit, judges, currency }}
          onChange={(change) => setValues({ ...values, ...change })}
        />
        <ApplyPanel {...{ slug, routing, settings, currency, policy, preview }} />
      </div>
      {preview.data && policy !== null ? <Examples slug={slug} examples={preview.data.examples} /> : null}
    </Section>
  );
}
