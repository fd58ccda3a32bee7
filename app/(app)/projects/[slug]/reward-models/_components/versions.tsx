import { useTranslations } from "next-intl";
import Link from "next/link";

import { Badge } from "@/app/_components/ui/badge";
import { Table, TBody, TD, TH, THead, TR } from "@/app/_components/ui/table";
import { RelativeTime } from "@/app/_components/ui/time";
import { useNumbers } from "@/app/_components/ui/use-numbers";
import type { RewardModelView } from "@/lib/reward/schema";
import { wordEstimate, wordFigure } from "./words";

/** Every version that was trained, newest first. */
export function Versions({ slug, models }: { slug: string; models: RewardModelView[] }) {
  const t = useTranslations("rewardModels");
  const numbers = useNumbers();
  return (
    <Table label={t("words.versions")} stickyHead={false}>
      <THead>
        <TR>
          <TH>{t("list.version")}</TH>
          <TH>{t("list.state")}</TH>
          <TH numeric>{t("words.rightOnTest")}</TH>
          <TH numeric>{t("baselines.longerWins.name")}</TH>
          <TH numeric>ECE</TH>
          <TH numeric>{t("list.trainPairs")}</TH>
          <TH>{t("words.trained")}</TH>
        </TR>
      </THead>
      <TBody>
        {models.map((model) => (
          <TR key={model.id}>
            <TD>
              <Link
                href={`/projects/${slug}/reward-models/${model.id}`}
                className="font-medium whitespace-nowrap hover:underline"
              >
                {t("words.version", { version: model.version })}
              </Link>
            </TD>
            <TD>
              <span className="flex flex-wrap gap-1">
                <ModelState model={model} />
              </span>
            </TD>
            <TD numeric>{wordEstimate(model.metrics.withSides.accuracy, numbers, t)}</TD>
            <TD numeric>
              {model.metrics.baselines.longerWins
                ? numbers.percent(model.metrics.baselines.longerWins.mean)
                : t("words.notAvailable")}
            </TD>
            <TD numeric>{wordFigure(model.metrics.withSides.calibration.error, numbers, t)}</TD>
            <TD numeric>{numbers.number(model.metrics.train.pairs)}</TD>
            <TD>
              <RelativeTime value={model.createdAt} />
            </TD>
          </TR>
        ))}
      </TBody>
    </Table>
  );
}

/** Whether a version serves, served, or was held back, whether it still can, and how sure its figures are. */
export function ModelState({ model }: { model: RewardModelView }) {
  const t = useTranslations("rewardModels");
  return (
    <>
      {model.isActive ? (
        <Badge variant="teal">{t("states.active")}</Badge>
      ) : model.promotedAt ? (
        <Badge>{t("states.servedBefore")}</Badge>
      ) : (
        <Badge variant="amber">{model.gate.isPassed ? t("states.notPromoted") : t("states.heldBack")}</Badge>
      )}
      {model.artifactBytes === null ? <Badge variant="outline">{t("states.noFile")}</Badge> : null}
      {model.gate.isWeakEvidence ? <Badge variant="outline">{t("words.weakEvidence")}</Badge> : null}
    </>
  );
}
