import type { Translate } from "@/app/i18n/translate";
import type { Slice } from "@/lib/reward/evaluation/schema";

type T = Translate<"rewardModels">;

/** The value of a slice in words; names that imports gave stay as they are. */
export function wordSliceValue({ by, value }: Pick<Slice, "by" | "value">, t: T): string {
  switch (by) {
    case "labelled-by":
    case "route":
    case "agreement":
    case "strength":
    case "length": {
      const key = `slices.values.${by}.${value}` as "slices.values.route.human";
      return t.has(key) ? t(key) : value;
    }
    default:
      return value;
  }
}

/** "Worst on pairs with domain: law" */
export function wordWorst(slice: Pick<Slice, "by" | "value">, t: T): string {
  return t(`slices.worst.${slice.by}`, { value: wordSliceValue(slice, t) });
}
