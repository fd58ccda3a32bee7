import { Prisma } from "@/lib/db/generated/client";
import type { InstanceFilters, InstanceStatus } from "./schema";

/**
 * The conditions on `instances i` for a project's filters, all of which an index can answer. `overlap` is the
 * project's: with all slots open nobody was asked yet.
 */
export function instanceConditions(projectId: string, overlap: number, filters: InstanceFilters): Prisma.Sql[] {
  const { q, status, route, source, agreement, model, split } = filters;
  const conditions = [Prisma.sql`i.project_id = ${projectId}::uuid`];
  if (q !== undefined)
    conditions.push(Prisma.sql`(i.search @@ websearch_to_tsquery('simple', ${q}) or i.outside_id = ${q})`);
  if (status !== undefined) conditions.push(statusCondition(status, overlap));
  if (route !== undefined) conditions.push(Prisma.sql`i.route = ${route}::route_kind`);
  if (split !== undefined) conditions.push(Prisma.sql`i.split = ${split}::split`);
  if (source !== undefined) {
    conditions.push(Prisma.sql`exists (select from labels l
      where l.project_id = i.project_id and l.instance_id = i.id and l.source = ${source}::label_source and l.is_current)`);
  }
  if (model !== undefined) {
    conditions.push(Prisma.sql`exists (select from completions c
      where c.project_id = i.project_id and c.instance_id = i.id and c.model = ${model})`);
  }
  if (agreement !== undefined) {
    conditions.push(Prisma.sql`exists (select from consensus c
      where c.project_id = i.project_id and c.instance_id = i.id and ${agreementConditions[agreement]})`);
  }
  return conditions;
}

const isLent = Prisma.sql`exists (select from assignments a
  where a.project_id = i.project_id and a.instance_id = i.id and a.state = 'leased')`;

function statusCondition(status: InstanceStatus, overlap: number): Prisma.Sql {
  switch (status) {
    case "not-labelable":
      return Prisma.sql`not i.is_labelable`;
    case "unlabelled":
      return Prisma.sql`i.is_labelable and i.open_slots = ${overlap}::int`;
    case "in-progress":
      return Prisma.sql`i.is_labelable and i.open_slots < ${overlap}::int and (i.open_slots > 0 or ${isLent})`;
    case "complete":
      return Prisma.sql`i.is_labelable and i.open_slots = 0 and not ${isLent}`;
  }
}

const isDraw = Prisma.sql`(c.payload -> 'isDraw')::boolean`;

const agreementConditions = {
  unanimous: Prisma.sql`c.confidence = 1 and c.label_count > 1`,
  majority: Prisma.sql`c.confidence < 1 and not ${isDraw}`,
  draw: Prisma.sql`c.confidence < 1 and ${isDraw}`,
} satisfies Record<NonNullable<InstanceFilters["agreement"]>, Prisma.Sql>;
