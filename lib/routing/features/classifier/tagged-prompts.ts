import { prisma } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import type { Message } from "@/lib/instances/schema";
import { tags as taggerTags } from "@/lib/judges/protocols/tagger";
import { promptText } from "@/lib/reward/prompt-text";
import { openDimensions, present } from "../tag-words";

/** Prompts that are learned from at most, the newest: 3,000 take about two minutes. */
const mostPrompts = 3000;

/** Every dimension of tags. */
export const dimensions = Object.keys(taggerTags.shape);

/** What is said of a prompt that has nothing of a dimension in free words. */
export const absent = "absent";

export type TaggedPrompts = {
  texts: string[];
  /** By dimension: the places of the prompts that have a value of it, and the first of each. */
  said: { dimension: string; places: number[]; values: string[] }[];
};

/** Of `instances i`, those that anybody but a classifier has tagged. */
export const taggedByOthers = Prisma.sql`exists (select from instance_tags t
  where t.project_id = i.project_id and t.instance_id = i.id and t.source <> 'tool')`;

type Row = { prompt: string | null; messages: Message[] | null; firsts: Record<string, string> };

/** The prompts of a project that anybody but a classifier has tagged, each once, in the order of their hashes. */
export async function readTaggedPrompts(projectId: string): Promise<TaggedPrompts> {
  const rows = await prisma.$queryRaw<Row[]>`
    with newest as (
      select distinct on (i.prompt_hash) i.prompt_hash, i.id from instances i
      where i.project_id = ${projectId}::uuid and ${taggedByOthers} order by i.prompt_hash, i.id desc
    ), chosen as (
      select * from newest order by id desc limit ${mostPrompts}
    )
    select i.prompt, i.messages, (
      select json_object_agg(dimension, value) from (
        select distinct on (dimension) dimension, value from instance_tags t
        where t.project_id = i.project_id and t.instance_id = i.id and t.source <> 'tool' order by dimension, place, value
      ) as first) as firsts
    from chosen join instances i on i.project_id = ${projectId}::uuid and i.id = chosen.id order by chosen.prompt_hash`;
  return {
    texts: rows.map(({ prompt, messages }) => promptText(prompt, messages)),
    said: dimensions.map((dimension) => {
      const firsts = rows.map((row) => firstOf(row, dimension));
      const places = firsts.flatMap((first, place) => (first === null ? [] : place));
      return { dimension, places, values: places.map((place) => firsts[place]!) };
    }),
  };
}

/** How many prompts have tags by others. */
export async function countTaggedPrompts(projectId: string): Promise<number> {
  const [row] = await prisma.$queryRaw<[{ count: number }]>`
    select count(distinct i.prompt_hash)::int as count from instances i
    where i.project_id = ${projectId}::uuid and ${taggedByOthers}`;
  return row.count;
}

function firstOf({ firsts }: Row, dimension: string): string | null {
  const first = firsts[dimension];
  if (!openDimensions.has(dimension)) return first ?? null;
  return first === undefined ? absent : present;
}
