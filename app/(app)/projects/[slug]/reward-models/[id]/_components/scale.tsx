import { formatNumber, formatPercent } from "@/app/_components/ui/numbers";
import { Section } from "@/app/_components/ui/page";
import type { FittedPreference, PreferenceMetrics } from "@/lib/reward/general-preference/schema";
import type { EstimateView } from "@/lib/reward/schema";
import { wordNats } from "../../_components/words";

/** With fewer, an interval by prompt is narrower than it should be, and decides nothing. */
const fewestTestPrompts = 10;

/** Whether the preferences that a version learned are a scale: what a model that need not be one gains, and the cycles. */
export function Scale({ preference }: { preference: PreferenceMetrics | null }) {
  if (!preference) return null;
  if (preference.kind === "skipped") {
    return (
      <Section title="Preferences as a scale">
        <p>Not measured. {preference.reason}</p>
      </Section>
    );
  }
  return (
    <Section title="Preferences as a scale">
      <p className="max-w-[72ch]">
        {wordGain(preference)} {wordCycles(preference)}
      </p>
    </Section>
  );
}

function wordGain({ likelihoodGain, pairs }: FittedPreference): string {
  if (!likelihoodGain) return "There are no test pairs to measure the general preference model on.";
  return `The log-likelihood ratio of the general preference model over Bradley-Terry is ${wordNats(likelihoodGain, "pair")} on ${formatNumber(pairs.test)} test pairs of ${formatNumber(likelihoodGain.groups)} prompts, ${verdictOn(likelihoodGain)}.`;
}

function verdictOn({ interval: [low, high], groups }: EstimateView): string {
  if (groups < fewestTestPrompts) return "too few to conclude from";
  if (low > 0) return "so preferences are not a scale alone";
  return high < 0 ? "so a scale explains them better" : "so nothing shows that a scale is not enough";
}

function wordCycles({ cycles }: FittedPreference): string {
  if (!cycles) return "No held-out prompt has three completions that were all compared with each other.";
  const { share, byNoise } = cycles;
  return `Of ${formatNumber(share.values)} triples of completions ${formatPercent(share.mean, share.interval)} form a cycle; noise alone would make up to ${formatPercent(byNoise)}.`;
}
