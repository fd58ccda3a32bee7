import { useTranslations } from "next-intl";
import type { Numbers } from "@/app/_components/ui/numbers";
import { Section } from "@/app/_components/ui/page";
import { useNumbers } from "@/app/_components/ui/use-numbers";
import type { Translate } from "@/app/i18n/translate";
import type { FittedPreference, PreferenceMetrics } from "@/lib/reward/general-preference/schema";
import type { EstimateView } from "@/lib/reward/schema";
import { joinSentences, wordNats } from "../../_components/words";

/** With fewer, an interval by prompt is narrower than it should be, and decides nothing. */
const fewestTestPrompts = 10;

/** Whether the preferences that a version learned are a scale: what a model that need not be one gains, and the cycles. */
export function Scale({ preference }: { preference: PreferenceMetrics | null }) {
  const t = useTranslations("rewardModels");
  const numbers = useNumbers();
  if (!preference) return null;
  if (preference.kind === "skipped") {
    return (
      <Section title={t("scale.title")}>
        <p>{t("scale.notMeasured", { reason: preference.reason })}</p>
      </Section>
    );
  }
  return (
    <Section title={t("scale.title")}>
      <p className="max-w-[72ch]">
        {joinSentences([wordGain(preference, numbers, t), wordCycles(preference, numbers, t)], t)}
      </p>
    </Section>
  );
}

function wordGain({ likelihoodGain, pairs }: FittedPreference, numbers: Numbers, t: Translate<"rewardModels">): string {
  if (!likelihoodGain) return t("scale.noTestPairs");
  return t("scale.gain", {
    nats: wordNats(likelihoodGain, "pair", numbers, t),
    pairs: numbers.number(pairs.test),
    prompts: numbers.number(likelihoodGain.groups),
    verdict: verdictOn(likelihoodGain),
  });
}

function verdictOn({ interval: [low, high], groups }: EstimateView): "tooFew" | "notScale" | "scale" | "open" {
  if (groups < fewestTestPrompts) return "tooFew";
  if (low > 0) return "notScale";
  return high < 0 ? "scale" : "open";
}

function wordCycles({ cycles }: FittedPreference, numbers: Numbers, t: Translate<"rewardModels">): string {
  if (!cycles) return t("scale.noTriples");
  const { share, byNoise } = cycles;
  return t("scale.cycles", {
    triples: numbers.number(share.values),
    share: numbers.percent(share.mean, share.interval),
    byNoise: numbers.percent(byNoise),
  });
}
