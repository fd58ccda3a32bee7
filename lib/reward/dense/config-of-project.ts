import { stepCutOf } from "@/lib/assignments/shown";
import type { Db } from "@/lib/db/client";
import { currentSchema } from "@/lib/projects/current-schema";
import { rewardSettings } from "@/lib/reward/schema";
import { denseDefaults } from "./config";
import type { DenseConfig } from "./schema";

/** How a training of the project learns segments and steps. Steps are cut as annotators are shown them. */
export async function denseConfigOf(db: Db, projectId: string): Promise<DenseConfig> {
  const { taskSchema } = await currentSchema(db, projectId);
  const project = await db.project.findUniqueOrThrow({ where: { id: projectId }, select: { rewardSettings: true } });
  const { neutralSteps = "good" } = rewardSettings.parse(project.rewardSettings);
  const cut = stepCutOf(taskSchema);
  // Whole completions are no steps to learn from; what is not cut for people is cut where blank lines part it.
  return { ...denseDefaults, neutralSteps, stepCut: cut === "line" || cut === "sentence" ? cut : "blank-line" };
}
