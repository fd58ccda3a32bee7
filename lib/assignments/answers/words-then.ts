import type { Db } from "@/lib/db/client";
import type { Label } from "@/lib/db/generated/client";
import { taskSchema, type ComparisonWords } from "@/lib/projects/schema";

type Answered = Pick<Label, "question" | "type" | "schemaVersion">;

/** What the points of a comparison said when a label was given; undefined where they had the usual words. */
export type WordsThen = (label: Answered) => ComparisonWords | undefined;

/** The own words of the comparisons that these labels answer, by the versions of the task schema that asked for them. */
export async function readWordsThen(db: Db, projectId: string, labels: readonly Answered[]): Promise<WordsThen> {
  const versions = labels.flatMap(({ type, schemaVersion }) => (type === "comparison" ? (schemaVersion ?? []) : []));
  const rows = await db.taskSchema.findMany({
    where: { projectId, version: { in: [...new Set(versions)] } },
    select: { version: true, payload: true },
  });
  const asked = new Map(rows.map(({ version, payload }) => [version, taskSchema.parse(payload).questions]));
  return ({ question, schemaVersion }) => {
    const then = schemaVersion === null ? undefined : asked.get(schemaVersion)?.find(({ id }) => id === question);
    if (then?.type !== "comparison" || (then.degrees === undefined && then.tie === undefined)) return undefined;
    const { degrees, tie } = then;
    return { ...(degrees && { degrees }), ...(tie !== undefined && { tie }) };
  };
}
