import { percent, withInterval } from "../with-interval";
import { preferenceOutput, type PreferenceMetrics } from "./schema";

/** What a model card says of whether the preferences are a scale. */
export function scaleParagraphs(preference: PreferenceMetrics | null): string[] {
  if (!preference) return [];
  if (preference.kind === "skipped") return ["## Preferences as a scale", `Not measured. ${preference.reason}`];
  const { likelihoodGain, cycles, accuracy, bradleyTerry } = preference;
  return [
    "## Preferences as a scale",
    likelihoodGain
      ? `A general preference model, which can let a beat b, b beat c and c beat a, explains held-out answers ${likelihoodGain.mean.toFixed(4)} nats a pair (${likelihoodGain.interval.map((value) => value.toFixed(4)).join(" to ")}) better than Bradley-Terry trained alike, on ${likelihoodGain.groups} prompts. It is right on ${withInterval(accuracy)}, Bradley-Terry on ${withInterval(bradleyTerry)}.`
      : "There are no test pairs to measure the general preference model on.",
    cycles
      ? `Of ${cycles.share.values} triples of completions ${withInterval(cycles.share)} form a cycle; noise alone would make up to ${percent(cycles.byNoise)}.`
      : "No held-out prompt has three completions that were all compared with each other.",
    `The output \`${preferenceOutput}\` [n, 2p] has vectors (a, b): sigmoid(b_1 . a_2 - a_1 . b_2) is the probability that 1 is preferred to 2.`,
  ];
}
