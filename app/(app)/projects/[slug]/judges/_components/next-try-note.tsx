import { useTranslations } from "next-intl";
import { wordNextTry } from "./next-try";

/** When a judge that stopped goes on, also on other pages than its own. */
export function NextTryNote(stopped: { atCap: boolean; nextTryAt: string | null }) {
  return wordNextTry(stopped, useTranslations("judges.words"));
}
