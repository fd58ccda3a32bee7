"use client";

import { useTranslations } from "next-intl";
import type { Translate } from "@/app/i18n/translate";
import { joinList } from "../join-words";
import type { JudgeValues } from "../judge-values";
import { NumberField } from "./judge-fields";

type FieldsProps = { failure: Error | null };

/** What the provider takes for a million tokens. */
export function PriceFields({ currency, failure }: FieldsProps & { currency: string }) {
  const t = useTranslations("judges.money");
  return (
    <div className="grid grid-cols-1 gap-4 sm:grid-cols-3 xl:grid-cols-2">
      <NumberField
        {...{ name: "inputPrice", label: t("input"), failure, isDecimal: true }}
        hint={t("inputHint", { currency })}
        input={{ placeholder: "0.15" }}
      />
      <NumberField
        {...{ name: "cachedInputPrice", label: t("cached"), failure, isDecimal: true }}
        hint={t("cachedHint")}
        input={{ placeholder: "0.075" }}
      />
      <NumberField
        {...{ name: "outputPrice", label: t("output"), failure, isDecimal: true }}
        hint={t("outputHint")}
        input={{ placeholder: "0.60" }}
      />
    </div>
  );
}

/** How much the provider takes at once, and how long it may take. */
export function LimitFields({ failure }: FieldsProps) {
  const t = useTranslations("judges.money");
  return (
    <div className="grid grid-cols-1 gap-4 sm:grid-cols-2">
      <NumberField {...{ name: "concurrency", label: t("concurrency"), failure }} hint={t("concurrencyHint")} />
      <NumberField {...{ name: "timeoutSeconds", label: t("timeout"), failure }} hint={t("timeoutHint")} />
      <NumberField {...{ name: "requestsPerMinute", label: t("requests"), failure }} hint={t("requestsHint")} />
      <NumberField {...{ name: "tokensPerMinute", label: t("tokens"), failure }} hint={t("tokensHint")} />
    </div>
  );
}

export function wordPrices({ inputPrice, outputPrice }: JudgeValues, t: Translate<"judges.money">): string {
  const price = (text: string) => (text.trim() === "" || Number(text) === 0 ? t("free") : text);
  return t("priceSummary", { input: price(inputPrice), output: price(outputPrice) });
}

export function wordLimits(
  { concurrency, timeoutSeconds, requestsPerMinute }: JudgeValues,
  { words, t }: { words: Translate<"judges.words">; t: Translate<"judges.money"> },
): string {
  const limit = requestsPerMinute.trim() === "" ? [] : [t("aMinute", { count: requestsPerMinute })];
  return joinList([t("atOnce", { count: concurrency }), t("each", { seconds: timeoutSeconds }), ...limit], words);
}
