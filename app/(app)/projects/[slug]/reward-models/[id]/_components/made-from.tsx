import Link from "next/link";
import type { ReactNode } from "react";

import { CodeBlock } from "@/app/_components/ui/code-block";
import { formatNumber } from "@/app/_components/ui/numbers";
import { Section } from "@/app/_components/ui/page";
import { ShortId } from "@/app/_components/ui/short-id";
import { RelativeTime } from "@/app/_components/ui/time";
import type { NoiseTreatment } from "@/lib/reward/noise/schema";
import type { RewardModelView } from "@/lib/reward/schema";
import { Facts, leftOutFacts, wordPart } from "../../_components/model-facts";
import { ComputedOn } from "./computed-on";

/** What a version was made from and how: data, run, settings. */
export function MadeFrom({ slug, model }: { slug: string; model: RewardModelView }) {
  const { metrics, config } = model;
  return (
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
          ["A judge's vote counts", wordLmWeight(model)],
          ["Doubtful labels", wordTreatment(model)],
          ["Training took", `${metrics.trainSeconds.toFixed(1)} s`],
          ...computedFacts(metrics),
          ["ONNX file", model.artifactBytes === null ? "Deleted" : `${formatNumber(model.artifactBytes / 1000)} kB`],
        ]}
      />
      <details>
        <summary className="cursor-pointer text-muted-foreground">Configuration</summary>
        <CodeBlock code={JSON.stringify(config.training, null, 2)} />
      </details>
    </Section>
  );
}

/** Nothing for what was never chosen: versions from before there was a choice were computed on the CPU. */
function computedFacts({ provider, encodedOn }: RewardModelView["metrics"]): [string, ReactNode][] {
  const found = [
    ["Steps computed", provider],
    ["Texts encoded", encodedOn],
  ] as const;
  return found.flatMap(([name, choice]) => (choice ? [[name, <ComputedOn key={name} choice={choice} />]] : []));
}

function wordLmWeight({ config, metrics: { noise } }: RewardModelView): string {
  if (!noise || noise.triedWeights.length === 0) return String(config.lmWeight);
  return `${noise.lmWeight}, learned from people's validation labels`;
}

const treatmentWords: Record<NoiseTreatment["kind"], string> = {
  none: "Learned as they are",
  smooth: "Smoothed",
  soft: "Believed as far as the votes did",
  flip: "Turned round where probably wrong",
  drop: "Left out where probably wrong",
};

function wordTreatment({ config: { learning }, metrics: { noise } }: RewardModelView): string {
  const words = treatmentWords[learning.noise.kind];
  const treated = noise && noise.treated > 0 ? `, ${formatNumber(noise.treated)} training pairs` : "";
  return `${words}${treated}${learning.adaptsMargins ? "; margins adapt to the votes" : ""}${learning.balancesDomains ? "; domains count alike" : ""}`;
}

function wordEncoder({ model, endpoint, version, width }: RewardModelView["config"]["encoder"]): string {
  const local = model ? `${model.folder}, ${model.pooling} pooling` : "built in";
  return `${endpoint ? `${endpoint.model} at ${endpoint.baseUrl}` : local}, width ${width} (${version})`;
}
