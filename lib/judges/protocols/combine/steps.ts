import { plurality } from "@/lib/stats/plurality";
import { stepConsensus } from "@/lib/stats/step-consensus";
import type { StepsSaid } from "../steps";
import { readable, unreadable, type Joined, type Unreadable } from "./joined";

export type StepsParts = Pick<StepsSaid, "steps" | "firstError">;

type StepsOutcome = ({ kind: "steps" } & StepsParts) | Unreadable;

/** The index that stands for no error. */
const none = -1;

/**
 * What the samples of judged steps come to: the first error that most of them name ("none" is an answer), and the labels
 * and flags of most of those that name it, so that the two agree; as many good as neutral is neutral. Steps behind the
 * error on which these disagree are left out. The confidence is the share of all samples that name the error. Where no
 * error is ahead there is no label.
 */
export function combineSteps(outcomes: readonly StepsOutcome[]): Joined<StepsParts> {
  const read = readable(outcomes);
  const first = plurality(read.map(({ firstError }) => ({ value: firstError ?? none, weight: 1 })));
  if (!first) return unreadable;
  const basis = "samples";
  if (first.answer === null) return { outcome: "inconsistent", payload: null, confidence: 0, basis };
  const firstError = first.answer === none ? null : first.answer;
  const agreeing = read.filter((one) => one.firstError === firstError);
  const consensus = stepConsensus(agreeing.map(({ steps }) => ({ value: { steps, firstError: null }, weight: 1 })))!;
  const steps = consensus.steps.flatMap(({ index, label, flags }) => {
    if (label !== null) return { index, label, flags };
    return firstError === null || index < firstError ? { index, label: "neutral" as const, flags } : [];
  });
  return { outcome: "answered", payload: { steps, firstError }, confidence: agreeing.length / outcomes.length, basis };
}
