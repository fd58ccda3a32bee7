import type { Access } from "@/lib/auth/access";
import { recordAudit } from "@/lib/auth/audit";
import { prisma, type Db } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import { AppError } from "@/lib/errors";
import { createRun, createSystemRun } from "@/lib/jobs/runs";
import { noModel } from "./ask-rm";
import { followModel } from "./follow-model";
import { findJudge } from "./queries";
import { rmConfig, type JudgeRunPayload, type RunJudgeInput } from "./schema";

/**
 * Starts a run in which a judge judges what is named, or else what is routed to AI. Instances that have a label of its
 * current version are left out. Throws `not_found` for an instance of another project.
 */
export async function startJudgeRun(
  access: Access<"judge:run">,
  judgeId: string,
  { instances, filter }: RunJudgeInput,
): Promise<{ id: string }> {
  const { projectId, slug } = access;
  return await prisma.$transaction(async (db) => {
    await followModel(db, projectId);
    const { name, kind, current } = await findJudge(db, access, judgeId);
    if (kind === "rm" && rmConfig.parse(current.config).rewardModel === null) throw noModel(name);
    if (instances) await requireInstances(db, access, instances);
    const payload: JudgeRunPayload = { judgeId, ...(instances && { instances }), ...(filter && { filter }) };
    const run = await createRun(db, access, { kind: "judge", payload });
    const what = instances ? `${instances.length} instances` : filter ? "a filter" : "routed instances";
    await recordAudit(db, access, { action: "judge.run", target: name, projectId, detail: { project: slug, what } });
    return run;
  });
}

/** Of judges `j`: switched on, and if it is the reward model, one is promoted. */
const canAnswer = Prisma.sql`j.is_enabled and (j.kind = 'lm' or exists (
  select from reward_models m where m.project_id = j.project_id and m.is_active))`;

/**
 * Queues a run for every judge that is switched on, to judge what is routed to AI when the run begins; call it in the
 * transaction that routes, or that promotes a reward model. A judge that is the reward model waits for one. A run that waits already will see what this transaction writes, and none is added.
 */
export async function judgeRouted(db: Db, projectId: string): Promise<void> {
  await followModel(db, projectId);
  const judges = await db.$queryRaw<{ id: string }[]>`
    select id::text from judges j where project_id = ${projectId}::uuid and ${canAnswer} order by id`;
  for (const { id: judgeId } of judges) {
    // Held until this transaction ends, so that the run cannot begin before what it is to judge is there.
    const waiting = await db.$queryRaw<unknown[]>`
      select id from runs
      where project_id = ${projectId}::uuid and kind = 'judge' and state = 'queued'
        and payload = jsonb_build_object('judgeId', ${judgeId}::text) and cancel_requested_at is null
      limit 1 for share`;
    if (waiting.length > 0) continue;
    const payload: JudgeRunPayload = { judgeId };
    await createSystemRun(db, projectId, { kind: "judge", payload });
  }
}

/** How many instances are routed to AI and have no label of a judge. With no judge switched on they wait for one. */
export async function waitingForJudge(projectId: string): Promise<{ instances: number; hasJudge: boolean }> {
  const [row] = await prisma.$queryRaw<[{ instances: number; hasJudge: boolean }]>`
    select (
      select count(*)::int from instances i
      where project_id = ${projectId}::uuid and route in ('lm', 'dual') and is_labelable and not exists (
        select from labels l where l.project_id = i.project_id and l.instance_id = i.id and l.source in ('lm', 'rm') and l.is_current
          and l.annotator like 'judge:%')
    ) as instances,
    exists (select from judges j where project_id = ${projectId}::uuid and ${canAnswer}) as "hasJudge"`;
  return row;
}

async function requireInstances(db: Db, { projectId, slug }: Access<"judge:run">, ids: string[]): Promise<void> {
  const found = await db.instance.findMany({ where: { projectId, id: { in: ids } }, select: { id: true } });
  const known = new Set(found.map(({ id }) => id));
  const missing = ids.find((id) => !known.has(id));
  if (missing !== undefined) throw new AppError("not_found", `There is no instance ${missing} in project ${slug}.`);
}
