import { prisma, type Db } from "@/lib/db/client";
import { enqueue } from "@/lib/jobs/enqueue";
import { createSystemRun } from "@/lib/jobs/runs";
import { countMissing } from "./missing";

/** How long after an import's batch the texts are measured: once for many batches. */
const afterSeconds = 5;

/** Has the texts of new instances measured a little later, where the policy goes by them; call it in the transaction that stores them. */
export async function featuresSoon(db: Db, projectId: string): Promise<void> {
  if (!(await goesByFeatures(db, projectId))) return;
  const job = { name: "features-new", payload: { projectId }, key: `features-new:${projectId}` } as const;
  await enqueue(db, { ...job, afterSeconds });
}

/** Queues a run that measures texts, if there are any to measure and none waits. */
export async function measureNew(projectId: string): Promise<void> {
  if ((await countMissing(projectId)) === 0) return;
  await prisma.$transaction(async (db) => {
    const waiting = await db.run.count({ where: { projectId, kind: "routing-features", state: "queued" } });
    if (waiting === 0) await createSystemRun(db, projectId, { kind: "routing-features", payload: {} });
  });
}

async function goesByFeatures(db: Db, projectId: string): Promise<boolean> {
  const [row] = await db.$queryRaw<[{ does: boolean }]>`
    select exists (select from projects p join policies o on o.project_id = p.id and o.version = p.policy_version
      where p.id = ${projectId}::uuid and o.payload ->> 'kind' in ('learned', 'learned-per-cost')) as does`;
  return row.does;
}
