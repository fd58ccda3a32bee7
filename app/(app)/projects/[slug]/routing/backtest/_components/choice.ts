import type { FitReport } from "@/lib/routing/fits/schema";
import type { PolicyInput, PolicyPayload, RoutingView } from "@/lib/routing/schema";
import { goesByFit, goesByGain, hasHumanShare } from "../../_components/policy-values";
import type { CurveName } from "./curve-looks";
import type { Today } from "./curve-chart";
import type { Across, Measure } from "./curves";

/** What is looked at: a policy with its budget, and what it is measured by. */
export type Choice = { policy: CurveName; share: number; dualShare: number; measure: Measure; across: Across };

const usualShare = 0.25;
/** Without a random sample for both, nothing would tell how a policy that goes by what was learned does. */
const usualDualShare = 0.08;

const measures: readonly Measure[] = ["labelAccuracy", "rewardAccuracy", "rewardLogLikelihood"];

/** The current policy where it has a budget, else the best that can be had. */
export function startChoice(report: FitReport, { current: { policy } }: RoutingView): Choice {
  const has = (name: CurveName) => report.backtest.curves.some((curve) => curve.policy === name);
  const learned = report.learned?.verdict.kind === "trusted" && has("learned") ? "learned" : "random";
  return {
    policy: hasHumanShare(policy.kind) && has(policy.kind) ? policy.kind : learned,
    share: "humanShare" in policy ? Math.round(100 * policy.humanShare) / 100 : usualShare,
    dualShare: policy.dualShare === 0 && goesByFit(learned) ? usualDualShare : policy.dualShare,
    measure: "labelAccuracy",
    across: "share",
  };
}

/** The policy to preview and apply; null for what has no budget, which the Policy tab applies. */
export function inputOfChoice({ policy, share, dualShare }: Choice, current: PolicyPayload): PolicyInput | null {
  if (policy === "oracle" || !hasHumanShare(policy)) return null;
  const pacing = "pacing" in current && current.kind === policy ? current.pacing : null;
  return { kind: policy, humanShare: share, dualShare, pacing };
}

/** Where the project is now, of what goes either to people or to AI. */
export function todayOf({ current, progress }: RoutingView): Today | null {
  const count = (name: string) => progress.find(({ route }) => route === name)!.instances;
  const [human, lm] = [count("human"), count("lm")];
  return human + lm === 0 ? null : { share: human / (human + lm), curve: current.policy.kind };
}

/** What a fit's curves can be measured by. */
export function measuresOf({ backtest }: FitReport): Measure[] {
  return measures.filter((measure) =>
    backtest.curves.some(({ points }) => points.some((point) => point[measure] !== null)),
  );
}

/** Whether every measured share of every policy has a price. */
export function hasCosts({ backtest }: FitReport): boolean {
  return backtest.curves.every(({ points }) => points.every(({ costMicros }) => costMicros !== null));
}

/** What is not to be relied on: the learned policies of a fit that cannot be trusted. */
export function isDoubtful(policy: CurveName, report: FitReport): boolean {
  return policy !== "oracle" && goesByGain(policy) && report.learned?.verdict.kind !== "trusted";
}
