import type { Translate } from "@/app/i18n/translate";

type Stopped = { atCap: boolean; nextTryAt: string | null };

/** When a judge that stopped goes on, and whose turn it is until then. */
export function wordNextTry({ atCap, nextTryAt }: Stopped, t: Translate<"judges.words">): string {
  if (nextTryAt !== null) return t("nextTry.at", { day: nextTryAt.slice(0, 10), time: nextTryAt.slice(11, 16) });
  return t(atCap ? "nextTry.higherCap" : "nextTry.inVain");
}
