import type { Db } from "@/lib/db/client";
import { rmConfig } from "./schema";

/**
 * Gives the judges that are the reward model a next version when another model serves than theirs answers with; call it
 * where a judge begins to judge. Nothing while no model is promoted.
 */
export async function followModel(db: Db, projectId: string): Promise<void> {
  const judges = await db.judge.findMany({ where: { projectId, kind: "rm" }, select: { id: true } });
  if (judges.length === 0) return;
  const [active] = await db.$queryRaw<{ version: number; aspect: string }[]>`
    select version, config ->> 'aspect' as aspect from reward_models
    where project_id = ${projectId}::uuid and is_active`;
  if (!active) return;
  for (const { id } of judges) await moveOn(db, { projectId, judgeId: id }, active);
}

async function moveOn(
  db: Db,
  { projectId, judgeId }: { projectId: string; judgeId: string },
  active: { version: number; aspect: string },
): Promise<void> {
  // Two at once would otherwise write the same version.
  await db.$queryRaw`select from judges where project_id = ${projectId}::uuid and id = ${judgeId}::uuid for update`;
  const current = await db.judgeVersion.findFirstOrThrow({
    where: { projectId, judgeId },
    orderBy: { version: "desc" },
  });
  const config = rmConfig.parse(current.config);
  if (config.rewardModel?.version === active.version) return;
  const version = current.version + 1;
  await db.judgeVersion.create({
    data: { projectId, judgeId, version, config: { ...config, rewardModel: active } },
  });
  await db.judge.update({ where: { projectId_id: { projectId, id: judgeId } }, data: { version } });
}
