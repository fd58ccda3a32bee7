import type { Access } from "@/lib/auth/access";
import { prisma } from "@/lib/db/client";
import { Prisma, type Policy as PolicyRow, type RouteKind } from "@/lib/db/generated/client";
import { waitingForJudge } from "@/lib/judges/start-run";
import { findStopped, type StoppedJudge } from "@/lib/judges/stopped";
import { sayText } from "@/lib/say";
import { waitsForSecondJudge } from "./asked-judges";
import { describePolicy } from "./describe";
import { tellReason } from "./features/tell-column";
import { featuresVersion } from "./features/version";
import { activeModel, countOpen, isOpen } from "./open-instances";
import {
  policyPayload,
  type PolicyList,
  type PolicyListQuery,
  type PolicyPayload,
  type PolicyView,
  type RouteList,
  type RouteListQuery,
  type RouteProgress,
  type RouteView,
  type RoutingView,
} from "./schema";

/** Who labels what in a project: the current policy, how far each route is, and what stands in the way. */
export async function getRouting({ projectId }: Access<"routing:read">): Promise<RoutingView> {
  const { policyVersion } = await prisma.project.findUniqueOrThrow({
    where: { id: projectId },
    select: { policyVersion: true },
  });
  const [row, progress, open, waiting, stopped, model, run] = await Promise.all([
    prisma.policy.findUniqueOrThrow({ where: { projectId_version: { projectId, version: policyVersion } } }),
    readProgress(projectId),
    countOpen(prisma, projectId),
    waitingForJudge(projectId),
    findStopped(projectId),
    readModel(projectId),
    prisma.run.findFirst({
      where: { projectId, kind: "route", state: { in: ["queued", "running"] } },
      orderBy: { id: "desc" },
      select: { id: true },
    }),
  ]);
  const [current] = await viewPolicies([row]);
  const gains = await readGains(projectId, current!.policy);
  return {
    current: current!,
    gains,
    progress,
    open,
    waiting,
    stopped: waiting.instances > 0 ? stopped.map(viewStopped) : [],
    model,
    runId: run?.id ?? null,
  };
}

/** The newest decision about each instance, in the order of import. */
export async function listRoutes(
  { projectId }: Access<"routing:read">,
  { route, cursor, limit }: RouteListQuery,
): Promise<RouteList> {
  const ofRoute = route === undefined ? Prisma.empty : Prisma.sql`and i.route = ${route}::route_kind`;
  const after = cursor === undefined ? Prisma.empty : Prisma.sql`and i.id > ${cursor}::uuid`;
  const rows = await prisma.$queryRaw<(Omit<RouteView, "createdAt"> & { createdAt: Date })[]>`
    select i.id as "instanceId", i.outside_id as "outsideId", i.route, r.policy_version as "policyVersion", r.stage,
      r.propensity, r.score, r.reason, r.created_at as "createdAt"
    from (
      select project_id, id, outside_id, route from instances i
      where i.project_id = ${projectId}::uuid ${ofRoute} ${after} order by i.id limit ${limit + 1}
    ) as i cross join lateral (
      select * from routes r where r.project_id = i.project_id and r.instance_id = i.id order by policy_version desc, stage desc limit 1
    ) as r order by i.id`;
  const items = rows
    .slice(0, limit)
    .map((row) => ({ ...row, reason: tellReason(row.reason), createdAt: row.createdAt.toISOString() }));
  return { items, nextCursor: rows.length > limit ? items.at(-1)!.instanceId : null };
}

/** Every version of the policy, newest first. */
export async function listPolicies(
  { projectId }: Access<"routing:read">,
  { cursor, limit }: PolicyListQuery,
): Promise<PolicyList> {
  const rows = await prisma.policy.findMany({
    where: { projectId, version: cursor === undefined ? Prisma.skip : { lt: cursor } },
    orderBy: { version: "desc" },
    take: limit + 1,
  });
  const items = await viewPolicies(rows.slice(0, limit));
  return { items, nextCursor: rows.length > limit ? String(items.at(-1)!.version) : null };
}

