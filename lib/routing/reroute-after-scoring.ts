import type { Db } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import { createSystemRun } from "@/lib/jobs/runs";
import { ranks } from "./decide";
import { featuresVersion } from "./features/version";
import { activeModel, isOpen, withThreshold } from "./open-instances";
import { lockPolicy, savePolicy } from "./policy";
import type { Policy, RoutePayload } from "./schema";

/**
 * Call it in the last transaction of a run after which instances can be scored that could not before: when the project's
 * policy ranks by those scores, the same policy becomes its next version with their cut, and a run routes every open
 * instance by it. Null when there is nothing to do: another policy, nothing to score by, or scores that the current
 * version has looked at already.
 */
export async function rerouteAfterScoring(db: Db, projectId: string): Promise<{ id: string } | null> {
  const before = await lockPolicy(db, projectId, "update");
  const cause = await whyAnew(db, projectId, before);
  if (cause === null) return null;
  const { version: current, ...same } = before;
  const version = current + 1;
  await savePolicy(db, {
    ...{ projectId, version, createdById: null, cause },
    payload: await withThreshold(db, projectId, same),
  });
  const payload: RoutePayload = { version, redraw: true, reweigh: false };
  return await createSystemRun(db, projectId, { kind: "route", payload });
}

async function whyAnew(db: Db, projectId: string, policy: Policy): Promise<string | null> {
  if (!ranks(policy)) return null;
  if (policy.kind !== "uncertainty") {
    const isMeasured = Prisma.sql`exists (select from routing_features f
      where f.project_id = i.project_id and f.instance_id = i.id and f.version = ${await featuresVersion(db, projectId)})`;
    return (await hasUnseen(db, projectId, isMeasured)) ? "Instances were measured that it had drawn at random." : null;
  }
  const model = await activeModel(db, projectId);
  if (model === null) return null;
  if (model !== policy.modelVersion) return `Version ${model} of the reward model scored the instances.`;
  const isScored = Prisma.sql`exists (select from reward_scores s
    join reward_models m on m.project_id = s.project_id and m.version = s.model_version and m.is_active
    where s.project_id = i.project_id and s.instance_id = i.id)`;
  return (await hasUnseen(db, projectId, isScored)) ? "Instances were scored that it had drawn at random." : null;
}

/** Whether an open instance can be scored, but was routed without a score. */
async function hasUnseen(db: Db, projectId: string, canBeScored: Prisma.Sql): Promise<boolean> {
  const [row] = await db.$queryRaw<[{ exists: boolean }]>`
    select exists (
      select from instances i
      where i.project_id = ${projectId}::uuid and ${isOpen} and not i.has_images
        and (select r.score is null from routes r
          where r.project_id = i.project_id and r.instance_id = i.id order by r.policy_version desc, r.stage desc limit 1)
        and ${canBeScored}
    ) as exists`;
  return row.exists;
}
