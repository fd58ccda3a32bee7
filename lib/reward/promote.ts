import { OPERATOR, principalOf, type Access, type Principal } from "@/lib/auth/access";
import { recordAudit } from "@/lib/auth/audit";
import { prisma, type Db } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import { judgeRouted } from "@/lib/judges/start-run";
import { say } from "@/lib/say";
import { queueScoring } from "./queue-scoring";
import { gateDecision, type PromoteInput, type RewardModelView } from "./schema";
import { fileIsGone } from "./old-versions";
import { getRewardModel, noSuchModel } from "./queries";

/** Who trains when nobody asked by name. */
const schedule: Principal = { ...OPERATOR, email: "training schedule", name: "Training schedule" };

/** The person who started a run, for the audit log. */
export async function actorOf(db: Db, userId: string | null): Promise<Principal> {
  if (userId === OPERATOR.userId) return OPERATOR;
  const user = userId === null ? null : await db.user.findUnique({ where: { id: userId } });
  return user ? principalOf(user, "session") : schedule;
}

/**
 * Lets a version serve in place of the one that does, and queues the scores of all completions by it. The caller holds
 * the lock of the project's row.
 */
export async function activate(
  db: Db,
  given: {
    projectId: string;
    id: string;
    version: number;
    actor: Principal;
    why: "gate" | "hand" | "rollback";
    /** In the actor's words. */
    reason?: string | undefined;
  },
): Promise<void> {
  const { projectId, id, version, actor, why, reason = null } = given;
  const before = await db.rewardModel.findFirst({ where: { projectId, isActive: true }, select: { version: true } });
  await db.rewardModel.updateMany({ where: { projectId, isActive: true }, data: { isActive: false } });
  await db.rewardModel.update({
    where: { projectId_id: { projectId, id } },
    data: { isActive: true, promotedAt: new Date() },
  });
  await recordAudit(db, actor, {
    action: "reward.promote",
    target: `reward model version ${version}`,
    projectId,
    detail: { version, before: before?.version ?? null, why, reason },
  });
  await queueScoring(db, projectId, version);
  // What is routed to AI may have waited for a model.
  await judgeRouted(db, projectId);
}

/**
 * Lets a version serve, a newer one or, to roll back, an older one. A version that the gate held back and that never
 * served needs a reason: `invalid` without. `conflict` when it serves already, `gone` when its file was deleted.
 */
export async function promoteRewardModel(
  access: Access<"reward:manage">,
  id: string,
  { reason }: PromoteInput,
): Promise<RewardModelView> {
  const { projectId, slug } = access;
  await prisma.$transaction(async (db) => {
    await db.$queryRaw`select from projects where id = ${projectId}::uuid for no key update`;
    const model = await db.rewardModel.findUnique({
      where: { projectId_id: { projectId, id } },
      select: { version: true, isActive: true, promotedAt: true, gate: true },
    });
    if (!model) throw noSuchModel(slug, id);
    const { version } = model;
    if (!(await hasFile(db, projectId, id))) throw fileIsGone(version);
    if (model.isActive) throw new AppError("conflict", say`Version ${version} of the reward model is active already.`);
    const gate = gateDecision.parse(model.gate);
    if (reason === undefined && !gate.isPassed && model.promotedAt === null) {
      throw new AppError(
        "invalid",
        say`The promotion gate held version ${version} back. To promote it nevertheless, give a reason.`,
        { faults: [{ path: "reason", message: say`is needed, as the gate held this version back` }] },
      );
    }
    await activate(db, { projectId, id, version, actor: access, why: "hand", reason });
  });
  return await getRewardModel(access, id);
}

async function hasFile(db: Db, projectId: string, id: string): Promise<boolean> {
  return (await db.rewardModel.count({ where: { projectId, id, artifact: { not: null } } })) > 0;
}
