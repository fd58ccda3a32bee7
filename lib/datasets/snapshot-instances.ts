import type { Db } from "@/lib/db/client";

/** Instances at once: enough to keep the database busy, few enough that long texts fit into memory. */
const batchSize = 100;

/** The instances that a snapshot has labels of, in their order, a batch of ids at a time. */
export async function* snapshotInstances(
  db: Db,
  { projectId, snapshotId }: { projectId: string; snapshotId: string },
): AsyncGenerator<string[]> {
  for (let after = "00000000-0000-0000-0000-000000000000"; ;) {
    const rows = await db.$queryRaw<{ id: string }[]>`
      select distinct instance_id as id from snapshot_labels
      where project_id = ${projectId}::uuid and snapshot_id = ${snapshotId}::uuid and instance_id > ${after}::uuid
      order by instance_id limit ${batchSize}`;
    if (rows.length === 0) return;
    after = rows.at(-1)!.id;
    yield rows.map(({ id }) => id);
  }
}
