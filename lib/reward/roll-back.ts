import type { Access } from "@/lib/auth/access";
import { prisma, type Db } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import { say } from "@/lib/say";
import { activate } from "./promote";
import { getRewardModel } from "./queries";
import type { PreviousModel, RewardModelView, RollBackInput } from "./schema";

/** The version that served before the one that does; null where none did, or its file is gone. */
export async function findPreviousModel({ projectId }: Access<"reward:read">): Promise<PreviousModel | null> {
  return await previousOf(prisma, projectId);
}

/** Lets the version that served before the active one serve again. Throws `conflict` where there is none. */
export async function rollBackRewardModel(
  access: Access<"reward:manage">,
  { reason }: RollBackInput,
): Promise<RewardModelView> {
  const { projectId, slug } = access;
  const id = await prisma.$transaction(async (db) => {
    await db.$queryRaw`select from projects where id = ${projectId}::uuid for no key update`;
    const previous = await previousOf(db, projectId);
    if (!previous) {
      throw new AppError(
        "conflict",
        say`No version of the reward model of project ${slug} that served before can serve again. Promote another version.`,
      );
    }
    await activate(db, { projectId, ...previous, actor: access, why: "rollback", reason });
    return previous.id;
  });
  return await getRewardModel(access, id);
}

async function previousOf(db: Db, projectId: string): Promise<PreviousModel | null> {
  const [row] = await db.$queryRaw<(PreviousModel & { hasFile: boolean })[]>`
    select id::text, version, artifact is not null as "hasFile" from reward_models m
    where project_id = ${projectId}::uuid and promoted_at is not null and not is_active and exists (
      select from reward_models a where a.project_id = m.project_id and a.is_active)
    order by promoted_at desc limit 1`;
  return row?.hasFile ? { id: row.id, version: row.version } : null;
}
