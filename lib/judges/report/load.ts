import { prisma } from "@/lib/db/client";
import type { LabelRow } from "./unit";

const batchSize = 500;

export type InstanceRow = {
  id: string;
  promptHash: string;
  gold: unknown;
  meta: string | null;
  subject: string | null;
};
export type CompletionRow = { instanceId: string; index: number; text: string | null; model: string | null };
export type VerdictRow = { id: string; target: string; shownOrder: string; outcome: unknown };

/** Some instances with all that is said about them. */
export type LoadedPage = {
  instances: InstanceRow[];
  labels: LabelRow[];
  completions: CompletionRow[];
  verdicts: VerdictRow[];
};

/**
 * Reads everything that AI annotators said in a project, page by page, beside what people said of the same. People who
 * saw what an AI suggests did not answer by themselves and are left out.
 */
export async function* loadPages(projectId: string): AsyncGenerator<LoadedPage> {
  for (let after = "00000000-0000-0000-0000-000000000000"; ;) {
    const instances = await prisma.$queryRaw<InstanceRow[]>`
      select i.id::text, i.prompt_hash as "promptHash", i.gold, i.meta::text as meta,
        (select value from instance_tags t where t.project_id = i.project_id and t.instance_id = i.id
          and t.dimension = 'subject_of_expertise' order by t.place limit 1) as subject
      from instances i
      where i.project_id = ${projectId}::uuid and i.id > ${after}::uuid and exists (
        select from labels l where l.project_id = i.project_id and l.instance_id = i.id and l.source = 'lm' and l.is_current)
      order by i.id limit ${batchSize}`;
    if (instances.length === 0) return;
    after = instances.at(-1)!.id;
    yield await readPage(projectId, instances);
  }
}

async function readPage(projectId: string, instances: InstanceRow[]): Promise<LoadedPage> {
  const ids = instances.map(({ id }) => id);
  const [labels, completions, verdicts] = await Promise.all([
    prisma.$queryRaw<LabelRow[]>`
      select id::text, instance_id::text as "instanceId", question, type::text, aspect, source::text, annotator, payload,
        shown_order as "shownOrder", meta ->> 'outcome' as outcome, (meta -> 'verdictIds')::jsonb as "verdictIds",
        case when json_typeof(meta -> 'confidence') = 'number' then (meta ->> 'confidence')::float8 end as confidence
      from labels
      where project_id = ${projectId}::uuid and instance_id = any(${ids}::uuid[]) and is_current and type <> 'critique'
        and (source = 'lm' or source = 'human' and suggestion is null)
      order by id`,
    prisma.$queryRaw<CompletionRow[]>`
      select instance_id::text as "instanceId", index, text, model from completions
      where project_id = ${projectId}::uuid and instance_id = any(${ids}::uuid[]) order by index`,
    prisma.$queryRaw<VerdictRow[]>`
      select id::text, target, shown_order as "shownOrder", outcome from verdicts
      where project_id = ${projectId}::uuid and instance_id = any(${ids}::uuid[]) and outcome ->> 'kind' in ('preferred', 'tie')`,
  ]);
  return { instances, labels, completions, verdicts };
}
