import { prisma } from "@/lib/db/client";
import type { Compared } from "@/lib/reward/compared-aspect";
import { dualUnits, type DualLabel, type DualUnit } from "../fits/dual-units";

const batchSize = 500;

/** What people and AI said of an instance, and when the last of these labels was given. */
export type LabelledRow = { id: string; units: DualUnit[]; at: Date };

/**
 * Of drawn instances those that both have labelled, on what is compared. People who saw what AI suggests did not answer by
 * themselves and are left out.
 */
export async function loadLabelled(
  projectId: string,
  { from, question, aspect }: Compared,
  ids: readonly string[],
): Promise<LabelledRow[]> {
  const codes = new Map<string, number>();
  const labelled: LabelledRow[] = [];
  for (let start = 0; start < ids.length; start += batchSize) {
    const rows = await prisma.$queryRaw<{ id: string; at: Date; labels: DualLabel[] }[]>`
      select l.instance_id::text as id, max(l.created_at) as at,
        json_agg(json_build_object('question', l.question, 'type', l.type, 'aspect', l.aspect, 'source', l.source,
          'annotator', l.annotator, 'payload', l.payload, 'outcome', l.meta ->> 'outcome', 'costMicros', l.cost_micros,
          'confidence', case when json_typeof(l.meta -> 'confidence') = 'number' then (l.meta ->> 'confidence')::float8 end)
          order by l.id) as labels
      from labels l
      where l.project_id = ${projectId}::uuid and l.instance_id = any(${ids.slice(start, start + batchSize)}::uuid[])
        and l.is_current and l.question = ${question} and l.type = ${from}::label_type and l.aspect = ${aspect}
        and (l.source = 'lm' or l.source = 'human' and l.suggestion is null)
      group by l.instance_id`;
    for (const { id, at, labels } of rows) {
      const units = dualUnits(labels, codes);
      if (units.length > 0) labelled.push({ id, at, units });
    }
  }
  return labelled;
}
