import { Prisma } from "@/lib/db/generated/client";
import { waitsForSecondJudge } from "@/lib/routing/asked-judges";
import type { InstanceFilters, InstanceStatus } from "./schema";

type Scope = {
  projectId: string;
  /** The project's: with all slots open nobody was asked yet. */
  overlap: number;
  filters: InstanceFilters;
  /** Only instances after this id. */
  cursor?: string;
};

/** The conditions on `instances i` for a project's filters; an index answers each of them in order of id. */
export function instanceConditions({ projectId, overlap, filters, cursor }: Scope): Prisma.Sql[] {
  const { q, status, route, source, agreement, model, split, flagged, tag } = filters;
  const conditions = [Prisma.sql`i.project_id = ${projectId}::uuid`];
  if (cursor !== undefined) conditions.push(Prisma.sql`i.id > ${cursor}::uuid`);
  if (q !== undefined) {
    conditions.push(Prisma.sql`(i.search @@ websearch_to_tsquery('simple', ${q}) or i.outside_id = ${q})`);
  }
  if (status !== undefined) conditions.push(statusCondition(status, projectId, overlap));
  if (route !== undefined) conditions.push(Prisma.sql`i.route = ${route}::route_kind`);
  if (split !== undefined) conditions.push(Prisma.sql`i.split = ${split}::split`);
  if (source !== undefined) {
    conditions.push(Prisma.sql`exists (select from labels x
      where ${ofInstance(cursor)} and x.source = ${source}::label_source and x.is_current)`);
  }
  if (model !== undefined) {
    conditions.push(Prisma.sql`exists (select from completions x where ${ofInstance(cursor)} and x.model = ${model})`);
  }
  if (tag !== undefined) {
    conditions.push(Prisma.sql`exists (select from instance_tags x where ${ofInstance(cursor)} and x.value = ${tag})`);
  }
  if (flagged !== undefined) {
    conditions.push(Prisma.sql`exists (select from assignments x where ${ofInstance(cursor)} and ${isFlagged})`);
  }
  if (agreement !== undefined) {
    conditions.push(Prisma.sql`exists (select from consensus x
      where ${ofInstance(cursor)} and x.type = 'comparison' and ${agreementConditions[agreement]})`);
  }
  return conditions;
}

/** Joins rows `x` to their instance. The cursor is said again, or a merge would read all that lies before it. */
function ofInstance(cursor: string | undefined): Prisma.Sql {
  const after = cursor === undefined ? Prisma.empty : Prisma.sql`and x.instance_id > ${cursor}::uuid`;
  return Prisma.sql`x.project_id = i.project_id and x.instance_id = i.id ${after}`;
}

/** Of assignments, those with a flag that no researcher has resolved; an index holds them. */
export const isFlagged = Prisma.sql`flagged_at is not null and flag_resolved_at is null`;

/** An LM judge, a reward model that serves as one, or an AI whose labels were imported has labelled it. */
const hasAiLabel = Prisma.sql`exists (select from labels l
  where l.project_id = i.project_id and l.instance_id = i.id and l.source in ('lm', 'rm') and l.is_current)`;

/** Of `instances i` of these projects, those routed to AI alone that no AI has labelled, or not the one whose turn it is. */
export function waitsForAi(projectIds: readonly string[]): Prisma.Sql {
  return Prisma.sql`i.route = 'lm' and i.is_labelable and (not ${hasAiLabel} or ${waitsForSecondJudge(projectIds)})`;
}

/** Each but one for AI names open_slots, so that the index on it gives the ids in order. */
function statusCondition(status: InstanceStatus, projectId: string, overlap: number): Prisma.Sql {
  switch (status) {
    case "not-labelable":
      return Prisma.sql`not i.is_labelable and i.open_slots = 0`;
    case "unlabelled":
      return Prisma.sql`i.is_labelable and i.open_slots = ${overlap}::int`;
    case "in-progress":
      // With "or" in its place the database would walk all instances.
      return Prisma.sql`i.id in (
        select id from instances
        where project_id = ${projectId}::uuid and is_labelable and open_slots > 0 and open_slots < ${overlap}::int
        union all
        select a.instance_id from assignments a join instances o on o.project_id = a.project_id and o.id = a.instance_id
        where a.project_id = ${projectId}::uuid and a.state = 'leased' and o.is_labelable and o.open_slots = 0)`;
    case "waiting-for-ai":
      return waitsForAi([projectId]);
    case "complete":
      return Prisma.sql`i.is_labelable and i.open_slots = 0 and (i.route <> 'lm' or ${hasAiLabel} and not ${waitsForSecondJudge([projectId])}) and not exists (
        select from assignments a where a.project_id = i.project_id and a.instance_id = i.id and a.state = 'leased')`;
  }
}

const isDraw = Prisma.sql`(x.payload -> 'isDraw')::boolean`;

const agreementConditions = {
  unanimous: Prisma.sql`x.confidence = 1 and x.label_count > 1`,
  majority: Prisma.sql`x.confidence < 1 and not ${isDraw}`,
  draw: isDraw,
} satisfies Record<NonNullable<InstanceFilters["agreement"]>, Prisma.Sql>;
