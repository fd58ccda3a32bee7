import type { Db } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import type { RouteKind, Split } from "@/lib/db/generated/enums";
import { ranks, thresholdOf, type Candidate } from "./decide";
import type { PolicyPayload } from "./schema";
import { openScorer, type Score, type Scorer } from "./score-instances";

export type OpenInstance = Candidate & { route: RouteKind; split: Split };

/** Before the first id. */
export const firstId = "00000000-0000-0000-0000-000000000000";

const batchSize = 2000;

/**
 * Of `instances i`, those whose route may still change: nobody has labelled them and nobody holds them. Labels that were
 * corrected since count, demo labels do not; nor do those of a reward model, which has no vote.
 */
export const isOpen = Prisma.sql`i.is_labelable
  and not exists (select from labels l where l.project_id = i.project_id and l.instance_id = i.id
    and l.source not in ('demo', 'rm'))
  and not exists (select from assignments a
    where a.project_id = i.project_id and a.instance_id = i.id and a.state in ('leased', 'submitted'))`;

/** Of ids made by uuidv7, whose ends are random, a share of about `sixteenBit` in 65,536. */
const inSample = (sixteenBit: number) => Prisma.sql`('x' || right(i.id::text, 4))::bit(16)::int < ${sixteenBit}::int`;

type Which = {
  /** What they are ranked by. */
  policy: PolicyPayload;
  /** About this share of them, the same whenever it is asked for; all unless given. */
  share?: number;
};

/** The open instances of a project in the order of their ids, with the scores that a policy ranks by. */
export async function* openInstances(
  db: Db,
  projectId: string,
  { policy, share = 1 }: Which,
): AsyncGenerator<OpenInstance[]> {
  const sample = share < 1 ? Prisma.sql`and ${inSample(Math.ceil(share * 65_536))}` : Prisma.empty;
  const scorer = await openScorer(db, projectId, policy);
  for (let after = firstId; ;) {
    const rows = await db.$queryRaw<Omit<OpenInstance, keyof Score>[]>`
      select i.id, i.route, i.split, i.has_images as "hasImages" from instances i
      where i.project_id = ${projectId}::uuid and i.id > ${after}::uuid and ${isOpen} ${sample}
      order by i.id limit ${batchSize}`;
    if (rows.length > 0) yield await withScores(db, scorer, rows);
    if (rows.length < batchSize) return;
    after = rows.at(-1)!.id;
  }
}

/** How many open instances there are. */
export async function countOpen(db: Db, projectId: string): Promise<number> {
  const [row] = await db.$queryRaw<[{ count: number }]>`
    select count(*)::int as count from instances i where i.project_id = ${projectId}::uuid and ${isOpen}`;
  return row.count;
}

/** The same, and how many of them have images, which AI is not shown. */
export async function countOpenImages(db: Db, projectId: string): Promise<{ open: number; withImages: number }> {
  const [counts] = await db.$queryRaw<[{ open: number; withImages: number }]>`
    select count(*)::int as open, (count(*) filter (where i.has_images))::int as "withImages" from instances i
    where i.project_id = ${projectId}::uuid and ${isOpen}`;
  return counts;
}

export async function withScores<T extends { id: string }>(
  db: Db,
  scorer: Scorer,
  instances: T[],
): Promise<(T & Pick<Candidate, "score" | "because">)[]> {
  const scores = await scorer(
    db,
    instances.map(({ id }) => id),
  );
  return instances.map((instance) => ({ ...instance, score: null, ...scores.get(instance.id) }));
}

/**
 * The policy with its cut over the scores of today, where it has one. The held-out test part is routed by the cut but has
 * no say in it, and what goes to people for its images has neither.
 */
export async function withThreshold(db: Db, projectId: string, policy: PolicyPayload): Promise<PolicyPayload> {
  if (!ranks(policy)) return policy;
  const scores: number[] = [];
  for await (const batch of openInstances(db, projectId, { policy })) scores.push(...scoresForCut(batch));
  return await withCut(db, projectId, { policy, scores });
}

/** The scores that have a say in the cut. */
export function scoresForCut(instances: OpenInstance[]): number[] {
  return instances.flatMap(({ score, split, hasImages }) => (split === "train" && !hasImages ? (score ?? []) : []));
}

/** The policy, which ranks, with its cut over these scores. */
export async function withCut(
  db: Db,
  projectId: string,
  { policy, scores }: { policy: Extract<PolicyPayload, { threshold: unknown }>; scores: number[] },
): Promise<PolicyPayload> {
  const threshold = thresholdOf(Float64Array.from(scores), policy.humanShare);
  if (policy.kind !== "uncertainty") return { ...policy, threshold };
  return { ...policy, threshold, modelVersion: await activeModel(db, projectId) };
}

/** The version of the reward model that serves a project; null before one is promoted. */
export async function activeModel(db: Db, projectId: string): Promise<number | null> {
  const model = await db.rewardModel.findFirst({ where: { projectId, isActive: true }, select: { version: true } });
  return model?.version ?? null;
}
