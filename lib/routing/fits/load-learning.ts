import { prisma, type Db } from "@/lib/db/client";
import type { EncoderConfig } from "@/lib/encoders/schema";
import { holdThread } from "@/lib/reward/scorer-thread-client";
import { vectorsInThread } from "@/lib/reward/thread-vectors";
import { buildColumns, columnsOf } from "../features/columns";
import { computeFeatures } from "../features/compute";
import { describeColumn } from "../features/describe-column";
import { readFeatures } from "../features/read";
import type { InstanceFeatures } from "../features/schema";
import type { Learning } from "./differences";
import type { Placed } from "./load-dual";

/** Called with how many instances are done: after a batch whose texts are measured, in its transaction, and before one is encoded. */
export type OnBatch = (db: Db, done: number) => Promise<void>;

const readAtOnce = 1000;
/** A model takes seconds for as many, in which a run cannot be stopped. */
const encodedAtOnce = 256;

/** Reads texts and characteristics of pairs; characteristics that are not known yet are computed and stored. */
export async function loadLearning(
  projectId: string,
  encoder: EncoderConfig,
  { units, gold, onBatch }: { units: readonly Placed[]; gold: Uint8Array; onBatch: OnBatch },
): Promise<Learning> {
  const places = new Map<string, number>();
  const placeOf = (text: string): number => {
    const place = places.get(text) ?? places.size;
    places.set(text, place);
    return place;
  };
  const pairs = units.map(({ target, instance }): [number, number] => {
    const [first, second] = target.split("-").map((index) => placeOf(instance.texts[Number(index)]!));
    return [first!, second!];
  });
  const texts = [...places.keys()];
  const features = await featuresOf(projectId, units, onBatch);
  const columns = buildColumns(features);
  return {
    ...{ encoder, texts, pairs, gold, columns },
    vectors: await encode(projectId, encoder, { texts, units, onBatch }),
    words: columns.map(describeColumn),
    has: features.map((one) => columnsOf(columns, one)),
  };
}

/** Null for the built-in encoder, which needs no preparation. */
async function encode(
  projectId: string,
  encoder: EncoderConfig,
  { texts, units, onBatch }: { texts: readonly string[]; units: readonly Placed[]; onBatch: OnBatch },
): Promise<Float32Array[] | null> {
  const instances = new Set(units.map(({ instance }) => instance.id)).size;
  const thread = holdThread();
  try {
    const all: Float32Array[] = [];
    for (let start = 0; start < texts.length; start += encodedAtOnce) {
      await onBatch(prisma, Math.floor((instances * start) / texts.length));
      const part = texts.slice(start, start + encodedAtOnce);
      const vectors = await vectorsInThread(part, { projectId, encoder, thread, keepsVectors: true });
      if (vectors === null) return null;
      all.push(...vectors);
    }
    return all;
  } finally {
    thread.release();
  }
}

async function featuresOf(projectId: string, units: readonly Placed[], onBatch: OnBatch): Promise<InstanceFeatures[]> {
  const ids = [...new Set(units.map(({ instance }) => instance.id))];
  await computeFeatures({ projectId, ids, onBatch });
  const known = new Map<string, InstanceFeatures>();
  for (let start = 0; start < ids.length; start += readAtOnce) {
    const read = await readFeatures(prisma, projectId, ids.slice(start, start + readAtOnce));
    for (const [id, features] of read) known.set(id, features);
  }
  return units.map(({ instance }) => known.get(instance.id)!);
}
