"use client";

import type { JudgeValues } from "../judge-values";
import { NumberField } from "./judge-fields";

type FieldsProps = { failure: Error | null };

/** What the provider takes for a million tokens. */
export function PriceFields({ currency, failure }: FieldsProps & { currency: string }) {
  return (
    <div className="grid grid-cols-1 gap-4 sm:grid-cols-3">
      <NumberField
        {...{ name: "inputPrice", label: "Price of a million input tokens", failure, isDecimal: true }}
        hint={`In ${currency}. Empty counts as free.`}
        input={{ placeholder: "0.15" }}
      />
      <NumberField
        {...{ name: "cachedInputPrice", label: "Price of a million cached input tokens", failure, isDecimal: true }}
        hint="Empty where they cost as other input."
        input={{ placeholder: "0.075" }}
      />
      <NumberField
        {...{ name: "outputPrice", label: "Price of a million output tokens", failure, isDecimal: true }}
        hint="Reasoning counts as output."
        input={{ placeholder: "0.60" }}
      />
    </div>
  );
}

/** How much the provider takes at once, and how long it may take. */
export function LimitFields({ failure }: FieldsProps) {
  return (
    <div className="grid grid-cols-1 gap-4 sm:grid-cols-2">
      <NumberField {...{ name: "concurrency", label: "Requests at once", failure }} hint="1 to 64." />
      <NumberField
        {...{ name: "timeoutSeconds", label: "Time limit, seconds", failure }}
        hint="Of one request, at most 600."
      />
      <NumberField
        {...{ name: "requestsPerMinute", label: "Requests a minute", failure }}
        hint="Over all workers. Empty for as many as there are."
      />
      <NumberField
        {...{ name: "tokensPerMinute", label: "Tokens a minute", failure }}
        hint="Input and output, over all workers."
      />
    </div>
  );
}

export function wordPrices({ inputPrice, outputPrice }: JudgeValues): string {
  const price = (text: string) => (text.trim() === "" || Number(text) === 0 ? "free" : text);
  return `input ${price(inputPrice)}, output ${price(outputPrice)}`;
}

export function wordLimits({ concurrency, timeoutSeconds, requestsPerMinute }: JudgeValues): string {
  const limit = requestsPerMinute.trim() === "" ? [] : [`${requestsPerMinute} requests a minute`];
  return [`${concurrency} at once`, `${timeoutSeconds} s each`, ...limit].join(", ");
}
