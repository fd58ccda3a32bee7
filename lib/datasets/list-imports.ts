import { OPERATOR, type Access } from "@/lib/auth/access";
import { prisma } from "@/lib/db/client";
import type { ImportSummary } from "./schema";

type Row = Omit<ImportSummary, "createdAt"> & { createdAt: Date };

/** The latest imports of a project, newest first. */
export async function listImports({ projectId }: Access<"instance:import">, limit: number): Promise<ImportSummary[]> {
  const rows = await prisma.$queryRaw<Row[]>`
    select r.id, r.state::text, r.payload ->> 'kind' as kind, (r.payload ->> 'dryRun')::boolean as "dryRun",
      r.payload ->> 'filename' as filename, r.created_at as "createdAt", r.result #- '{faults,first}' as counts,
      case when r.created_by_id = ${OPERATOR.userId}::uuid then ${OPERATOR.email} else coalesce(u.email, 'a deleted account') end as "createdBy"
    from runs r left join users u on u.id = r.created_by_id
    where r.project_id = ${projectId}::uuid and r.kind = 'import' order by r.id desc limit ${limit}`;
  return rows.map((row) => ({ ...row, createdAt: row.createdAt.toISOString() }));
}
