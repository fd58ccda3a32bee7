import { prisma, type Db } from "@/lib/db/client";
import type { EncoderConfig } from "@/lib/encoders/schema";
import { holdThread } from "@/lib/reward/scorer-thread-client";
import { vectorsInThread } from "@/lib/reward/thread-vectors";
import { buildColumns, columnsOf } from "../features/columns";
import { computeFeatures } from "../features/compute";
import { describeColumn } from "../features/describe-column";
import { readFeatures } from "../features/read";
import { textFeatures, type InstanceFeatures } from "../features/schema";
import type { Learning } from "./differences";
import type { Placed } from "./load-dual";

/** Called for each batch of instances whose texts are measured, in its transaction. */
export type OnBatch = (db: Db, done: number) => Promise<void>;

const readAtOnce = 1000;

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
    vectors: await encode(projectId, encoder, texts),
    words: columns.map(describeColumn),
    has: features.map((one) => columnsOf(columns, one)),
  };
}

async function encode(
  projectId: string,
  encoder: EncoderConfig,
  texts: readonly string[],
): Promise<Float32Array[] | null> {
  const thread = holdThread();
  try {
    return await vectorsInThread(texts, { projectId, encoder, thread, keepsVectors: true });
  } finally {
    thread.release();
  }
}

/**
 * What is known of instances before anybody labels them. Numbers of a reward model and of judges are left out: these have
 * seen the pairs that a fit learns from, and have not seen those that it is to route.
 */
async function featuresOf(projectId: string, units: readonly Placed[], onBatch: OnBatch): Promise<InstanceFeatures[]> {
  const ids = [...new Set(units.map(({ instance }) => instance.id))];
  await computeFeatures({ projectId, ids, onBatch });
  const known = new Map<string, InstanceFeatures>();
  for (let start = 0; start < ids.length; start += readAtOnce) {
    const read = await readFeatures(prisma, projectId, ids.slice(start, start + readAtOnce));
    for (const [id, { numbers, tags }] of read) {
      const own = textFeatures.flatMap((name) => (numbers[name] === undefined ? [] : [[name, numbers[name]] as const]));
      known.set(id, { numbers: Object.fromEntries(own), tags });
    }
  }
  return units.map(({ instance }) => known.get(instance.id) ?? { numbers: {}, tags: [] });
}
