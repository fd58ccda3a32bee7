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
import { Section } from "@/app/_components/ui/page";
import type { SpendingPrices } from "@/lib/ledger/schema";
import { isAmount, isCurrency, toAmount, toMicros } from "./words";

type Values = { currency: string; hourPrice: string };

/** What the money is in, and what an hour of people costs. */
export function PricesForm({ slug, prices }: { slug: string; prices: SpendingPrices }) {
  const t = useTranslations("spending.prices");
  const tAmount = useTranslations("spending.amount");
  const router = useRouter();
  const { register, handleSubmit, reset, formState } = useForm<Values>({ defaultValues: valuesOf(prices) });
  const save = useMutation({
    mutationFn: ({ currency, hourPrice }: Values) =>
      api<SpendingPrices>("PUT", `/api/v1/projects/${slug}/spending/prices`, {
        currency: currency.trim().toUpperCase(),
        hourPriceMicros: toMicros(hourPrice) ?? 0,
      } satisfies SpendingPrices),
    onSuccess: (saved) => {
      reset(valuesOf(saved));
      toast.success(t("saved"));
      router.refresh();
    },
  });
  return (
    <Section title={t("title")} description={t("description")}>
      <form
        noValidate
        aria-label={t("set")}
        onSubmit={handleSubmit((values) => save.mutate(values))}
        className="grid gap-4 rounded-lg border p-4"
      >
        <div className="grid grid-cols-1 items-start gap-4 sm:grid-cols-2">
          <Field
            label={t("currency")}
            hint={t("currencyHint")}
            error={formState.errors.currency?.message ?? faultOf(save.error, "currency")}
          >
            <Input
              autoComplete="off"
              maxLength={3}
              {...register("currency", { validate: (text) => isCurrency(text, tAmount) })}
            />
          </Field>
          <Field
            label={t("hour")}
            hint={t("hourHint")}
            error={formState.errors.hourPrice?.message ?? faultOf(save.error, "hourPriceMicros")}
          >
            <Input
              inputMode="decimal"
              autoComplete="off"
              {...register("hourPrice", { validate: (text) => isAmount(text, tAmount) })}
            />
          </Field>
        </div>
        <FormAlert error={save.error} fields={["currency", "hourPriceMicros"]} />
        <Button type="submit" pending={save.isPending} disabled={!formState.isDirty} className="justify-self-start">
          {t("save")}
        </Button>
      </form>
    </Section>
  );
}

function valuesOf({ currency, hourPriceMicros }: SpendingPrices): Values {
  return { currency, hourPrice: hourPriceMicros === 0 ? "" : toAmount(hourPriceMicros) };
}
