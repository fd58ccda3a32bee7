import type { Db } from "@/lib/db/client";
import { createSystemRun } from "@/lib/jobs/runs";
import { activeModel, isOpen, withThreshold } from "./open-instances";
import { lockPolicy, savePolicy } from "./policy";
import type { RoutePayload } from "./schema";

/**
 * Call it in the last transaction of a run that scored instances: when the project routes by uncertainty, the same
 * policy becomes its next version with the cut of the new scores, and a run routes every open instance by it. Null when
 * there is nothing to do: another policy, no promoted model, or scores that the current version has looked at already.
 */
export async function rerouteAfterScoring(db: Db, projectId: string): Promise<{ id: string } | null> {
  const before = await lockPolicy(db, projectId, "update");
  if (before.kind !== "uncertainty") return null;
  const model = await activeModel(db, projectId);
  if (model === null || (model === before.modelVersion && !(await hasUnseenScores(db, projectId)))) return null;
  const { version: current, ...same } = before;
  const version = current + 1;
  await savePolicy(db, {
    ...{ projectId, version, createdById: null },
    payload: await withThreshold(db, projectId, same),
  });
  const payload: RoutePayload = { version, redraw: true, reweigh: false };
  return await createSystemRun(db, projectId, { kind: "route", payload });
}

/** Whether an open instance has a score of the active model, but was routed without one. */
async function hasUnseenScores(db: Db, projectId: string): Promise<boolean> {
  const [row] = await db.$queryRaw<[{ exists: boolean }]>`
    select exists (
      select from instances i
      where i.project_id = ${projectId}::uuid and ${isOpen} and not i.has_images
        and (select r.score is null from routes r
          where r.project_id = i.project_id and r.instance_id = i.id order by r.policy_version desc limit 1)
        and exists (select from reward_scores s
          join reward_models m on m.project_id = s.project_id and m.version = s.model_version and m.is_active
          where s.project_id = i.project_id and s.instance_id = i.id)
    ) as exists`;
  return row.exists;
}