type ProgressRow = { route: RouteKind; instances: number; people: number; ai: number; both: number };

/**
 * How far each route is. People are done with an instance that has no open slot and that nobody holds; AI with one that
 * has a label by a judge, or by an AI that came with an import; what both label wants one by an LM.
 */
async function readProgress(projectId: string): Promise<RouteProgress[]> {
  const rows = await prisma.$queryRaw<ProgressRow[]>`
    with lent as (
      select distinct instance_id from assignments where project_id = ${projectId}::uuid and state = 'leased'
    ), judged as (
      select instance_id, bool_or(source = 'lm') as by_lm from labels
      where project_id = ${projectId}::uuid and is_current and source in ('lm', 'rm') group by instance_id
    ), each as (
      select i.route, i.open_slots = 0 and lent.instance_id is null as people,
        judged.instance_id is not null and (i.route = 'lm' or judged.by_lm)
          and not ${waitsForSecondJudge([projectId])} as ai
      from instances i left join lent on lent.instance_id = i.id left join judged on judged.instance_id = i.id
      where i.project_id = ${projectId}::uuid and i.is_labelable
    )
    select route, count(*)::int as instances, count(*) filter (where people)::int as people,
      count(*) filter (where ai)::int as ai, count(*) filter (where people and ai)::int as both
    from each group by route`;
  const of = (route: RouteKind) =>
    rows.find((row) => row.route === route) ?? { instances: 0, people: 0, ai: 0, both: 0 };
  const [human, lm, dual] = [of("human"), of("lm"), of("dual")];
  return [
    { route: "human", instances: human.instances, doneByPeople: human.people, doneByAi: null, done: human.people },
    { route: "lm", instances: lm.instances, doneByPeople: null, doneByAi: lm.ai, done: lm.ai },
    { route: "dual", instances: dual.instances, doneByPeople: dual.people, doneByAi: dual.ai, done: dual.both },
  ];
}

function viewStopped({ judgeId, name, error, atCap, nextTryAt }: StoppedJudge): RoutingView["stopped"][number] {
  return { judgeId, name, error, atCap, nextTryAt: nextTryAt?.toISOString() ?? null };
}

async function readModel(projectId: string): Promise<RoutingView["model"]> {
  const version = await activeModel(prisma, projectId);
  if (version === null) return null;
  const [{ scored }] = await prisma.$queryRaw<[{ scored: number }]>`
    select count(*)::int as scored from instances i where i.project_id = ${projectId}::uuid and ${isOpen} and exists (
      select from reward_scores s
      where s.project_id = i.project_id and s.instance_id = i.id and s.model_version = ${version}::int)`;
  return { version, scored };
}

async function readGains(projectId: string, { kind }: PolicyPayload): Promise<RoutingView["gains"]> {
  if (kind !== "learned" && kind !== "learned-per-cost") return null;
  const version = await featuresVersion(prisma, projectId);
  const [{ measured }] = await prisma.$queryRaw<[{ measured: number }]>`
    select count(*)::int as measured from instances i where i.project_id = ${projectId}::uuid and ${isOpen} and exists (
      select from routing_features f
      where f.project_id = i.project_id and f.instance_id = i.id and f.version = ${version})`;
  const { hourPriceMicros } = await prisma.project.findUniqueOrThrow({
    where: { id: projectId },
    select: { hourPriceMicros: true },
  });
  return { measured, hasPrice: kind === "learned" || hourPriceMicros > 0n };
}

async function viewPolicies(rows: PolicyRow[]): Promise<PolicyView[]> {
  const ids = [...new Set(rows.flatMap(({ createdById }) => createdById ?? []))];
  const authors = await prisma.user.findMany({ where: { id: { in: ids } }, select: { id: true, email: true } });
  return rows.map(({ version, payload, createdById, createdAt, cause }) => {
    const policy = policyPayload.parse(payload);
    return {
      ...{ version, policy, sentence: describePolicy(policy), createdAt: createdAt.toISOString() },
      createdBy: authors.find(({ id }) => id === createdById)?.email ?? null,
      cause: cause === null ? null : sayText(cause),
    };
  });
}
