import { Download, FileText } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";

import { Alert } from "@/app/_components/ui/alert";
import { Button } from "@/app/_components/ui/button";
import { PageHeader } from "@/app/_components/ui/page";
import { RelativeTime } from "@/app/_components/ui/time";
import { useNumbers } from "@/app/_components/ui/use-numbers";
import type { RewardModelView } from "@/lib/reward/schema";
import { modelsPath } from "../../_components/reward-paths";
import { ModelState } from "../../_components/versions";
import { wordFigure } from "../../_components/words";
import { PromoteButton } from "./promote-button";

type VersionHeaderProps = { slug: string; model: RewardModelView; canManage: boolean };

/** Which version this is, whether it serves, how good it is in a line, and what can be done with it. */
export function VersionHeader({ slug, model, canManage }: VersionHeaderProps) {
  const { id, version, gate, promotedAt } = model;
  const t = useTranslations("rewardModels");
  const hasFile = model.artifactBytes !== null;
  return (
    <>
      <PageHeader
        breadcrumb={[{ href: `/projects/${slug}/reward-models`, label: t("title") }]}
        title={
          <span className="flex flex-wrap items-center gap-2">
            {t("words.version", { version })} <ModelState model={model} />
          </span>
        }
        actions={
          <>
            <Button asChild>
              <a href={`${modelsPath(slug)}/${id}/card`}>
                <FileText /> {t("version.card")}
              </a>
            </Button>
            {hasFile ? (
              <Button asChild>
                <a href={`${modelsPath(slug)}/${id}/artifact`} download>
                  <Download /> {t("words.downloadOnnx")}
                </a>
              </Button>
            ) : null}
            {canManage && !model.isActive && hasFile ? (
              <PromoteButton slug={slug} model={{ id, version, promotedAt, isPassed: gate.isPassed }} />
            ) : null}
          </>
        }
      />
      <KeyFacts model={model} />
      {hasFile ? null : (
        <Alert tone="info" title={t("version.fileGone")}>
          {t("version.fileGoneHint")}
        </Alert>
      )}
    </>
  );
}

function KeyFacts({ model: { metrics, createdAt } }: { model: RewardModelView }) {
  const { withSides, baselines, test, train } = metrics;
  const { accuracy, calibration } = withSides;
  const t = useTranslations("rewardModels");
  const numbers = useNumbers();
  const [low = "", high = ""] = (accuracy?.interval ?? []).map((share) => numbers.fixed(100 * share, 1));
  return (
    <dl className="grid grid-cols-2 gap-x-8 gap-y-3 sm:flex sm:flex-wrap">
      <KeyFact
        name={t("words.rightOnTest")}
        hint={
          accuracy ? t("words.range", { low, high }) : t("words.countedPairs", { pairs: numbers.number(test.pairs) })
        }
      >
        {accuracy ? numbers.percent(accuracy.mean) : t("words.notAvailable")}
      </KeyFact>
      <KeyFact name={t("baselines.longerWins.name")} hint={t("version.samePairs")}>
        {baselines.longerWins ? numbers.percent(baselines.longerWins.mean) : t("words.notAvailable")}
      </KeyFact>
      <KeyFact
        name={t("version.calibrationError")}
        hint={
          calibration.error === null
            ? t("words.noTestPairs")
            : calibration.isWithinBand
              ? t("version.asCalibrated")
              : t("version.tooLarge")
        }
      >
        {wordFigure(calibration.error, numbers, t)}
      </KeyFact>
      <KeyFact
        name={t("version.learnedFrom")}
        hint={t("words.countedPrompts", { prompts: numbers.number(train.prompts) })}
      >
        {t("words.countedPairs", { pairs: numbers.number(train.pairs) })}
      </KeyFact>
      <KeyFact name={t("words.trained")} hint={t("version.took", { seconds: numbers.fixed(metrics.trainSeconds, 1) })}>
        <RelativeTime value={createdAt} />
      </KeyFact>
    </dl>
  );
}

function KeyFact({ name, hint, children }: { name: string; hint: string; children: ReactNode }) {
  return (
    <div className="min-w-0">
      <dt className="text-[0.8125rem] text-muted-foreground">{name}</dt>
      <dd className="tabular-nums">
        <span className="text-base font-semibold">{children}</span>
        <span className="block text-[0.8125rem] text-muted-foreground">{hint}</span>
      </dd>
    </div>
  );
}
