import { prisma, type Db } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import { enqueue } from "@/lib/jobs/enqueue";
import { createSystemRun } from "@/lib/jobs/runs";
import { countMissing } from "./missing";

/** How long after an import's batch the texts are measured: once for many batches. */
const afterSeconds = 5;

/** Of `projects p`, those whose policy goes by features. */
const goesByFeatures = Prisma.sql`exists (select from policies o
  where o.project_id = p.id and o.version = p.policy_version and o.payload ->> 'kind' in ('learned', 'learned-per-cost'))`;

/** Has the texts of new instances measured a little later, where the policy goes by them; call it in the transaction that stores them. */
export async function featuresSoon(db: Db, projectId: string): Promise<void> {
  const needed = await db.$queryRaw<unknown[]>`
    select from projects p where p.id = ${projectId}::uuid and ${goesByFeatures}`;
  if (needed.length === 0) return;
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

/** Queues such runs for every project whose policy goes by what is not measured, as after a change of the encoder. */
export async function measureWhereNeeded(): Promise<void> {
  const projects = await prisma.$queryRaw<{ id: string }[]>`select p.id::text from projects p where ${goesByFeatures}`;
  for (const { id } of projects) await measureNew(id);
}
