import { Download, FileText } from "lucide-react";
import type { ReactNode } from "react";

import { Alert } from "@/app/_components/ui/alert";
import { Button } from "@/app/_components/ui/button";
import { formatNumber, formatPercent } from "@/app/_components/ui/numbers";
import { PageHeader } from "@/app/_components/ui/page";
import { RelativeTime } from "@/app/_components/ui/time";
import type { RewardModelView } from "@/lib/reward/schema";
import { modelsPath } from "../../_components/reward-paths";
import { ModelState } from "../../_components/versions";
import { PromoteButton } from "./promote-button";

type VersionHeaderProps = { slug: string; model: RewardModelView; canManage: boolean };

/** Which version this is, whether it serves, how good it is in a line, and what can be done with it. */
export function VersionHeader({ slug, model, canManage }: VersionHeaderProps) {
  const { id, version, gate, promotedAt } = model;
  const hasFile = model.artifactBytes !== null;
  return (
    <>
      <PageHeader
        breadcrumb={[{ href: `/projects/${slug}/reward-models`, label: "Reward model" }]}
        title={
          <span className="flex flex-wrap items-center gap-2">
            Version {version} <ModelState model={model} />
          </span>
        }
        actions={
          <>
            <Button asChild>
              <a href={`${modelsPath(slug)}/${id}/card`}>
                <FileText /> Model card
              </a>
            </Button>
            {hasFile ? (
              <Button asChild>
                <a href={`${modelsPath(slug)}/${id}/artifact`} download>
                  <Download /> Download ONNX file
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
        <Alert tone="info" title="Its file was deleted">
          This project keeps the files of newer versions only, so this one can neither score nor serve again. Its
          figures are kept; a training from its snapshot makes such a version anew.
        </Alert>
      )}
    </>
  );
}

function KeyFacts({ model: { metrics, createdAt } }: { model: RewardModelView }) {
  const { withSides, baselines, test, train } = metrics;
  const { accuracy, calibration } = withSides;
  const [low, high] = (accuracy?.interval ?? []).map((share) => (100 * share).toFixed(1));
  return (
    <dl className="grid grid-cols-2 gap-x-8 gap-y-3 sm:flex sm:flex-wrap">
      <KeyFact name="Right on test pairs" hint={accuracy ? `${low} to ${high}` : `${formatNumber(test.pairs)} pairs`}>
        {accuracy ? formatPercent(accuracy.mean) : "n/a"}
      </KeyFact>
      <KeyFact name="Longer wins" hint="On the same pairs">
        {baselines.longerWins ? formatPercent(baselines.longerWins.mean) : "n/a"}
      </KeyFact>
      <KeyFact
        name="Calibration error"
        hint={
          calibration.error === null ? "No test pairs" : calibration.isWithinBand ? "As if calibrated" : "Too large"
        }
      >
        {calibration.error?.toFixed(3) ?? "n/a"}
      </KeyFact>
      <KeyFact name="Learned from" hint={`${formatNumber(train.prompts)} prompts`}>
        {formatNumber(train.pairs)} pairs
      </KeyFact>
      <KeyFact name="Trained" hint={`In ${metrics.trainSeconds.toFixed(1)} s`}>
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
