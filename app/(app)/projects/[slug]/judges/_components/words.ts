import type { JudgeVersionReport, JudgeView } from "@/lib/judges/schema";

/** What answers for a judge. */
export function modelOf(config: JudgeVersionReport["config"]): string {
  if ("model" in config) return config.model;
  return config.rewardModel === null ? "Reward model" : `Reward model ${config.rewardModel.version}`;
}

/** Whether a judge is the reward model while none is promoted. */
export function lacksModel(judge: JudgeView): boolean {
  return judge.kind === "rm" && judge.config.rewardModel === null;
}
