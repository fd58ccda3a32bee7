import { formatMoney, formatNumber } from "@/app/_components/ui/numbers";
import type { LimitView, Purpose } from "@/lib/ledger/schema";

export const purposeWords: Record<Purpose, string> = {
  judging: "Judging",
  trial: "Trying judges out",
  tagging: "Tagging",
  attack: "Attack tests",
  labelling: "Labelling by people",
};

export const periodWords: Record<LimitView["period"], string> = { day: "a day", month: "a month", total: "in all" };

/** Active time in hours and minutes, or seconds below a minute. */
export function wordTime(ms: number): string {
  const minutes = Math.floor(ms / 60_000);
  if (minutes === 0) return `${Math.round(ms / 1000)} s`;
  return minutes < 60 ? `${minutes} min` : `${formatNumber(Math.floor(minutes / 60))} h ${minutes % 60} min`;
}

/** What one of so many cost. */
export function costOfOne(costMicros: number, count: number, currency: string): string {
  return count === 0 ? "none yet" : formatMoney(costMicros / count, currency);
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
export function isAmount(text: string): true | string {
  const written = text.trim();
  if (/^(\d{1,9}(\.\d{1,6})?)?$/.test(written)) return true;
  if (/^\d{10,}(\.\d*)?$/.test(written)) return "Give at most 999,999,999, without the commas.";
  if (/^\d+\.\d{7,}$/.test(written)) return "Give at most six decimals.";
  if (/^\d+,\d*$/.test(written)) return `Write ${written.replace(",", ".")}, with a point.`;
  return "Give an amount such as 20 or 0.5, or leave it empty.";
}

export function isCurrency(text: string): true | string {
  return /^\s*[a-z]{3}\s*$/i.test(text) || "Give the three letters of a currency, such as EUR.";
}
