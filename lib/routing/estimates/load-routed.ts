import { prisma } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import type { RouteKind } from "@/lib/db/generated/enums";
import { policyPayload, type Policy } from "../schema";
import type { Tally } from "./weigh";

const batchSize = 5000;

/** Of more drawn instances a random part tells as much as anybody needs: 20,000 leave an error of 0.3 %. */
const mostDrawn = 20_000;

/** As many of all instances tell what they are like: their mean is off by a tenth of a percent. */
const mostOfAll = 20_000;

/** An instance that may have been drawn for people and AI, with the decision that counts. */
export type RoutedRow = {
  id: string;
  promptHash: string;
  version: number;
  route: RouteKind;
  score: number | null;
  /** Whether it is of the random part that stands for all, which the other drawn ones are not. */
  isOfAll: boolean;
};

/** What a project's policies decided. */
export type Routing = {
  /** The versions that draw some instances for both. */
  policies: ReadonlyMap<number, Policy>;
  /** When the first of them decided; null before that. */
  from: Date | null;
  /** Instances that they could draw, and others. */
  instances: number;
  outside: number;
  /** Of the instances that they could draw, those that AI alone was asked to label, at first. */
  byAi: number;
  /** The drawn instances, all or a random part, as are those that the tallies count, and a random part of the others. */
  rows: RoutedRow[];
  tallies: ReadonlyMap<number, Tally>;
};

/**
 * Every instance whose counting decision could have drawn it for people and AI, of the part that trains: the held-out part
 * has no say in what routing does. Those with images always go to people. What a judge's confidence changes afterwards
 * (stages) was not drawn.
 */
export async function loadRouted(projectId: string): Promise<Routing> {
  const policies = await drawingPolicies(projectId);
  const versions = [...policies.keys()];
  if (versions.length === 0) return await nothingDrawn(projectId);
  const { all, reachable, byAi, drawn } = await countRouted(projectId, versions);
  const ofDrawn = inPart(mostDrawn / Math.max(1, drawn));
  const ofAll = inPart(mostOfAll / Math.max(1, reachable));
  const { tallies, from } = await readTallies(projectId, versions, ofDrawn);
  return {
    ...{ policies, from, tallies, byAi, instances: reachable, outside: all - reachable },
    rows: await readRows(projectId, versions, { ofDrawn, ofAll }),
  };
}

/** Of most projects, in which nothing is drawn for both, instances are only counted. */
async function nothingDrawn(projectId: string): Promise<Routing> {
  const [{ all }] = await prisma.$queryRaw<[{ all: number }]>`
    select count(*)::int as all from instances i where i.project_id = ${projectId}::uuid and ${isEligible}`;
  return { policies: new Map(), from: null, tallies: new Map(), byAi: 0, instances: 0, outside: all, rows: [] };
}

async function drawingPolicies(projectId: string): Promise<Map<number, Policy>> {
  const rows = await prisma.policy.findMany({ where: { projectId }, select: { version: true, payload: true } });
  const policies = rows.map(({ version, payload }): Policy => ({ ...policyPayload.parse(payload), version }));
  return new Map(policies.flatMap((policy) => (policy.dualShare > 0 ? [[policy.version, policy]] : [])));
}

/** Of `instances i`. */
const isEligible = Prisma.sql`i.split = 'train' and i.is_labelable`;

const lastDecision = Prisma.sql`cross join lateral (
  select r.policy_version as version, r.route, r.score from routes r
  where r.project_id = i.project_id and r.instance_id = i.id and r.stage = 0 order by r.policy_version desc limit 1) as r`;

async function countRouted(
  projectId: string,
  versions: number[],
): Promise<{ all: number; reachable: number; byAi: number; drawn: number }> {
  const isReachable = Prisma.sql`not i.has_images and r.version = any(${versions}::int[])`;
  const [counts] = await prisma.$queryRaw<[{ all: number; reachable: number; byAi: number; drawn: number }]>`
    select count(*)::int as all, count(*) filter (where ${isReachable})::int as reachable,
      count(*) filter (where ${isReachable} and r.route = 'lm')::int as "byAi",
      count(*) filter (where ${isReachable} and r.route = 'dual')::int as drawn
    from instances i ${lastDecision} where i.project_id = ${projectId}::uuid and ${isEligible}`;
  return counts;
}

/** Whether an instance of `instances i` is of a share of them: the ends of ids made by uuidv7 are random. */
function inPart(share: number): Prisma.Sql {
  if (share >= 1) return Prisma.sql`true`;
  return Prisma.sql`('x' || right(i.id::text, 4))::bit(16)::int < ${Math.ceil(share * 65_536)}::int`;
}

async function readTallies(
  projectId: string,
  versions: number[],
  part: Prisma.Sql,
): Promise<{ tallies: Map<number, Tally>; from: Date | null }> {
  const rows = await prisma.$queryRaw<
    { version: number; route: RouteKind; decided: number; settled: number; from: Date }[]
  >`
    select r.policy_version as version, r.route, count(*)::int as decided, min(r.created_at) as from,
      count(*) filter (where not exists (
        select from routes later where later.project_id = r.project_id and later.instance_id = r.instance_id
          and later.policy_version > r.policy_version))::int as settled
    from routes r join instances i on i.project_id = r.project_id and i.id = r.instance_id
    where r.project_id = ${projectId}::uuid and r.stage = 0 and r.policy_version = any(${versions}::int[])
      and ${isEligible} and not i.has_images and ${part}
    group by r.policy_version, r.route`;
  const tallies = new Map<number, Tally>();
  for (const { version, route, decided, settled } of rows) {
    const tally = tallies.get(version) ?? { decided: noRoutes(), settled: noRoutes() };
    tallies.set(version, tally);
    tally.decided[route] = decided;
    tally.settled[route] = settled;
  }
  const times = rows.map(({ from }) => from.getTime());
  return { tallies, from: times.length === 0 ? null : new Date(Math.min(...times)) };
}

function noRoutes(): Tally["decided"] {
  return { human: 0, lm: 0, dual: 0 };
}

async function readRows(
  projectId: string,
  versions: number[],
  { ofDrawn, ofAll }: { ofDrawn: Prisma.Sql; ofAll: Prisma.Sql },
): Promise<RoutedRow[]> {
  const rows: RoutedRow[] = [];
  for (let after = "00000000-0000-0000-0000-000000000000"; ;) {
    const batch = await prisma.$queryRaw<RoutedRow[]>`
      select i.id::text, i.prompt_hash as "promptHash", r.version, r.route, r.score, ${ofAll} as "isOfAll"
      from instances i ${lastDecision}
      where i.project_id = ${projectId}::uuid and i.id > ${after}::uuid and ${isEligible} and not i.has_images
        and r.version = any(${versions}::int[]) and (${ofAll} or r.route = 'dual' and ${ofDrawn})
      order by i.id limit ${batchSize}`;
    rows.push(...batch);
    if (batch.length < batchSize) return rows;
    after = batch.at(-1)!.id;
  }
}
