import type { Access } from "@/lib/auth/access";
import { prisma } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import { say } from "@/lib/say";
import { taskSchema, type TaskSchema } from "./schema";

type Admin = Access<"project:update">;

/** A task schema as one of its versions had it. Throws `not_found` for a version that never was. */
export async function readSchemaVersion({ projectId, slug }: Admin, version: number): Promise<TaskSchema> {
  const row = await prisma.taskSchema.findUnique({ where: { projectId_version: { projectId, version } } });
  if (!row) {
    throw new AppError("not_found", say`There is no version ${version} of the task schema of project ${slug}.`);
  }
  return taskSchema.parse(row.payload);
}

/** Guidelines as one of their versions had them, in markdown. Throws `not_found` for a version that never was. */
export async function readGuidelinesVersion({ projectId, slug }: Admin, version: number): Promise<string> {
  const row = await prisma.guidelines.findUnique({ where: { projectId_version: { projectId, version } } });
  if (!row) {
    throw new AppError("not_found", say`There is no version ${version} of the guidelines of project ${slug}.`);
  }
  return row.text;
}
