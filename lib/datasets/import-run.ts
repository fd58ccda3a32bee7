import { z } from "zod";
import { prisma, type Db } from "@/lib/db/client";
import type { Prisma } from "@/lib/db/generated/client";
import { insertInstances, replaceInstances, type NewInstance } from "@/lib/instances/insert";
import { refreshOpenSlots } from "@/lib/instances/open-slots";
import type { RunContext } from "@/lib/jobs/runs";
import { appendLabels } from "@/lib/labels/append";
import { judgeRouted } from "@/lib/judges/start-run";
import { refreshConsensus } from "@/lib/labels/consensus";
import { currentSchema } from "@/lib/projects/current-schema";
import { scoreSoon } from "@/lib/reward/queue-scoring";
import { featuresSoon } from "@/lib/routing/features/queue";
import { routeNew, routeReplaced } from "@/lib/routing/route-new";
import { findUploads, storeImages } from "./import-images";
import { faultOf, readBatches, type ImportBatch } from "./import-batches";
import { emptyPlan, type ImportPlan } from "./import-plan";
import { inTurn } from "./in-turn";
import { forgetOldest, loadInstances, type KnownInstances } from "./known-instances";
import { planEntries, type AnswerCounts } from "./plan-entries";
import type { ImportedImage } from "./record-images";
import {
  importPayload,
  importResult,
  maxListedFaults,
  type ImportFault,
  type ImportPayload,
  type ImportResult,
} from "./schema";
import { kilobytes, readUpload, type ByteCount } from "./upload";

/** A batch takes a second; this is for a machine under load. */
const batchTimeoutMs = 5 * 60_000;

const checkpoint = z.object({ seen: z.int() });

/** What a run of an import carries from batch to batch. */
type Import = {
  run: RunContext;
  payload: ImportPayload;
  /** As after the last batch that is in. */
  result: ImportResult;
  /** For dry runs: instances and labels as the batches before would have left them. */
  known: KnownInstances;
  answers: AnswerCounts;
  read: ByteCount;
};

/**
 * Imports an uploaded file, batch by batch. A batch with its results and the checkpoint is one transaction, so an
 * interrupted run goes on where it was. A dry run plans every batch in the same way, but writes nothing except its
 * report and starts anew after an interruption.
 */
export async function importRun(run: RunContext): Promise<Prisma.InputJsonObject> {
  const payload = importPayload.parse(run.payload);
  const { seen, result } = await resume(run, payload);
  const current: Import = { run, payload, result, known: new Map(), answers: new Map(), read: { done: 0 } };
  // Files of labels are read again from their start, to count the answers to each question.
  const skip = payload.kind === "instances" ? seen : 0;
  const bytes = readUpload(run, payload.bytes ?? 0, current.read);
  await inTurn(readBatches(bytes, { kind: payload.kind, skip, boundary: seen }), async (batch) => {
    if (batch.to <= seen) await recount(current, batch);
    else await storeBatch(current, batch);
  });
  return current.result;
}

async function resume(run: RunContext, payload: ImportPayload): Promise<{ seen: number; result: ImportResult }> {
  if (run.checkpoint !== null && !payload.dryRun) {
    const { seen } = checkpoint.parse(run.checkpoint);
    const { result } = await prisma.run.findUniqueOrThrow({
      where: { projectId_id: { projectId: run.projectId, id: run.runId } },
    });
    return { seen, result: importResult.parse(result) };
  }
  const { kind, dryRun, filename } = payload;
  const result: ImportResult = {
    ...{ kind, dryRun, filename, records: 0 },
    instances: { created: 0, replaced: 0, unchanged: 0 },
    labels: { created: 0, revised: 0, unchanged: 0 },
    faults: { total: 0, first: [] },
    formats: { record: 0, preference: 0, label: 0 },
  };
  return { seen: 0, result };
}

/** Counts the answers of a batch of labels that is in already. */
async function recount(current: Import, batch: ImportBatch): Promise<void> {
  const { projectId } = current.run;
  const known: KnownInstances = new Map();
  await loadInstances(prisma, known, { projectId, outsideIds: outsideIdsOf(batch), lock: false, shapes: true });
  const { taskSchema } = await currentSchema(prisma, projectId);
  planEntries({ plan: emptyPlan(taskSchema), known, answers: current.answers, entries: batch.entries });
}

/**
 * Stores a batch. When the database refuses a value that the checks let through, the batch is halved until the one
 * record is found that holds it, which becomes a fault like any other.
 */
async function storeBatch(current: Import, batch: ImportBatch): Promise<void> {
  try {
    await storeOnce(current, batch);
  } catch (error) {
    const reason = refusedValue(error);
    if (reason === undefined) throw error;
    const [first, ...others] = batch.entries;
    if (others.length === 0) {
      const message = `The database does not take this record: ${reason}`;
      const fault = faultOf(first!.line, { field: "", code: "invalid", message });
      await storeOnce(current, { ...batch, entries: [{ line: first!.line, kind: "fault", fault }] });
      return;
    }
    const half = Math.ceil(batch.entries.length / 2);
    const middle = batch.from + half;
    await storeBatch(current, { entries: batch.entries.slice(0, half), from: batch.from, to: middle });
    await storeBatch(current, { entries: batch.entries.slice(half), from: middle, to: batch.to });
  }
}

