import { Check, X } from "lucide-react";

import { formatNumber } from "@/app/_components/ui/numbers";
import { Section } from "@/app/_components/ui/page";
import type { AspectAgreement } from "@/lib/quality/schema";
import type { WhatChanged as Changes } from "@/lib/reward/evaluation/schema";
import type { GateDecision, ModelMetrics, RewardModelView } from "@/lib/reward/schema";
import { AccuracyTable } from "../../_components/accuracy-table";
import { Evidence } from "../../_components/evidence";
import { Facts, ModelPictures } from "../../_components/model-facts";
import { ruleWords, wordEstimate } from "../../_components/words";
import { Ceiling } from "./ceiling";
import { Failures } from "./failures";
import { LearningCurve } from "./learning-curve";
import { Part, Parts } from "./parts";
import { WhatChanged } from "./what-changed";

type OverviewProps = { model: RewardModelView; people: AspectAgreement | undefined; changes: Changes | null };

/** How good a version is in all, whether more labels would help, and why it serves or does not. */
export function Overview({ model, people, changes }: OverviewProps) {
  const { metrics, gate } = model;
  return (
    <>
      <Failures failures={metrics.failures} />
      <Evidence model={model} />
      <Section title="Accuracy">
        <div className="grid grid-cols-1 gap-6 lg:grid-cols-2">
          <AccuracyTable metrics={metrics} people={people} />
          <Facts facts={factsOf(metrics)} />
        </div>
      </Section>
      <ModelPictures model={model} />
      {metrics.evaluation ? (
        <Section
          title="What more labels could bring"
          description="On the held-out part, which taught and chose nothing."
        >
          <Parts>
            <Part title="More labels">
              <LearningCurve curve={metrics.evaluation.learningCurve} />
            </Part>
            <Part title="What people agree on">
              <Ceiling ceiling={metrics.evaluation.ceiling} />
            </Part>
          </Parts>
        </Section>
      ) : null}
      <Gate gate={gate} />
      {changes ? <WhatChanged changes={changes} metrics={metrics} comparison={gate.comparison} /> : null}
    </>
  );
}

function factsOf({ bySource, withSides, memberCorrelation }: ModelMetrics): [name: string, value: string][] {
  return [
    ...bySource.map(({ source, accuracy }): [string, string] => [
      source === "human" ? "On pairs labelled by people" : "On pairs labelled by AI alone",
      `${wordEstimate(accuracy)} of ${formatNumber(accuracy.values)}`,
    ]),
    ["On pairs of similar length", wordEstimate(withSides.accuracyAtSimilarLength)],
    ["Log loss", withSides.logLoss?.toFixed(3) ?? "n/a"],
    ["Brier score", withSides.brier?.toFixed(3) ?? "n/a"],
    ["Area under the ROC curve", withSides.auc?.toFixed(3) ?? "n/a"],
    ["Members correlate", memberCorrelation?.toFixed(3) ?? "n/a"],
  ];
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
