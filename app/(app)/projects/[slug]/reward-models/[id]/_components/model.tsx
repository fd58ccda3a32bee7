"use client";

import { Check, Download, FileText, X } from "lucide-react";
import Link from "next/link";

import { Button } from "@/app/_components/ui/button";
import { CodeBlock } from "@/app/_components/ui/code-block";
import { formatNumber } from "@/app/_components/ui/number";
import { Page, PageHeader, Section } from "@/app/_components/ui/page";
import { ShortId } from "@/app/_components/ui/short-id";
import { RelativeTime } from "@/app/_components/ui/time";
import type { AspectAgreement } from "@/lib/quality/schema";
import type { GateDecision, RewardModelView } from "@/lib/reward/schema";
import { AccuracyTable } from "../../_components/accuracy-table";
import { DenseFigures } from "../../_components/dense-figures";
import { Evidence } from "../../_components/evidence";
import { Facts, ModelPictures, leftOutFacts, wordPart } from "../../_components/model-facts";
import { modelsPath } from "../../_components/reward-queries";
import { ModelState } from "../../_components/versions";
import { ruleWords, wordEstimate } from "../../_components/words";
import { PromoteButton } from "./promote-button";

type ModelProps = { slug: string; model: RewardModelView; people: AspectAgreement | undefined; canManage: boolean };

/** One version: how good it is, what the gate said, and what it was made from. */
export function Model({ slug, model, people, canManage }: ModelProps) {
  const { metrics, config } = model;
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
            <Button asChild>
              <a href={`${modelsPath(slug)}/${model.id}/artifact`} download>
                <Download /> Download ONNX file
              </a>
            </Button>
            {canManage && !model.isActive ? <PromoteButton slug={slug} model={model} /> : null}
          </>
        }
      />
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
      {metrics.dense ? <DenseFigures metrics={metrics.dense} /> : null}
      <Gate gate={model.gate} />
      <Section title="What it was made from">
        <Facts
          facts={[
            ["Trained", <RelativeTime key="time" value={model.createdAt} />],
            ["Trained on", wordPart(metrics.train)],
            ["Stopped by", wordPart(metrics.validation)],
            ["Tested on", wordPart(metrics.test)],
            ...leftOutFacts(metrics),
            [
              "Snapshot",
              <span key="snapshot" className="inline-flex items-center gap-2">
                <Link href={`/projects/${slug}/export`} className="hover:underline">
                  Of this training
                </Link>
                <ShortId id={model.snapshotId} label="snapshot id" />
              </span>,
            ],
            [
              "Run",
              <span key="run" className="inline-flex items-center gap-2">
                <Link href={`/projects/${slug}/runs?kind=train`} className="hover:underline">
                  Training
                </Link>
                <ShortId id={model.runId} label="run id" />
              </span>,
            ],
            ["Seed", String(model.seed)],
            ["Encoder", wordEncoder(config.encoder)],
            ["Aspect", config.aspect],
            ["A judge's vote counts", String(config.lmWeight)],
            ["Training took", `${metrics.trainSeconds.toFixed(1)} s on ${metrics.provider?.provider ?? "cpu"}`],
            ["ONNX file", `${formatNumber(model.artifactBytes / 1000)} kB`],
          ]}
        />
        <details>
          <summary className="cursor-pointer text-muted-foreground">Configuration</summary>
          <CodeBlock code={JSON.stringify(config.training, null, 2)} />
        </details>
      </Section>
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

function wordEncoder({ model, version, width }: RewardModelView["config"]["encoder"]): string {
  const name = model ? `${model.folder}, ${model.pooling} pooling` : "built in";
  return `${name}, width ${width} (${version})`;
}
