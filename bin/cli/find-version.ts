import { operatorAccess } from "@/lib/auth/membership";
import { AppError } from "@/lib/errors";
import { listRewardModels } from "@/lib/reward/queries";
import type { RewardModelView } from "@/lib/reward/schema";

/** Every version of a project, newest first. */
export async function allModels(project: string): Promise<RewardModelView[]> {
  const access = await operatorAccess("reward:read", project);
  const models: RewardModelView[] = [];
  for (let cursor: string | undefined; ;) {
    const page = await listRewardModels(access, { limit: 200, cursor });
    models.push(...page.items);
    if (page.nextCursor === null) return models;
    cursor = page.nextCursor;
  }
}

/** A version by its number or id. Throws `not_found`. */
export async function findVersion(project: string, version: string): Promise<RewardModelView> {
  const model = (await allModels(project)).find((one) => String(one.version) === version || one.id === version);
  if (model) return model;
  throw new AppError(
    "not_found",
    `There is no version ${version} of the reward model of project ${project}. See: reward-model list --project ${project}`,
  );
}
