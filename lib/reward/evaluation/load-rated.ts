import type { Db } from "@/lib/db/client";
import type { HeadConfig } from "../heads/schema";
import { promptText } from "../prompt-text";
import type { PromptedText } from "./text-scorer";

/** Prompts that are read, in order of their instances; they bound the texts that have to be encoded. */
const mostPrompts = 200;

/** Completions of one prompt that are read. */
const mostCompletions = 32;

/** Held-out completions of one prompt with the mean of what people and judges rate them. */
export type RatedCompletions = { promptHash: string; texts: PromptedText[]; quality: number[] };

type Row = {
  promptHash: string;
  prompt: string | null;
  messages: unknown;
  completions: { text: string; rating: number }[];
};

/**
 * Test instances with completions that are rated differently, by the numbers that a snapshot's labels give on the overall
 * aspect of the first question that has one; none where no such question is asked.
 */
export async function loadRated(
  db: Db,
  { projectId, snapshotId, heads }: { projectId: string; snapshotId: string; heads: HeadConfig | null },
): Promise<RatedCompletions[]> {
  const asked = heads?.ratings.find(({ aspect, categories }) => aspect === "overall" && categories === null);
  if (!asked) return [];
  const rows = await db.$queryRaw<Row[]>`
    with answers as (
      select l.instance_id, (l.payload ->> 'completion')::int as index, avg((l.payload ->> 'value')::float8) as rating
      from snapshot_labels s join labels l on l.project_id = s.project_id and l.id = s.label_id
      where s.project_id = ${projectId}::uuid and s.snapshot_id = ${snapshotId}::uuid
        and l.source in ('human', 'lm') and l.type = 'rating' and l.question = ${asked.question} and l.aspect = 'overall'
        and jsonb_typeof(l.payload -> 'value') = 'number'
      group by l.instance_id, index
    )
    select i.prompt_hash as "promptHash", i.prompt, i.messages, c.completions
    from instances i cross join lateral (
      select jsonb_agg(jsonb_build_object('text', c.text, 'rating', a.rating) order by c.index) as completions,
        min(a.rating) < max(a.rating) as differ
      from completions c join answers a on a.instance_id = c.instance_id and a.index = c.index
      where c.project_id = i.project_id and c.instance_id = i.id and c.index < ${mostCompletions}
        and c.text is not null and c.images = '[]'
    ) c
    where i.project_id = ${projectId}::uuid and i.split = 'test' and c.differ
    order by i.id limit ${mostPrompts}`;
  return rows.map(({ promptHash, prompt, messages, completions }) => {
    const asked = promptText(prompt, messages);
    return {
      promptHash,
      texts: completions.map(({ text }) => ({ prompt: asked, text })),
      quality: completions.map(({ rating }) => rating),
    };
  });
}
