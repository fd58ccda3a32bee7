"use client";

import { Check, Download, FileText, X } from "lucide-react";
import type { ComponentProps } from "react";

import { Alert } from "@/app/_components/ui/alert";
import { Button } from "@/app/_components/ui/button";
import { formatNumber } from "@/app/_components/ui/number";
import { Page, PageHeader, Section } from "@/app/_components/ui/page";
import type { AspectAgreement } from "@/lib/quality/schema";
import type { WhatChanged as WhatChangedView } from "@/lib/reward/evaluation/schema";
import type { GateDecision, RewardModelView } from "@/lib/reward/schema";
import type { TastesView } from "@/lib/reward/tastes/schema";
import { AccuracyTable } from "../../_components/accuracy-table";
import { DenseFigures } from "../../_components/dense-figures";
import { Evidence } from "../../_components/evidence";
import { Facts, ModelPictures } from "../../_components/model-facts";
import { modelsPath } from "../../_components/reward-queries";
import { ModelState } from "../../_components/versions";
import { ruleWords, wordEstimate } from "../../_components/words";
import { AnnotatorsTable } from "./annotators-table";
import { Failures } from "./failures";
import { HeldOut } from "./held-out";
import { Heads } from "./heads";
import { MadeFrom } from "./made-from";
import { PromoteButton } from "./promote-button";
import { Scale } from "./scale";
import { Tastes } from "./tastes";
import { SlicesTable } from "./slices-table";
import { Suspects } from "./suspects";
import { WhatChanged } from "./what-changed";

type ModelProps = {
  slug: string;
  model: RewardModelView;
  people: AspectAgreement | undefined;
  tastes: TastesView;
  changes: WhatChangedView | null;
  suspects: Pick<ComponentProps<typeof Suspects>, "list" | "kind" | "annotator">;
  /** What annotators are called, by how labels name them. */
  names: Record<string, string>;
  canManage: boolean;
};

/** One version: how good it is, what the gate said, and what it was made from. */
export function Model({ slug, model, people, tastes, changes, suspects, names, canManage }: ModelProps) {
  const { metrics } = model;
  const { evaluation, noise } = metrics;
  return (
    <Page>
      <PageHeader
        breadcrumb={[{ href: `/projects/${slug}/reward-models`, label: "Reward model" }]}
        title={
          <span className="flex flex-wrap items-center gap-2">
            Version {model.version} <ModelState model={model} />
          </span>
        }
        actions={
          <>
            <Button asChild>
              <a href={`${modelsPath(slug)}/${model.id}/card`}>
                <FileText /> Model card
              </a>
            </Button>
            {model.artifactBytes === null ? null : (
              <Button asChild>
                <a href={`${modelsPath(slug)}/${model.id}/artifact`} download>
                  <Download /> Download ONNX file
                </a>
              </Button>
            )}
            {canManage && !model.isActive && model.artifactBytes !== null ? (
              <PromoteButton slug={slug} model={model} />
            ) : null}
          </>
        }
      />
      {model.artifactBytes === null ? (
        <Alert tone="info" title="Its file was deleted">
          This project keeps the files of newer versions only, so this one can neither score nor serve again. Its
          figures are kept; a training from its snapshot makes such a version anew.
        </Alert>
      ) : null}
      <Failures failures={metrics.failures} />
      <Evidence model={model} />
      <Section title="Accuracy">
        <div className="grid grid-cols-1 gap-6 lg:grid-cols-2">
          <AccuracyTable metrics={metrics} people={people} />
          <Facts
            facts={[
              ...metrics.bySource.map(({ source, accuracy }): [string, string] => [
                source === "human" ? "On pairs labelled by people" : "On pairs labelled by AI alone",
                `${wordEstimate(accuracy)} of ${formatNumber(accuracy.values)}`,
              ]),
              ["On pairs of similar length", wordEstimate(metrics.withSides.accuracyAtSimilarLength)],
              ["Log loss", metrics.withSides.logLoss?.toFixed(3) ?? "n/a"],
              ["Brier score", metrics.withSides.brier?.toFixed(3) ?? "n/a"],
              ["Area under the ROC curve", metrics.withSides.auc?.toFixed(3) ?? "n/a"],
              ["Members correlate", metrics.memberCorrelation?.toFixed(3) ?? "n/a"],
            ]}
          />
        </div>
      </Section>
      <ModelPictures model={model} />
      <Tastes slug={slug} tastes={metrics.tastes} view={tastes} />
      <Scale preference={metrics.preference} />
      <Heads heads={metrics.heads} />
      {metrics.dense ? <DenseFigures metrics={metrics.dense} /> : null}
      <Gate gate={model.gate} />
      {changes ? <WhatChanged changes={changes} metrics={metrics} comparison={model.gate.comparison} /> : null}
      {evaluation ? (
        <>
          <SlicesTable evaluation={evaluation} />
          <HeldOut
            evaluation={evaluation}
            similarLength={{
              withSides: metrics.withSides.accuracyAtSimilarLength,
              withoutSides: metrics.withoutSides.accuracyAtSimilarLength,
            }}
          />
          <AnnotatorsTable annotators={evaluation.annotators} names={names} />
        </>
      ) : null}
      {noise ? <Suspects slug={slug} modelId={model.id} noise={noise} {...suspects} /> : null}
      <MadeFrom slug={slug} model={model} />
    </Page>
  );
}

function Gate({ gate }: { gate: GateDecision }) {
  return (
    <Section
      title="Promotion gate"
      description={
        gate.comparedWith === null
          ? "It was the first to serve, so it had to beat the majority."
          : `It was compared with version ${gate.comparedWith} on the same test pairs. All rules have to hold.`
      }
    >
      <ul className="grid gap-2">
        {gate.rules.map(({ rule, isPassed, reason }) => (
          <li key={rule} className="flex gap-2.5">
            {isPassed ? (
              <Check aria-label="Passed" className="mt-0.5 size-4 shrink-0 text-tone-emerald-ink" />
            ) : (
              <X aria-label="Failed" className="mt-0.5 size-4 shrink-0 text-tone-rose-ink" />
            )}
            <span>
              <span className="font-medium">{ruleWords[rule]}.</span> {reason}
            </span>
          </li>
        ))}
      </ul>
    </Section>
  );
}
