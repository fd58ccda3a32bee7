import type { Translate } from "@/app/i18n/translate";
import type { JudgeVersionReport, JudgeView } from "@/lib/judges/schema";

/** What answers for a judge. */
export function modelOf(config: JudgeVersionReport["config"], t: Translate<"judges.words">): string {
  if ("model" in config) return config.model;
  return config.rewardModel === null ? t("rewardModel") : t("rewardModelOf", { version: config.rewardModel.version });
}

/** Whether a judge is the reward model while none is promoted. */
export function lacksModel(judge: JudgeView): boolean {
  return judge.kind === "rm" && judge.config.rewardModel === null;
}
