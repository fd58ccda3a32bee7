import { useTranslations } from "next-intl";
import type { ModelMetrics } from "@/lib/reward/schema";
import { HeldOut } from "./held-out";
import { NotKept } from "./not-kept";
import { SlicesTable } from "./slices-table";

/** Where a version is good and where not. */
export function Slices({ metrics: { evaluation, withSides, withoutSides } }: { metrics: ModelMetrics }) {
  const t = useTranslations("rewardModels");
  if (!evaluation) return <NotKept>{t("slices.none")}</NotKept>;
  return (
    <>
      <SlicesTable evaluation={evaluation} overall={withSides.accuracy?.mean ?? null} />
      <HeldOut
        evaluation={evaluation}
        similarLength={{
          withSides: withSides.accuracyAtSimilarLength,
          withoutSides: withoutSides.accuracyAtSimilarLength,
        }}
      />
    </>
  );
}
