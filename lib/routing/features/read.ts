import type { Db } from "@/lib/db/client";
import type { LabelSource } from "@/lib/db/generated/enums";
import { readJudgeNumbers } from "./judge-numbers";
import { readModelNumbers } from "./model-numbers";
import { textNumbers, type InstanceFeatures, type InstanceFeaturesView, type TextNumbers } from "./schema";
import { openDimensions, present } from "./tag-words";
import { featuresVersion } from "./version";

/**
 * What fits and policies tell instances apart by: the stored numbers of their texts, of which those of another version are
 * not known, and their tags. All of it is known before anybody labels them.
 */
export async function readFeatures(
  db: Db,
  projectId: string,
  ids: readonly string[],
): Promise<Map<string, InstanceFeatures>> {
  const texts = await readTextNumbers(db, projectId, ids);
  const tags = await readTags(db, projectId, ids);
  return new Map(ids.map((id) => [id, { numbers: { ...texts.get(id) }, tags: tags.get(id) ?? [] }]));
}

/** All that is known of an instance now: with the numbers of the reward model that serves, and of judges that have labelled it. */
export async function readAllFeatures(
  db: Db,
  projectId: string,
  id: string,
): Promise<Omit<InstanceFeaturesView, "version">> {
  const { numbers, tags } = (await readFeatures(db, projectId, [id])).get(id)!;
  const model = (await readModelNumbers(db, projectId, [id])).get(id);
  const judges = (await readJudgeNumbers(db, projectId, [id])).get(id);
  return { numbers: { ...numbers, ...model, ...judges }, tags: [...tags] };
}

async function readTextNumbers(db: Db, projectId: string, ids: readonly string[]): Promise<Map<string, TextNumbers>> {
  const version = await featuresVersion(db, projectId);
  const rows = await db.$queryRaw<{ id: string; numbers: unknown }[]>`
    select instance_id::text as id, numbers from routing_features
    where project_id = ${projectId}::uuid and version = ${version} and instance_id = any(${ids}::uuid[])`;
  return new Map(rows.map(({ id, numbers }) => [id, textNumbers.parse(numbers)]));
}

type TagRow = { id: string; source: LabelSource; dimension: string; value: string };

/** A classifier has no say where anybody else has tagged, not even of what they found none of. */
async function readTags(db: Db, projectId: string, ids: readonly string[]): Promise<Map<string, string[]>> {
  const rows = await db.$queryRaw<TagRow[]>`
    select instance_id::text as id, source, dimension, value from instance_tags
    where project_id = ${projectId}::uuid and instance_id = any(${ids}::uuid[])
    order by instance_id, dimension, place, value`;
  const taggedByOthers = new Set(rows.flatMap(({ id, source }) => (source === "tool" ? [] : id)));
  const tags = new Map<string, Set<string>>();
  for (const { id, source, dimension, value } of rows) {
    if (source === "tool" && taggedByOthers.has(id)) continue;
    const of = tags.get(id) ?? new Set<string>();
    of.add(`${dimension}: ${openDimensions.has(dimension) ? present : value}`);
    tags.set(id, of);
  }
  return new Map([...tags].map(([id, of]) => [id, [...of]]));
}
