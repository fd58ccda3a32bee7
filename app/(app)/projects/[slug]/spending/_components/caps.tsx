"use client";

import { useTranslations } from "next-intl";
import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useForm } from "react-hook-form";
import { toast } from "sonner";

import { api } from "@/app/_components/api-client";
import { faultOf, FormAlert } from "@/app/_components/form-errors";
import { Button } from "@/app/_components/ui/button";
import { Field } from "@/app/_components/ui/field";
import { Input } from "@/app/_components/ui/input";
import { useNumbers } from "@/app/_components/ui/use-numbers";
import { Section } from "@/app/_components/ui/page";
import { NativeSelect } from "@/app/_components/ui/select";
import { RelativeTime } from "@/app/_components/ui/time";
import type { LimitView, SetCapsInput } from "@/lib/ledger/schema";
import { isAmount, toAmount, toMicros } from "./words";

type Judge = { id: string; name: string };
type CapsProps = { slug: string; caps: LimitView[]; currency: string; judges: Judge[]; canManage: boolean };

/** How much judges may cost and how full that is, with the form to set it. */
export function Caps({ slug, caps, currency, judges, canManage }: CapsProps) {
  const t = useTranslations("spending.caps");
  return (
    <Section title={t("title")} description={t("description")}>
      {caps.length === 0 ? (
        <p className="text-muted-foreground">{t("none")}</p>
      ) : (
        <ul className="grid grid-cols-1 gap-3 sm:grid-cols-2">
          {caps.map((cap) => (
            <Fullness key={`${cap.judgeId} ${cap.period}`} cap={cap} currency={currency} />
          ))}
        </ul>
      )}
      {canManage ? <CapsForm slug={slug} caps={caps} currency={currency} judges={judges} /> : null}
    </Section>
  );
}

function Fullness({ cap, currency }: { cap: LimitView; currency: string }) {
  const t = useTranslations("spending.caps");
  const numbers = useNumbers();
  const { judge, period, capMicros, spentMicros, endsAt } = cap;
  const share = capMicros === 0 ? 1 : spentMicros / capMicros;
  return (
    <li className="grid content-start gap-1.5 rounded-lg border bg-card px-4 py-3">
      <div className="flex flex-wrap items-baseline justify-between gap-x-3">
        <span className="font-medium [overflow-wrap:anywhere]">{judge ?? t("allJudges")}</span>
        <span className="tabular-nums">{t(`per.${period}`, { money: numbers.money(capMicros, currency) })}</span>
      </div>
      <div aria-hidden className="h-2 overflow-hidden rounded-full bg-muted forced-colors:border">
        <div
          className={share >= 0.9 ? "h-full bg-tone-rose" : "h-full bg-tone-amber"}
          style={{ width: `${100 * Math.min(1, share)}%` }}
        />
      </div>
      <div className="flex flex-wrap justify-between gap-x-3 text-[0.8125rem] text-muted-foreground tabular-nums">
        <span>
          {t(capMicros === 0 ? "nothing" : "spent", {
            money: numbers.money(spentMicros, currency),
            share: numbers.percent(share, undefined, 0),
          })}
        </span>
        {endsAt === null ? null : <span>{t.rich("emptyAgain", { time: () => <RelativeTime value={endsAt} /> })}</span>}
      </div>
    </li>
  );
}

type Values = { judgeId: string; day: string; month: string; total: string };
const fields = ["day", "month", "total"] as const;

function CapsForm({ slug, caps, currency, judges }: Omit<CapsProps, "canManage">) {
  const t = useTranslations("spending.caps");
  const tAmount = useTranslations("spending.amount");
  const router = useRouter();
  const { register, handleSubmit, reset, formState } = useForm<Values>({ defaultValues: valuesOf(caps, "") });
  const save = useMutation({
    mutationFn: ({ judgeId, ...amounts }: Values) =>
      api<{ items: LimitView[] }>("PUT", `/api/v1/projects/${slug}/spending/caps`, {
        judgeId: judgeId === "" ? null : judgeId,
        ...{ day: toMicros(amounts.day), month: toMicros(amounts.month), total: toMicros(amounts.total) },
      } satisfies SetCapsInput),
    onSuccess: ({ items }, { judgeId }) => {
      reset(valuesOf(items, judgeId));
      toast.success(t("saved"));
      router.refresh();
    },
  });
  const whose = register("judgeId", {
    onChange: ({ target }) => reset(valuesOf(caps, (target as { value: string }).value)),
  });
  return (
    <form
      noValidate
      aria-label={t("set")}
      onSubmit={handleSubmit((values) => save.mutate(values))}
      className="grid gap-4 rounded-lg border p-4"
    >
      <div className="grid grid-cols-1 items-start gap-4 sm:grid-cols-4">
        <Field label={t("of")} hint={t("ofHint")}>
          <NativeSelect {...whose}>
            <option value="">{t("allJudges")}</option>
            {judges.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </NativeSelect>
        </Field>
        {fields.map((field) => (
          <Field
            key={field}
            label={t(`fields.${field}`, { currency })}
            hint={t("empty")}
            error={formState.errors[field]?.message ?? faultOf(save.error, field)}
          >
            <Input
              inputMode="decimal"
              autoComplete="off"
              {...register(field, { validate: (text) => isAmount(text, tAmount) })}
            />
          </Field>
        ))}
      </div>
      <FormAlert error={save.error} fields={[...fields]} />
      <Button type="submit" pending={save.isPending} disabled={!formState.isDirty} className="justify-self-start">
        {t("save")}
      </Button>
    </form>
  );
}

function valuesOf(caps: LimitView[], judgeId: string): Values {
  const amountOf = (period: LimitView["period"]) =>
    toAmount(caps.find((cap) => (cap.judgeId ?? "") === judgeId && cap.period === period)?.capMicros ?? null);
  return { judgeId, day: amountOf("day"), month: amountOf("month"), total: amountOf("total") };
}
