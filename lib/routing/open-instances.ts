import type { Db } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import type { RouteKind } from "@/lib/db/generated/enums";
import { thresholdOf, type Candidate } from "./decide";
import type { PolicyPayload, Threshold } from "./schema";
import { readScores } from "./scores";

export type OpenInstance = Candidate & { route: RouteKind };

/** Before the first id. */
export const firstId = "00000000-0000-0000-0000-000000000000";

const batchSize = 2000;

/**
 * Of `instances i`, those whose route may still change: nobody has labelled them and nobody holds them. Labels that were
 * corrected since count, demo labels do not.
 */
export const isOpen = Prisma.sql`i.is_labelable
  and not exists (select from labels l where l.project_id = i.project_id and l.instance_id = i.id and l.source <> 'demo')
  and not exists (select from assignments a
    where a.project_id = i.project_id and a.instance_id = i.id and a.state in ('leased', 'submitted'))`;

/** The open instances of a project in the order of their ids, with the scores that a policy ranks by. */
export async function* openInstances(
  db: Db,
  projectId: string,
  kind: PolicyPayload["kind"],
): AsyncGenerator<OpenInstance[]> {
  for (let after = firstId; ;) {
    const rows = await db.$queryRaw<{ id: string; route: RouteKind }[]>`
      select i.id, i.route from instances i
      where i.project_id = ${projectId}::uuid and i.id > ${after}::uuid and ${isOpen}
      order by i.id limit ${batchSize}`;
    if (rows.length > 0) yield await withScores(db, projectId, kind, rows);
    if (rows.length < batchSize) return;
    after = rows.at(-1)!.id;
  }
}

export async function withScores<T extends { id: string }>(
  db: Db,
  projectId: string,
  kind: PolicyPayload["kind"],
  instances: T[],
): Promise<(T & { score: number | null })[]> {
  const ids = instances.map(({ id }) => id);
  const scores = kind === "uncertainty" ? await readScores(db, projectId, ids) : new Map<string, number>();
  return instances.map((instance) => ({ ...instance, score: scores.get(instance.id) ?? null }));
}

/** The cut of an uncertainty policy over the scores of today. */
export async function findThreshold(db: Db, projectId: string, humanShare: number): Promise<Threshold | null> {
  const scores: number[] = [];
  for await (const batch of openInstances(db, projectId, "uncertainty")) {
    for (const { score } of batch) if (score !== null) scores.push(score);
  }
  return thresholdOf(Float64Array.from(scores), humanShare);
}
