import type { Translate } from "@/app/i18n/translate";
import type { DoneRun } from "@/lib/judges/done/schema";
import { joinList, joinSentences } from "../../_components/join-words";

type RunWords = { words: Translate<"judges.words">; t: Translate<"judges.runs"> };

/** "12 labels: 8 preferred, 4 ties. 1 unreadable. 2 instances with images left out." */
export function wordRunResult(result: NonNullable<DoneRun["result"]>, { words, t }: RunWords): string {
  const { labels, preferred, tie, inconsistent, answered, invalid, withImages } = result;
  const some = (
    key: "preferred" | "ties" | "inconsistent" | "answered" | "unreadable" | "withImages",
    count: number,
  ) => (count === 0 ? [] : [t(key, { count })]);
  const parts = [
    ...some("preferred", preferred),
    ...some("ties", tie),
    ...some("inconsistent", inconsistent),
    ...some("answered", answered),
  ];
  const made = labels === 0 ? t("noLabel") : t("labels", { count: labels, parts: joinList(parts, words) });
  return joinSentences([made, ...some("unreadable", invalid), ...some("withImages", withImages)], words);
}
