import type { Db } from "@/lib/db/client";
import { taskSchema, type TaskSchema } from "./schema";

export type CurrentSchema = { taskSchema: TaskSchema; schemaVersion: number; guidelinesVersion: number };

/** What a project asks at present. */
export async function currentSchema(db: Db, projectId: string): Promise<CurrentSchema> {
  const [row] = await db.$queryRaw<[{ payload: unknown; schemaVersion: number; guidelinesVersion: number }]>`
    select t.payload, p.schema_version as "schemaVersion", p.guidelines_version as "guidelinesVersion"
    from projects p join task_schemas t on t.project_id = p.id and t.version = p.schema_version
    where p.id = ${projectId}::uuid`;
  const { payload, ...versions } = row;
  return { taskSchema: taskSchema.parse(payload), ...versions };
}
