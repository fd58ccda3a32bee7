import { prisma } from "@/lib/db/client";
import { countOpenImages, isOpen } from "../open-instances";
import { currentPolicy, lockPolicy } from "../policy";
import type { Policy } from "../schema";
import { supersedePolicy, supersedeTimeoutMs } from "../supersede";
import { paceShare, type PacingFacts } from "./pace-share";
import { findPrices, type Prices } from "./prices";
import type { Pacing } from "./schema";

/** Days before today by which arrivals are expected. */
const daysLookedAt = 28;
/** A share that moves less than this is left: each version draws every open instance anew. */
const leastChange = 0.005;

type PacedPolicy = Policy & { pacing: Pacing };

/**
 * Lets the shares for people follow their budgets, in every project whose policy has one: a day's first call makes the
 * share what the rest of the money buys, as the next version of the policy, and a budget that is spent or over ends at any
 * call. One project that fails does not keep the others from it.
 */
export async function pacePolicies(now = new Date()): Promise<void> {
  const due = await prisma.$queryRaw<{ id: string }[]>`
    select p.id from projects p join policies c on c.project_id = p.id and c.version = p.policy_version
    where jsonb_typeof(c.payload -> 'pacing') = 'object' order by p.id`;
  const faults: unknown[] = [];
  for (const { id } of due) await pacePolicy(id, now).catch((fault: unknown) => faults.push(fault));
  if (faults.length > 0) throw new AggregateError(faults, "Some budgets were not followed.");
}

/**
 * Of one project. Without a price nothing is bought, so the share stays until there is one again. What counting takes its
 * time over is counted before the policy is locked; where another was applied meanwhile, that one has its turn an hour later.
 */
async function pacePolicy(projectId: string, now: Date): Promise<void> {
  const today = isoDay(now);
  const policy = await currentPolicy(prisma, projectId);
  const prices = await findPrices(projectId);
  if (!isPaced(policy) || prices === null) return;
  const paced = paceShare(policy.pacing, await readFacts(projectId, { policy, prices, today }));
  if (paced.kind === "waits") return;
  const moves = Math.abs(paced.humanShare - policy.humanShare) >= leastChange;
  if (paced.kind === "share" && (!moves || (await shareSetOn(projectId, policy.version)) >= today)) return;
  const { version, ...same } = policy;
  const pacing = paced.kind === "ended" ? null : policy.pacing;
  const payload = { ...same, humanShare: paced.humanShare, pacing };
  await prisma.$transaction(
    async (db) => {
      const before = await lockPolicy(db, projectId, "update");
      if (before.version === version) await supersedePolicy(db, projectId, { before, payload, cause: paced.sentence });
    },
    { timeout: supersedeTimeoutMs, maxWait: 10_000 },
  );
}

function isPaced(policy: Policy): policy is Extract<Policy, { pacing: unknown }> & PacedPolicy {
  return "pacing" in policy && policy.pacing !== null;
}

async function readFacts(
  projectId: string,
  { policy, prices, today }: { policy: PacedPolicy; prices: Prices; today: string },
): Promise<PacingFacts> {
  return {
    ...{ today, prices, dualShare: policy.dualShare },
    ...(await countOpenImages(prisma, projectId)),
    spentMicros: await readSpent(projectId, policy.pacing),
    boundMicros: (await countBound(projectId)) * prices.humanMicros,
    arrivals: await readArrivals(projectId, today),
  };
}

/** On labels by people and on judging, from the first day of a budget on. */
async function readSpent(projectId: string, { startsOn }: Pacing): Promise<number> {
  const [{ micros }] = await prisma.$queryRaw<[{ micros: number }]>`
    select coalesce(sum(cost_micros), 0)::float8 as micros from ledger_days
    where project_id = ${projectId}::uuid and day >= ${startsOn}::date and purpose in ('labelling', 'judging')`;
  return micros;
}

/** Labels by people still to come on instances that somebody has labelled or holds, in instances. */
async function countBound(projectId: string): Promise<number> {
  const [{ instances }] = await prisma.$queryRaw<[{ instances: number }]>`
    select (coalesce(sum(i.open_slots + held.leases), 0) / max(p.overlap)::float8) as instances
    from instances i join projects p on p.id = i.project_id
    cross join lateral (
      select count(*) as leases from assignments a
      where a.project_id = i.project_id and a.instance_id = i.id and a.state = 'leased') as held
    where i.project_id = ${projectId}::uuid and i.is_labelable and (i.open_slots > 0 or held.leases > 0) and not (${isOpen})`;
  return instances ?? 0;
}

/** Instances that came on each whole day before today, from the first on which one came; of four weeks at most. */
async function readArrivals(projectId: string, today: string): Promise<number[]> {
  const rows = await prisma.$queryRaw<{ count: number }[]>`
    with came as (
      select (created_at at time zone 'UTC')::date as day from instances
      where project_id = ${projectId}::uuid and is_labelable and created_at < ${today}::timestamp at time zone 'UTC'
    )
    select count(came.day)::int as count
    from generate_series(
      greatest((select min(day) from came), ${today}::date - ${daysLookedAt}::int), ${today}::date - 1, interval '1 day'
    ) as days(day) left join came on came.day = days.day::date
    group by days.day order by days.day`;
  return rows.map(({ count }) => count);
}

/** The day in UTC on which the share was set: by hand or by its budget, and not only kept by what came after. */
async function shareSetOn(projectId: string, version: number): Promise<string> {
  const [{ at }] = await prisma.$queryRaw<[{ at: Date }]>`
    select min(p.created_at) as at from policies p
    join policies c on c.project_id = p.project_id and c.version = ${version}::int
    where p.project_id = ${projectId}::uuid and p.version > (
      select coalesce(max(o.version), 0) from policies o where o.project_id = c.project_id and (
        o.payload -> 'humanShare' is distinct from c.payload -> 'humanShare'
        or o.payload -> 'pacing' is distinct from c.payload -> 'pacing'))`;
  return isoDay(at);
}

function isoDay(date: Date): string {
  return date.toISOString().slice(0, 10);
}