async function storeOnce(current: Import, batch: ImportBatch): Promise<void> {
  const { run, payload } = current;
  const answers: AnswerCounts = new Map();
  const result = await prisma.$transaction(
    async (db) => {
      const known: KnownInstances = payload.dryRun ? current.known : new Map();
      const overlap = payload.dryRun ? 0 : await lockProject(db, run.projectId);
      const uploads = await findUploads(db, run.projectId, batch.entries);
      const plan = emptyPlan((await currentSchema(db, run.projectId)).taskSchema, uploads);
      await loadInstances(db, known, {
        projectId: run.projectId,
        outsideIds: outsideIdsOf(batch),
        lock: !payload.dryRun,
        shapes: payload.kind === "labels",
      });
      const faults = planEntries({ plan, known, answers, before: current.answers, entries: batch.entries });
      if (!payload.dryRun) await write(db, { projectId: run.projectId, overlap, plan });
      const after = addBatch(current.result, { batch, plan, faults });
      await saveBatch(db, current, { batch, result: after });
      return after;
    },
    { timeout: batchTimeoutMs, maxWait: 30_000 },
  );
  current.result = result;
  for (const [key, count] of answers) current.answers.set(key, count);
  forgetOldest(current.known);
}

/** Imports into one project take turns, batch by batch; overlap and task schema cannot change before the batch is in. */
async function lockProject(db: Db, projectId: string): Promise<number> {
  await db.$executeRaw`select pg_advisory_xact_lock(hashtextextended('import ' || ${projectId}::text, 0))`;
  const [project] = await db.$queryRaw<
    { overlap: number }[]
  >`select overlap from projects where id = ${projectId}::uuid for share`;
  if (!project) throw new Error(`Project ${projectId} was deleted during the import.`);
  return project.overlap;
}

async function write(
  db: Db,
  { projectId, overlap, plan }: { projectId: string; overlap: number; plan: ImportPlan },
): Promise<void> {
  const stored = async (planned: Iterable<NewInstance<ImportedImage>>) =>
    await storeImages(db, projectId, { instances: [...planned], files: plan.imageFiles });
  const creates = await stored(plan.creates.values());
  await insertInstances(db, projectId, overlap, await routeNew(db, projectId, creates));
  const replaces = await stored(plan.replaces.values());
  await replaceInstances(db, projectId, overlap, replaces);
  await routeReplaced(db, projectId, replaces);
  // Of these, judges know the texts before.
  if (plan.replaces.size > 0) await judgeRouted(db, projectId);
  if (plan.creates.size + plan.replaces.size > 0) {
    await scoreSoon(db, projectId);
    await featuresSoon(db, projectId);
  }
  await appendLabels(db, projectId, plan.labels, plan.supersededIds);
  await refreshConsensus(db, projectId, [...new Set(plan.labels.map((label) => label.instanceId))]);
  await refreshOpenSlots(db, projectId, [...plan.labelledIds, ...plan.replaces.keys()]);
}

async function saveBatch(
  db: Db,
  current: Import,
  { batch, result }: { batch: ImportBatch; result: ImportResult },
): Promise<void> {
  const { run, payload, read } = current;
  await db.run.update({ where: { projectId_id: { projectId: run.projectId, id: run.runId } }, data: { result } });
  await run.save(db, {
    checkpoint: { seen: batch.to },
    progress: { done: kilobytes(read.done), total: kilobytes(payload.bytes ?? 0), unit: "kB" },
  });
}

function addBatch(
  before: ImportResult,
  { batch, plan, faults }: { batch: ImportBatch; plan: ImportPlan; faults: ImportFault[] },
): ImportResult {
  const { instances, labels } = plan.counts;
  const formats = { ...before.formats };
  for (const entry of batch.entries) {
    if (entry.kind === "record") formats[entry.record.format] += 1;
    else if (entry.kind === "label") formats.label += 1;
  }
  return {
    ...before,
    records: before.records + batch.entries.length,
    instances: addEach(before.instances, instances),
    labels: addEach(before.labels, labels),
    faults: {
      total: before.faults.total + faults.length,
      first: [...before.faults.first, ...faults].slice(0, maxListedFaults),
    },
    formats,
  };
}

function addEach<T extends Record<string, number>>(a: T, b: T): T {
  return Object.fromEntries(Object.entries(a).map(([key, value]) => [key, value + b[key]!])) as T;
}

function outsideIdsOf(batch: ImportBatch): string[] {
  return batch.entries.flatMap((entry) => {
    if (entry.kind === "record") return [entry.record.outsideId];
    return entry.kind === "label" ? [entry.label.instance] : [];
  });
}

/** What PostgreSQL says when a value is out of its bounds (classes 22 and 54); undefined for every other error. */
function refusedValue(error: unknown): string | undefined {
  const cause = (
    error as { meta?: { driverAdapterError?: { cause?: { originalCode?: string; originalMessage?: string } } } }
  ).meta?.driverAdapterError?.cause;
  return /^(22|54)/.test(cause?.originalCode ?? "")
    ? (cause?.originalMessage ?? "it holds a value out of bounds")
    : undefined;
}
