import type { Access } from "@/lib/auth/access";
import { prisma, type Db } from "@/lib/db/client";
import { currentSchema } from "../current-schema";
import { taskSchema, type Question } from "../schema";
import type { AskedQuestions } from "./schema";

type Versioned = { schemaVersion: number | null };

/** What a project asks now, and what it asked when these labels were given. */
export async function readAsked(
  { projectId }: Access<"instance:read">,
  labels: readonly Versioned[],
): Promise<AskedQuestions> {
  const [{ taskSchema: current }, then] = await Promise.all([
    currentSchema(prisma, projectId),
    readQuestionsThen(prisma, projectId, labels),
  ]);
  return { now: current.questions, then };
}

/** What the versions of the task schema that these labels are of asked. */
export async function readQuestionsThen(
  db: Db,
  projectId: string,
  labels: readonly Versioned[],
): Promise<Record<number, Question[]>> {
  const versions = [...new Set(labels.flatMap(({ schemaVersion }) => schemaVersion ?? []))];
  const rows = await db.taskSchema.findMany({
    where: { projectId, version: { in: versions } },
    select: { version: true, payload: true },
  });
  return Object.fromEntries(rows.map(({ version, payload }) => [version, taskSchema.parse(payload).questions]));
}
