import { type Db } from "@/lib/db/client";
import { taskSchema, type ComparisonQuestion } from "@/lib/projects/schema";

export type CurrentQuestion = { question: ComparisonQuestion; schemaVersion: number; guidelinesVersion: number };

/** What a project asks its annotators at present. */
export async function currentQuestion(db: Db, projectId: string): Promise<CurrentQuestion> {
  const [row] = await db.$queryRaw<[{ payload: unknown; schemaVersion: number; guidelinesVersion: number }]>`
    select t.payload, p.schema_version as "schemaVersion", p.guidelines_version as "guidelinesVersion"
    from projects p join task_schemas t on t.project_id = p.id and t.version = p.schema_version
    where p.id = ${projectId}::uuid`;
  const { payload, ...versions } = row;
  return { question: taskSchema.parse(payload).questions[0], ...versions };
}
