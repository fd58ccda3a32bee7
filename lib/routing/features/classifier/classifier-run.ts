import { z } from "zod";
import { prisma } from "@/lib/db/client";
import type { EncoderConfig } from "@/lib/encoders/schema";
import type { RunContext } from "@/lib/jobs/runs";
import { chosenEncoder } from "@/lib/reward/encoder-choice";
import { promptText } from "@/lib/reward/prompt-text";
import { holdThread, type HeldThread } from "@/lib/reward/scorer-thread-client";
import { vectorsInThread } from "@/lib/reward/thread-vectors";
import { firstId } from "../../open-instances";
import { openClassifierThread, type ClassifierThread } from "./classifier-thread-client";
import type { Prompts } from "./classifier-thread";
import { methodBy } from "./method";
import { requireTagged } from "./start";
import { countUntagged, findUntagged, storeNamed } from "./store";
import { readTaggedPrompts } from "./tagged-prompts";
import type { ClassifierRunResult, DimensionFigures } from "./schema";

/** Instances of one transaction. */
const batchSize = 200;

const checkpoint = z.object({ method: z.string(), after: z.string(), tagged: z.int() });

type Work = { run: RunContext; encoder: EncoderConfig; encoding: HeldThread; thread: ClassifierThread };

/**
 * The handler of runs of kind "tag-classifier": learns each dimension of tags from the prompts that others have tagged, and
 * tags the instances that nobody has. Begun anew, it learns the same again and goes on after the last instance it tagged.
 */
export async function classifierRun(run: RunContext): Promise<ClassifierRunResult> {
  const encoder = await chosenEncoder(prisma, run.projectId);
  const work = { run, encoder, encoding: holdThread(), thread: openClassifierThread() };
  try {
    const dimensions = await learn(work);
    const isAny = dimensions.some(({ isWritten }) => isWritten);
    return { method: methodBy(encoder), dimensions, tagged: isAny ? await tagAll(work) : 0 };
  } finally {
    work.encoding.release();
    await work.thread.close();
  }
}

/** Between two dimensions the run can be cancelled. */
async function learn(work: Work): Promise<DimensionFigures[]> {
  const { run, thread } = work;
  const { texts, said } = await readTaggedPrompts(run.projectId);
  requireTagged(texts.length);
  await thread.ask({ kind: "take", prompts: await promptsOf(work, texts) });
  const figures: DimensionFigures[] = [];
  for (const { dimension, places, values } of said) {
    await run.save(prisma, { progress: { done: figures.length, total: said.length, unit: "dimensions" } });
    figures.push(await thread.ask({ kind: "learn", dimension, places, said: values }));
  }
  return figures;
}

/** How many instances it has tagged, in its earlier executions too. */
async function tagAll(work: Work): Promise<number> {
  const { run, encoder, thread } = work;
  const method = methodBy(encoder);
  const before = run.checkpoint === null ? null : checkpoint.parse(run.checkpoint);
  let at = before?.method === method ? before : { method, after: firstId, tagged: 0 };
  const total = await countUntagged(run.projectId);
  for (;;) {
    const instances = await findUntagged(run.projectId, { after: at.after, limit: batchSize });
    if (instances.length === 0) return at.tagged;
    const texts = instances.map(({ prompt, messages }) => promptText(prompt, messages));
    const named = await thread.ask({ kind: "name", prompts: await promptsOf(work, texts) });
    const next = { method, after: instances.at(-1)!.id, tagged: at.tagged + instances.length };
    await prisma.$transaction(async (db) => {
      const progress = { done: next.tagged, total: Math.max(total, next.tagged), unit: "instances" };
      await run.save(db, { checkpoint: next, progress });
      const tags = instances.map((instance, i) => ({ instance, tags: named[i]! }));
      await storeNamed(db, { projectId: run.projectId, method }, tags);
    });
    at = next;
  }
}

/** Vectors of prompts are not kept, as those of completions are. */
async function promptsOf({ run, encoder, encoding }: Work, texts: readonly string[]): Promise<Prompts> {
  const given = { projectId: run.projectId, encoder, thread: encoding, keepsVectors: false };
  return { texts, width: encoder.width, vectors: await vectorsInThread(texts, given) };
}
