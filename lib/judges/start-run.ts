import type { Access } from "@/lib/auth/access";
import { recordAudit } from "@/lib/auth/audit";
import { prisma, type Db } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import { AppError } from "@/lib/errors";
import { createRun, createSystemRun } from "@/lib/jobs/runs";
import { waitsForSecondJudge } from "@/lib/routing/asked-judges";
import { say } from "@/lib/say";
import { noModel } from "./ask-rm";
import { followModel } from "./follow-model";
import { cannotSee } from "./load";
import { loadPlan, requireQuestions } from "./plan";
import { configured, findJudge } from "./queries";
import type { RunJudgeInput } from "./schema";
import type { JudgeRunPayload } from "./runs/schema";

/**
 * Starts a run in which a judge judges what is named, or else what is routed to AI. Instances that have a label of its
 * current version are left out. Throws `not_found` for an instance of another project, and
 * `invalid` for one that has images.
 */
export async function startJudgeRun(
  access: Access<"judge:run">,
  judgeId: string,
  { instances, filter }: RunJudgeInput,
): Promise<{ id: string }> {
  const { projectId, slug } = access;
  return await prisma.$transaction(async (db) => {
    await followModel(db, projectId);
    const { name, ...judge } = await findJudge(db, access, judgeId);
    const asked = configured(judge);
    if (asked.kind === "rm" && asked.config.rewardModel === null) throw noModel(name);
    requireQuestions(name, asked, await loadPlan(projectId, asked, db));
    if (instances) await requireInstances(db, access, instances);
    const payload: JudgeRunPayload = { judgeId, ...(instances && { instances }), ...(filter && { filter }) };
    const run = await createRun(db, access, { kind: "judge", payload });
    const of = instances ? { instances: instances.length } : { of: filter ? "filter" : "routed" };
    const detail = { project: slug, work: "judge", ...of };
    await recordAudit(db, access, { action: "judge.run", target: name, projectId, detail });
    return run;
  });
}

/** Of judges `j`: switched on, and if it is the reward model, one is promoted. */
export const canAnswer = Prisma.sql`j.is_enabled and (j.kind = 'lm' or exists (
  select from reward_models m where m.project_id = j.project_id and m.is_active))`;

/**
 * Queues a run for every judge that is switched on, to judge what is routed to AI when the run begins; call it in the
 * transaction that routes, or that promotes a reward model. A judge that is the reward model waits for one. A run that waits already will see what this transaction writes, and none is added.
 */
export async function judgeRouted(db: Db, projectId: string): Promise<void> {
  await followModel(db, projectId);
  const judges = await db.$queryRaw<{ id: string }[]>`
    select id::text from judges j where project_id = ${projectId}::uuid and ${canAnswer} order by id`;
  for (const { id } of judges) if (await hasQuestions(db, projectId, id)) await queueRoutedRun(db, projectId, id);
}

/** Whether the project asks anything that a judge answers. */
export async function hasQuestions(db: Db, projectId: string, judgeId: string): Promise<boolean> {
  const judge = await findJudge(db, { projectId, slug: projectId }, judgeId);
  return (await loadPlan(projectId, configured(judge), db)).questions.length > 0;
}

/** Queues a run in which a judge judges what is routed to AI when it begins, unless one waits already. */
export async function queueRoutedRun(db: Db, projectId: string, judgeId: string): Promise<void> {
  // Held until this transaction ends, so that the run cannot begin before what it is to judge is there.
  const waiting = await db.$queryRaw<unknown[]>`
    select id from runs
    where project_id = ${projectId}::uuid and kind = 'judge' and state = 'queued'
      and payload = jsonb_build_object('judgeId', ${judgeId}::text) and cancel_requested_at is null
    limit 1 for share`;
  if (waiting.length > 0) return;
  const payload: JudgeRunPayload = { judgeId };
  await createSystemRun(db, projectId, { kind: "judge", payload });
}

/**
 * How many instances are routed to AI and have no label of a judge: those that no judge switched on may label where there
 * are any, and `hasJudge` is false then; else those whose turn will come. Instances routed to both want an LM.
 */
export async function waitingForJudge(projectId: string): Promise<{ instances: number; hasJudge: boolean }> {
  const [{ lm, dual, hasLm, hasRm }] = await prisma.$queryRaw<
    [{ lm: number; dual: number; hasLm: boolean; hasRm: boolean }]
  >`
    select count(*) filter (where i.route = 'lm')::int as lm, count(*) filter (where i.route = 'dual')::int as dual,
      exists (select from judges j where j.project_id = ${projectId}::uuid and j.kind = 'lm' and ${canAnswer}) as "hasLm",
      exists (select from judges j where j.project_id = ${projectId}::uuid and j.kind = 'rm' and ${canAnswer}) as "hasRm"
    from instances i
    where i.project_id = ${projectId}::uuid and i.route in ('lm', 'dual') and i.is_labelable and not exists (
      select from labels l where l.project_id = i.project_id and l.instance_id = i.id and l.is_current
        and (l.source = 'lm' or l.source = 'rm' and i.route = 'lm') and l.annotator like 'judge:%'
        and not ${waitsForSecondJudge([projectId])})`;
  if (!hasLm && hasRm) return dual > 0 ? { instances: dual, hasJudge: false } : { instances: lm, hasJudge: true };
  return { instances: lm + dual, hasJudge: hasLm };
}

async function requireInstances(db: Db, { projectId, slug }: Access<"judge:run">, ids: string[]): Promise<void> {
  const found = await db.instance.findMany({
    where: { projectId, id: { in: ids } },
    select: { id: true, hasImages: true },
  });
  const known = new Set(found.map(({ id }) => id));
  const missing = ids.find((id) => !known.has(id));
  if (missing !== undefined) throw new AppError("not_found", say`There is no instance ${missing} in project ${slug}.`);
  const unseen = found.find(({ hasImages }) => hasImages);
  if (unseen) throw cannotSee(unseen.id);
}
