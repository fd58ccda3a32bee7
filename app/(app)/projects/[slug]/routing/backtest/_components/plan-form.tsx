"use client";

import { useTranslations } from "next-intl";
import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";

import { api } from "@/app/_components/api-client";
import { Alert } from "@/app/_components/ui/alert";
import { Button } from "@/app/_components/ui/button";
import { Field } from "@/app/_components/ui/field";
import { Input } from "@/app/_components/ui/input";
import { useNumbers } from "@/app/_components/ui/use-numbers";
import { NativeSelect } from "@/app/_components/ui/select";
import type { Plan, PlanGoal, PlanInput } from "@/lib/routing/budget/schema";
import { hasHumanShare } from "../../_components/policy-values";
import type { CurveName } from "./curve-looks";

type Goal = PlanGoal["kind"];
type PlanFormProps = { slug: string; currency: string; policy: CurveName; onShare: (share: number) => void };

/** Finds the share for a sum of money or a quality, and says what it would buy before anything is applied. */
export function PlanForm({ slug, currency, policy, onShare }: PlanFormProps) {
  const t = useTranslations("routing.plan");
  const [goal, setGoal] = useState<Goal>("spend");
  const [amount, setAmount] = useState("");
  const plan = useMutation({
    mutationFn: (input: PlanInput) => api<Plan>("POST", `/api/v1/projects/${slug}/routing/plan`, input),
    onSuccess: ({ humanShare }) => onShare(Math.round(1000 * humanShare) / 1000),
  });
  if (policy === "oracle" || !hasHumanShare(policy)) return null;
  const most = goal === "spend" ? 1e9 : 100;
  const isAmount = amount.trim() !== "" && Number(amount) >= 0 && Number(amount) <= most;

  function find(event: FormEvent) {
    event.preventDefault();
    if (policy === "oracle" || !hasHumanShare(policy) || !isAmount) return;
    plan.mutate({ policy, goal: goalOf(goal, Number(amount)) });
  }

  return (
    <form
      noValidate
      onSubmit={find}
      className="grid grid-cols-1 content-start gap-3 border-t pt-4 sm:max-xl:col-span-2"
    >
      <Field label={t("goal")}>
        <NativeSelect
          value={goal}
          onChange={({ target }) => {
            setGoal(target.value as Goal);
            plan.reset();
          }}
        >
          <option value="spend">{t("spend")}</option>
          <option value="reach">{t("reach")}</option>
        </NativeSelect>
      </Field>
      <Field
        label={goal === "spend" ? t("money", { currency }) : t("accuracy")}
        hint={t(goal === "spend" ? "spendHint" : "reachHint")}
      >
        <Input
          inputMode="decimal"
          autoComplete="off"
          value={amount}
          onChange={({ target }) => setAmount(target.value)}
        />
      </Field>
      <Button type="submit" className="justify-self-start" disabled={!isAmount} pending={plan.isPending}>
        {t("find")}
      </Button>
      {plan.error ? <Alert tone="danger">{plan.error.message}</Alert> : null}
      {plan.data ? <Bought plan={plan.data} currency={currency} /> : null}
    </form>
  );
}

function Bought({ plan, currency }: { plan: Plan; currency: string }) {
  const t = useTranslations("routing.plan");
  const { money } = useNumbers();
  const { sentence, isReached, humanMicros, judgeMicros } = plan;
  return (
    <div role="status" className="grid gap-1.5">
      <Alert tone={isReached ? "success" : "warning"} title={isReached ? undefined : t("outOfReach")}>
        {sentence}
      </Alert>
      <p className="text-[0.8125rem] text-muted-foreground tabular-nums">
        {t("prices", { people: money(humanMicros, currency), ai: money(judgeMicros, currency) })}
      </p>
    </div>
  );
}

function goalOf(kind: Goal, amount: number): PlanGoal {
  return kind === "spend"
    ? { kind, micros: Math.round(1e6 * amount) }
    : { kind, labelAccuracy: Number((amount / 100).toPrecision(12)) };
}
