import { useTranslations } from "next-intl";
import Link from "next/link";
import type { ReactNode } from "react";

import { CodeBlock } from "@/app/_components/ui/code-block";
import type { Numbers } from "@/app/_components/ui/numbers";
import { Section } from "@/app/_components/ui/page";
import { ShortId } from "@/app/_components/ui/short-id";
import { RelativeTime } from "@/app/_components/ui/time";
import { useNumbers } from "@/app/_components/ui/use-numbers";
import { wordDuration } from "@/app/_components/ui/word-duration";
import type { Translate } from "@/app/i18n/translate";
import type { RewardModelView } from "@/lib/reward/schema";
import { Facts, leftOutFacts, wordPart } from "../../_components/model-facts";
import { ComputedOn } from "./computed-on";

/** What a version was made from and how: data, run, settings. */
export function MadeFrom({ slug, model }: { slug: string; model: RewardModelView }) {
  const { metrics, config } = model;
  const t = useTranslations("rewardModels");
  const durations = useTranslations("ui.duration");
  const numbers = useNumbers();
  return (
    <Section title={t("madeFrom.title")}>
      <Facts
        facts={[
          [t("words.trained"), <RelativeTime key="time" value={model.createdAt} />],
          [t("facts.trainedOn"), wordPart(metrics.train, numbers, t)],
          [t("facts.stoppedBy"), wordPart(metrics.validation, numbers, t)],
          [t("facts.testedOn"), wordPart(metrics.test, numbers, t)],
          ...leftOutFacts(metrics, numbers, t),
          [
            t("madeFrom.snapshot"),
            <span key="snapshot" className="inline-flex items-center gap-2">
              <Link href={`/projects/${slug}/export`} className="hover:underline">
                {t("madeFrom.ofTraining")}
              </Link>
              <ShortId id={model.snapshotId} label={t("madeFrom.snapshotId")} />
            </span>,
          ],
          [
            t("madeFrom.run"),
            <span key="run" className="inline-flex items-center gap-2">
              <Link href={`/projects/${slug}/runs?kind=train`} className="hover:underline">
                {t("madeFrom.training")}
              </Link>
              <ShortId id={model.runId} label={t("madeFrom.runId")} />
            </span>,
          ],
          [t("madeFrom.seed"), String(model.seed)],
          [t("madeFrom.encoder"), wordEncoder(config.encoder, t)],
          [t("madeFrom.aspect"), config.aspect],
          [t("madeFrom.judgeVote"), wordLmWeight(model, t)],
          [t("madeFrom.doubtfulLabels"), wordTreatment(model, numbers, t)],
          [t("madeFrom.took"), wordDuration(1000 * metrics.trainSeconds, numbers, durations, { withTenths: true })],
          ...computedFacts(metrics, t),
          [
            t("madeFrom.file"),
            model.artifactBytes === null ? t("madeFrom.deleted") : `${numbers.number(model.artifactBytes / 1000)} kB`,
          ],
        ]}
      />
      <details>
        <summary className="cursor-pointer text-muted-foreground">{t("madeFrom.configuration")}</summary>
        <CodeBlock code={JSON.stringify(config.training, null, 2)} />
      </details>
    </Section>
  );
}

/** Nothing for what was never chosen: versions from before there was a choice were computed on the CPU. */
function computedFacts(
  { provider, encodedOn }: RewardModelView["metrics"],
  t: Translate<"rewardModels">,
): [string, ReactNode][] {
  const found = [
    [t("madeFrom.stepsComputed"), provider],
    [t("madeFrom.textsEncoded"), encodedOn],
  ] as const;
  return found.flatMap(([name, choice]) => (choice ? [[name, <ComputedOn key={name} choice={choice} />]] : []));
}

function wordLmWeight({ config, metrics: { noise } }: RewardModelView, t: Translate<"rewardModels">): string {
  if (!noise || noise.triedWeights.length === 0) return String(config.lmWeight);
  return t("madeFrom.learnedWeight", { weight: String(noise.lmWeight) });
}

function wordTreatment(
  { config: { learning }, metrics: { noise } }: RewardModelView,
  numbers: Numbers,
  t: Translate<"rewardModels">,
): string {
  const treatment = t(`madeFrom.treatments.${learning.noise.kind}`);
  return [
    noise && noise.treated > 0 ? t("madeFrom.treated", { treatment, pairs: numbers.number(noise.treated) }) : treatment,
    ...(learning.adaptsMargins ? [t("madeFrom.adaptsMargins")] : []),
    ...(learning.balancesDomains ? [t("madeFrom.balancesDomains")] : []),
  ].join(t("words.semicolon"));
}

function wordEncoder(
  { model, endpoint, version, width }: RewardModelView["config"]["encoder"],
  t: Translate<"rewardModels">,
): string {
  const of = { width: String(width), version };
  if (endpoint) return t("madeFrom.endpoint", { ...of, model: endpoint.model, address: endpoint.baseUrl });
  return model ? t("madeFrom.folder", { ...of, ...model }) : t("madeFrom.builtIn", of);
}
