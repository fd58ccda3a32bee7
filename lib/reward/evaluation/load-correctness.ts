import { z } from "zod";
import type { Db } from "@/lib/db/client";
import { promptText } from "../prompt-text";
import type { PromptedText } from "./text-scorer";

/** Prompts that are read, in order of their instances; they bound the texts that have to be encoded. */
const mostPrompts = 200;

/** Completions of one prompt that are read. */
const mostCompletions = 32;

/** Held-out completions of one prompt of which it is known whether they are right. */
export type CorrectCompletions = { promptHash: string; texts: PromptedText[]; isRight: boolean[] };

const goldCorrectness = z
  .object({ type: z.literal("correctness"), correct: z.array(z.boolean().nullable()) })
  .nullable()
  .catch(null);

type Row = {
  promptHash: string;
  prompt: string | null;
  messages: unknown;
  gold: unknown;
  completions: { index: number; text: string | null; hasImages: boolean; right: number; wrong: number }[];
};

/**
 * Test instances with right and wrong completions: by the labels of kind "correct" of people and judges in the snapshot, of
 * which the majority counts, or else by the import's gold. What a reward model said is no truth to measure one by.
 */
export async function loadCorrectness(
  db: Db,
  { projectId, snapshotId }: { projectId: string; snapshotId: string },
): Promise<CorrectCompletions[]> {
  const rows = await db.$queryRaw<Row[]>`
    with answers as (
      select l.instance_id, (l.payload ->> 'completion')::int as index,
        count(*) filter (where (l.payload ->> 'value')::boolean)::int as right,
        count(*) filter (where not (l.payload ->> 'value')::boolean)::int as wrong
      from snapshot_labels s join labels l on l.project_id = s.project_id and l.id = s.label_id
      where s.project_id = ${projectId}::uuid and s.snapshot_id = ${snapshotId}::uuid
        and l.source in ('human', 'lm') and l.type = 'binary' and l.payload ->> 'kind' = 'correct'
      group by l.instance_id, index
    )
    select i.prompt_hash as "promptHash", i.prompt, i.messages, i.gold, c.completions
    from instances i cross join lateral (
      select jsonb_agg(jsonb_build_object('index', c.index, 'text', c.text, 'hasImages', c.images <> '[]',
        'right', coalesce(a.right, 0), 'wrong', coalesce(a.wrong, 0)) order by c.index) as completions
      from completions c left join answers a on a.instance_id = c.instance_id and a.index = c.index
      where c.project_id = i.project_id and c.instance_id = i.id and c.index < ${mostCompletions}
    ) c
    where i.project_id = ${projectId}::uuid and i.split = 'test'
      and (i.gold ->> 'type' = 'correctness' or i.id in (select instance_id from answers))
    order by i.id limit ${mostPrompts}`;
  return rows.map(read).filter(({ isRight }) => isRight.includes(true) && isRight.includes(false));
}

function read({ promptHash, prompt, messages, gold, completions }: Row): CorrectCompletions {
  const correct = goldCorrectness.parse(gold)?.correct ?? [];
  const known = completions.flatMap(({ index, text, hasImages, right, wrong }) => {
    const isRight = right === wrong ? (correct[index] ?? null) : right > wrong;
    return text === null || hasImages || isRight === null ? [] : [{ text, isRight }];
  });
  const asked = promptText(prompt, messages);
  return {
    promptHash,
    texts: known.map(({ text }) => ({ prompt: asked, text })),
    isRight: known.map(({ isRight }) => isRight),
  };
}
