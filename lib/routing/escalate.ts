import type { Db } from "@/lib/db/client";
import { refreshOpenSlots } from "@/lib/instances/open-slots";
import { canAnswer, queueRoutedRun } from "@/lib/judges/start-run";
import { comparedAspect, type Compared } from "@/lib/reward/compared-aspect";
import { escalates, escalationsOf, judgeIdOf, type Escalation, type JudgeSaid } from "./escalation";
import { policyPayload, type Policy } from "./schema";

/** An instance that waits for what its policy makes of what judges say. */
type Waiting = { id: string; version: number; stage: number; policy: unknown };

type Moved = { id: string; version: number } & Escalation;

/** What a judge answered: instances that got a label, and questions of which no answer could be read. */
export type Answered = {
  judge: string;
  labelled: readonly string[];
  unreadable: readonly { instanceId: string; question: string; aspect: string }[];
};

/**
 * Sends on to people, or to the second judge, what the policies that routed these instances to AI do not leave with it
 * after what a judge said. Call it in the transaction that writes its labels, with the instances' rows locked: nobody ever
 * sees a label stand that does not. Decisions are those of the policy that routed an instance, also after a later one was
 * applied, as the later one does not concern what is labelled.
 */
export async function escalate(db: Db, projectId: string, { judge, labelled, unreadable }: Answered): Promise<void> {
  const ids = [...new Set([...labelled, ...unreadable.map(({ instanceId }) => instanceId)])];
  const waiting = await findWaiting(db, projectId, ids);
  const compared = waiting.length === 0 ? null : await comparedAspect(db, projectId);
  if (compared === null) return;
  const missing = unreadable.filter((one) => one.question === compared.question && one.aspect === compared.aspect);
  const said = await readSaid(db, projectId, { waiting, compared });
  for (const { instanceId } of missing) said.set(instanceId, [{ judge, label: null }, ...(said.get(instanceId) ?? [])]);
  const policies = new Map<number, Policy>();
  const moved = waiting.flatMap(({ id, version, stage, policy: stored }): Moved[] => {
    const policy = policies.get(version) ?? { ...policyPayload.parse(stored), version };
    policies.set(version, policy);
    if (!escalates(policy)) return [];
    return escalationsOf(policy, stage, said.get(id) ?? []).map((one) => ({ id, version, ...one }));
  });
  await writeEscalations(db, projectId, moved);
  for (const judgeId of await canStillAnswer(db, projectId, secondJudges(moved, policies)))
    await queueRoutedRun(db, projectId, judgeId);
}

/** Of the instances, those with AI whose policy looks at what judges say. */
async function findWaiting(db: Db, projectId: string, ids: string[]): Promise<Waiting[]> {
  if (ids.length === 0) return [];
  return await db.$queryRaw<Waiting[]>`
    select i.id::text as id, r.policy_version as version, r.stage, p.payload as policy
    from instances i cross join lateral (
      select policy_version, stage from routes r where r.project_id = i.project_id and r.instance_id = i.id
      order by policy_version desc, stage desc limit 1
    ) as r join policies p on p.project_id = i.project_id and p.version = r.policy_version
    where exists (select from policies where project_id = ${projectId}::uuid and payload ->> 'kind' in ('confidence', 'cascade'))
      and i.project_id = ${projectId}::uuid and i.id = any(${ids}::uuid[]) and i.route = 'lm'
      and p.payload ->> 'kind' in ('confidence', 'cascade')`;
}

type LabelRow = { id: string; judge: string; confidence: number | null; isInconsistent: boolean };

/**
 * What judges say of these instances, on what the fits compare. Where a judge says several things of an instance, as of
 * each of its completions, the one that it is least sure of.
 */
async function readSaid(
  db: Db,
  projectId: string,
  { waiting, compared }: { waiting: Waiting[]; compared: Compared },
): Promise<Map<string, JudgeSaid[]>> {
  const ids = waiting.map(({ id }) => id);
  const rows = await db.$queryRaw<LabelRow[]>`
    select instance_id::text as id, annotator as judge,
      case when bool_or(meta ->> 'confidence' is null) then null else min((meta ->> 'confidence')::float8) end as confidence,
      bool_or(meta ->> 'outcome' = 'inconsistent') as "isInconsistent"
    from labels
    where project_id = ${projectId}::uuid and instance_id = any(${ids}::uuid[]) and source = 'lm' and is_current
      and annotator like 'judge:%' and question = ${compared.question} and aspect = ${compared.aspect}
    group by 1, 2`;
  const said = new Map<string, JudgeSaid[]>();
  for (const { id, judge, ...label } of rows) said.set(id, [...(said.get(id) ?? []), { judge, label }]);
  return said;
}

/** Stores the decisions, and opens what goes on to people to them. */
async function writeEscalations(db: Db, projectId: string, moved: Moved[]): Promise<void> {
  if (moved.length === 0) return;
  await db.$executeRaw`
    with r as materialized (
      select * from json_to_recordset(${JSON.stringify(moved)}::json)
        as r(id uuid, version int, stage int, route route_kind, propensity float8, score float8, reason text)
    ), put_routes as (
      insert into routes (project_id, instance_id, policy_version, stage, route, propensity, score, reason)
      select ${projectId}::uuid, id, version, stage, route, propensity, score, reason from r
    )
    update instances i set route = r.route from r
    where i.project_id = ${projectId}::uuid and i.id = r.id and r.route <> i.route`;
  await refreshOpenSlots(
    db,
    projectId,
    moved.flatMap(({ id, route }) => (route === "human" ? id : [])),
  );
}

/** The second judges of cascades that some of these now wait for. */
function secondJudges(moved: Moved[], policies: Map<number, Policy>): string[] {
  const last = new Map(moved.map((one) => [one.id, one]));
  const waitedFor = [...last.values()].flatMap(({ route, version }) => {
    const policy = policies.get(version)!;
    return route === "lm" && policy.kind === "cascade" ? (judgeIdOf(policy.cuts[1]!.judge) ?? []) : [];
  });
  return [...new Set(waitedFor)];
}

/** One that is switched off is not asked: what waits for it goes to people with the next sweep (releaseStranded). */
async function canStillAnswer(db: Db, projectId: string, judgeIds: string[]): Promise<string[]> {
  if (judgeIds.length === 0) return [];
  const judges = await db.$queryRaw<{ id: string }[]>`
    select id::text from judges j where project_id = ${projectId}::uuid and id = any(${judgeIds}::uuid[]) and ${canAnswer}
    order by id`;
  return judges.map(({ id }) => id);
}
