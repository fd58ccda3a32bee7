import type { JudgeView, JudgeVersionReport, VerdictOutcome } from "@/lib/judges/schema";

/** What answers for a judge. */
export function modelOf(config: JudgeVersionReport["config"]): string {
  if ("model" in config) return config.model;
  return config.rewardModel === null ? "Reward model" : `Reward model ${config.rewardModel.version}`;
}

/** Whether a judge is the reward model while none is promoted. */
export function lacksModel(judge: JudgeView): boolean {
  return judge.kind === "rm" && judge.config.rewardModel === null;
}

/** One order's verdict in a sentence. */
export function wordOutcome(outcome: VerdictOutcome): string {
  if (outcome.kind === "invalid") return `Cannot be used: ${outcome.problem}.`;
  if (outcome.kind === "tie") return `A tie. ${outcome.reasoning ?? ""}`.trim();
  const place = outcome.preferred === 0 ? "first" : "second";
  const said = `Prefers the ${place} of the pair, strength ${outcome.strength}.`;
  return outcome.reasoning === null ? said : `${said} ${outcome.reasoning}`;
}
