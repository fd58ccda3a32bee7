import type { Access } from "@/lib/auth/access";
import { prisma } from "@/lib/db/client";
import { currentSchema } from "@/lib/projects/current-schema";
import type { Question } from "@/lib/projects/schema";
import { findSubject } from "./subjects/find";
import type { SubjectView } from "./subjects/schema";

/** What the editor of a judge has to know about its project. */
export type FormFacts = {
  questions: Question[];
  currency: string;
  /** An instance to try the judge on; null where none can be judged. */
  firstSubject: SubjectView | null;
};

export async function readFormFacts(access: Access<"judge:manage">): Promise<FormFacts> {
  const { projectId } = access;
  const [{ taskSchema }, currency, { item }] = await Promise.all([
    currentSchema(prisma, projectId),
    readCurrency(access),
    findSubject(access, {}),
  ]);
  return { questions: taskSchema.questions, currency, firstSubject: item };
}

/** The questions of a project's task schema, for pages that call them by their names. */
export async function readQuestions({ projectId }: Access<"judge:read"> | Access<"reward:read">): Promise<Question[]> {
  return (await currentSchema(prisma, projectId)).taskSchema.questions;
}

/** What a project's money is in. */
export async function readCurrency({ projectId }: Access<"judge:read"> | Access<"judge:manage">): Promise<string> {
  const where = { id: projectId };
  return (await prisma.project.findUniqueOrThrow({ where, select: { currency: true } })).currency;
}
