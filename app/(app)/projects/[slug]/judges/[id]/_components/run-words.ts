import { formatNumber } from "@/app/_components/ui/numbers";
import type { DoneRun } from "@/lib/judges/done/schema";

/** "12 labels: 8 preferred, 4 ties. 1 unreadable. 2 left out, as they have images." */
export function wordRunResult(result: NonNullable<DoneRun["result"]>): string {
  const { labels, preferred, tie, inconsistent, answered, invalid, withImages } = result;
  const parts = [
    ...some(preferred, "preferred"),
    ...some(tie, tie === 1 ? "tie" : "ties"),
    ...some(inconsistent, "on which the orders disagree"),
    ...some(answered, "of other questions"),
  ];
  const made = labels === 0 ? "No label." : `${count(labels, "label")}: ${parts.join(", ")}.`;
  return [
    made,
    ...(invalid > 0 ? [`${formatNumber(invalid)} unreadable.`] : []),
    ...(withImages > 0 ? [`${count(withImages, "instance")} with images left out.`] : []),
  ].join(" ");
}

function some(n: number, words: string): string[] {
  return n === 0 ? [] : [`${formatNumber(n)} ${words}`];
}

function count(n: number, noun: string): string {
  return `${formatNumber(n)} ${noun}${n === 1 ? "" : "s"}`;
}
