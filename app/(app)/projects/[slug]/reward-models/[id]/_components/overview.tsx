import { Check, X } from "lucide-react";
import { useTranslations } from "next-intl";

import type { Numbers } from "@/app/_components/ui/numbers";
import { Section } from "@/app/_components/ui/page";
import { useNumbers } from "@/app/_components/ui/use-numbers";
import type { Translate } from "@/app/i18n/translate";
import type { AspectAgreement } from "@/lib/quality/schema";
import type { WhatChanged as Changes } from "@/lib/reward/evaluation/schema";
import type { GateDecision, ModelMetrics, RewardModelView } from "@/lib/reward/schema";
import { AccuracyTable } from "../../_components/accuracy-table";
import { Evidence } from "../../_components/evidence";
import { Facts, ModelPictures } from "../../_components/model-facts";
import { wordEstimate, wordFigure } from "../../_components/words";
import { Ceiling } from "./ceiling";
import { Failures } from "./failures";
import { LearningCurve } from "./learning-curve";
import { Part, Parts } from "./parts";
import { WhatChanged } from "./what-changed";

type OverviewProps = { model: RewardModelView; people: AspectAgreement | undefined; changes: Changes | null };

/** How good a version is in all, whether more labels would help, and why it serves or does not. */
export function Overview({ model, people, changes }: OverviewProps) {
  const { metrics, gate } = model;
  const t = useTranslations("rewardModels");
  const numbers = useNumbers();
  return (
    <>
      <Failures failures={metrics.failures} />
      <Evidence model={model} />
      <Section title={t("overview.accuracy")}>
        <div className="grid grid-cols-1 gap-6 lg:grid-cols-2">
          <AccuracyTable metrics={metrics} people={people} />
          <Facts facts={factsOf(metrics, numbers, t)} />
        </div>
      </Section>
      <ModelPictures model={model} />
      {metrics.evaluation ? (
        <Section title={t("overview.more")} description={t("words.heldOutPart")}>
          <Parts>
            <Part title={t("overview.moreLabels")}>
              <LearningCurve curve={metrics.evaluation.learningCurve} />
            </Part>
            <Part title={t("overview.agreedOn")}>
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

function factsOf(
  { bySource, withSides, memberCorrelation }: ModelMetrics,
  numbers: Numbers,
  t: Translate<"rewardModels">,
): [name: string, value: string][] {
  return [
    ...bySource.map(({ source, accuracy }): [string, string] => [
      source === "human" ? t("overview.byPeople") : t("overview.byAi"),
      t("overview.ofPairs", {
        estimate: wordEstimate(accuracy, numbers, t),
        pairs: numbers.number(accuracy.values),
      }),
    ]),
    [t("overview.similarLength"), wordEstimate(withSides.accuracyAtSimilarLength, numbers, t)],
    [t("words.logLoss"), wordFigure(withSides.logLoss, numbers, t)],
    [t("overview.brier"), wordFigure(withSides.brier, numbers, t)],
    [t("words.rocArea"), wordFigure(withSides.auc, numbers, t)],
    [t("words.membersCorrelate"), wordFigure(memberCorrelation, numbers, t)],
  ];
}

function Gate({ gate }: { gate: GateDecision }) {
  const t = useTranslations("rewardModels");
  return (
    <Section
      title={t("gate.title")}
      description={gate.comparedWith === null ? t("gate.first") : t("gate.compared", { version: gate.comparedWith })}
    >
      <ul className="grid gap-2">
        {gate.rules.map(({ rule, isPassed, reason }) => (
          <li key={rule} className="flex gap-2.5">
            {isPassed ? (
              <Check aria-label={t("gate.passed")} className="mt-0.5 size-4 shrink-0 text-tone-emerald-ink" />
            ) : (
              <X aria-label={t("gate.failed")} className="mt-0.5 size-4 shrink-0 text-tone-rose-ink" />
            )}
            <span>
              {t.rich("gate.rule", {
                b: (chunks) => <span className="font-medium">{chunks}</span>,
                rule: t(`gate.rules.${rule}`),
                reason,
              })}
            </span>
          </li>
        ))}
      </ul>
    </Section>
  );
}
