import { prisma, type Db } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import type { EncoderConfig } from "@/lib/encoders/schema";
import type { Message } from "@/lib/instances/schema";
import { chosenEncoder } from "@/lib/reward/encoder-choice";
import { promptText } from "@/lib/reward/prompt-text";
import { holdThread, type HeldThread } from "@/lib/reward/scorer-thread-client";
import { vectorsInThread } from "@/lib/reward/thread-vectors";
import { lacksFeatures } from "./missing";
import type { TextNumbers } from "./schema";
import { openTextThread, type TextThread } from "./text-thread-client";
import { versionBy } from "./version";

/** Instances of one transaction. */
const batchSize = 100;

type Subject = {
  id: string;
  contentHash: string;
  prompt: string | null;
  messages: Message[] | null;
  completions: (string | null)[];
};

type Work = {
  projectId: string;
  encoder: EncoderConfig;
  version: string;
  /** Instances to look at; null for all of the project. */
  ids: readonly string[] | null;
  encoding: HeldThread;
  measuring: TextThread;
};

type Given = {
  projectId: string;
  ids?: readonly string[];
  /** Called in the transaction of each batch with how many it has done so far; what it throws takes the batch back. */
  onBatch: (db: Db, done: number) => Promise<void>;
};

/**
 * Computes the numbers of the texts of instances that have none of the current version, and stores them. Whatever was
 * stored stays when it ends early, so that it can begin anew. Throws `invalid` where the project's encoder is gone or has
 * changed.
 */
export async function computeFeatures({
  projectId,
  ids,
  onBatch,
}: Given): Promise<{ version: string; instances: number }> {
  const encoder = await chosenEncoder(prisma, projectId);
  const version = versionBy(encoder);
  const work = { projectId, encoder, version, ids: ids ?? null, encoding: holdThread(), measuring: openTextThread() };
  try {
    let done = 0;
    for (let after: string | null = null; ;) {
      const subjects = await findMissing(work, after);
      if (subjects.length === 0) return { version, instances: done };
      const numbers = await measure(work, subjects);
      done += subjects.length;
      await prisma.$transaction(async (db) => {
        await onBatch(db, done);
        await store(db, work, subjects, numbers);
      });
      after = subjects.at(-1)!.id;
    }
  } finally {
    work.encoding.release();
    await work.measuring.close();
  }
}

async function findMissing({ projectId, version, ids }: Work, after: string | null): Promise<Subject[]> {
  const where = [lacksFeatures(projectId, version)];
  if (ids !== null) where.push(Prisma.sql`i.id = any(${ids}::uuid[])`);
  if (after !== null) where.push(Prisma.sql`i.id > ${after}::uuid`);
  return await prisma.$queryRaw<Subject[]>`
    select i.id::text, i.content_hash as "contentHash", i.prompt, i.messages,
      array(select c.text from completions c where c.project_id = i.project_id and c.instance_id = i.id order by c.index) as completions
    from instances i where ${Prisma.join(where, " and ")} order by i.id limit ${batchSize}`;
}

async function measure(work: Work, subjects: readonly Subject[]): Promise<TextNumbers[]> {
  const { projectId, encoder, encoding: thread, measuring } = work;
  const texts = subjects.flatMap(({ completions }) => completions.filter((text) => text !== null));
  const vectors = await vectorsInThread(texts, { projectId, encoder, thread, keepsVectors: true });
  const instances = subjects.map(({ prompt, messages, completions }) => ({
    prompt: promptText(prompt, messages),
    completions,
  }));
  return await measuring.measure({ instances, width: encoder.width, vectors });
}

/** Those whose texts were replaced since they were read are left out. */
async function store(
  db: Db,
  { projectId, version }: Work,
  subjects: readonly Subject[],
  numbers: readonly TextNumbers[],
): Promise<void> {
  const rows = subjects.map(({ id, contentHash: hash }, i) => ({ id, hash, numbers: numbers[i] }));
  await db.$executeRaw`
    with r as materialized (
      select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(id uuid, hash text, numbers jsonb)
    ), same as (
      select i.id, r.numbers from instances i join r on r.id = i.id and r.hash = i.content_hash
      where i.project_id = ${projectId}::uuid order by i.id for share of i
    )
    insert into routing_features (project_id, instance_id, version, numbers)
    select ${projectId}::uuid, id, ${version}, numbers from same
    on conflict (project_id, instance_id) do update set version = excluded.version, numbers = excluded.numbers`;
}
