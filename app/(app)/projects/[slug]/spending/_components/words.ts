import type { Numbers } from "@/app/_components/ui/numbers";
import type { Translate } from "@/app/i18n/translate";

/** What one of so many cost. */
export function costOfOne(
  { micros, count, currency }: { micros: number; count: number; currency: string },
  numbers: Numbers,
  t: Translate<"spending.costs">,
): string {
  return count === 0 ? t("noneYet") : numbers.money(micros / count, currency);
}

/** An amount as people write it in a form; empty for none. */
export function toAmount(micros: number | null): string {
  return micros === null ? "" : String(micros / 1e6);
}

/** Millionths of an amount in a form; null for an empty one. */
export function toMicros(amount: string): number | null {
  return amount.trim() === "" ? null : Math.round(Number(amount) * 1e6);
}

/** True for an amount or nothing; else what to do about it. */
export function isAmount(text: string, t: Translate<"spending.amount">): true | string {
  const written = text.trim();
  if (/^(\d{1,9}(\.\d{1,6})?)?$/.test(written)) return true;
  if (/^\d{10,}(\.\d*)?$/.test(written)) return t("most");
  if (/^\d+\.\d{7,}$/.test(written)) return t("decimals");
  if (/^\d+,\d*$/.test(written)) return t("point", { amount: written.replace(",", ".") });
  return t("amount");
}

export function isCurrency(text: string, t: Translate<"spending.amount">): true | string {
  return /^\s*[a-z]{3}\s*$/i.test(text) || t("currency");
}
