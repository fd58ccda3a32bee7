import { useTranslations } from "next-intl";
import type { ModelMetrics } from "@/lib/reward/schema";
import { DenseFigures } from "../../_components/dense-figures";
import { Heads } from "./heads";
import { NotKept } from "./not-kept";
import { Scale } from "./scale";

/** What a version learned beside the overall reward: of other labels, of segments and steps, and of pairs as such. */
export function HeadsTab({ metrics: { heads, dense, preference } }: { metrics: ModelMetrics }) {
  const t = useTranslations("rewardModels");
  if (!heads && !dense && !preference) return <NotKept>{t("heads.none")}</NotKept>;
  return (
    <>
      <Heads heads={heads} />
      {dense ? <DenseFigures metrics={dense} /> : null}
      <Scale preference={preference} />
    </>
  );
}
