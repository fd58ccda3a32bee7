import { OPERATOR, type GlobalAccess } from "@/lib/auth/access";
import { recordAudit } from "@/lib/auth/audit";
import { prisma, type Db } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import { AppError } from "@/lib/errors";
import { firstPolicy } from "@/lib/routing/schema";
import { say } from "@/lib/say";
import { projectColumns, viewProject } from "./queries";
import { defaultTaskSchema, type createProjectInput, type ProjectResponse } from "./schema";
import { templates } from "./templates/templates";
import type { z } from "zod";

/** What a project has where neither the caller nor a template says otherwise. */
const usual = { taskSchema: defaultTaskSchema, guidelines: "", overlap: 3, lmWeight: firstPolicy.lmWeight };

/**
 * Creates a project with the first version of its task schema, guidelines and policy; its creator becomes an admin member.
 * What is left out is that of the template, if there is one. What `alongside` writes comes with it or not at all. Throws
 * `conflict` when the slug is taken.
 */
export async function createProject(
  access: GlobalAccess<"project:create">,
  input: z.output<typeof createProjectInput>,
  alongside?: (db: Db, projectId: string) => Promise<void>,
): Promise<ProjectResponse> {
  const { slug, name, description, leaseSeconds } = input;
  const begins = { ...usual, ...(input.template && templates[input.template]) };
  const { taskSchema = begins.taskSchema, guidelines = begins.guidelines, overlap = begins.overlap } = input;
  const exportDefaults = input.exportDefaults ?? begins.exportDefaults ?? Prisma.skip;
  const policy = { ...firstPolicy, lmWeight: begins.lmWeight };
  // The command line is nobody's account.
  const creatorId = access.userId === OPERATOR.userId ? null : access.userId;
  try {
    return await prisma.$transaction(async (db) => {
      const project = await db.project.create({
        data: {
          ...{ slug, name, description, leaseSeconds, overlap, exportDefaults },
          createdById: creatorId,
          taskSchemas: { create: { version: 1, payload: taskSchema, createdById: creatorId } },
          guidelines: { create: { version: 1, text: guidelines, createdById: creatorId } },
          policies: { create: { version: 1, payload: policy, createdById: creatorId } },
          members: creatorId === null ? Prisma.skip : { create: { userId: creatorId, role: "admin" } },
        },
        select: projectColumns,
      });
      await recordAudit(db, access, {
        action: "project.create",
        target: slug,
        projectId: project.id,
        detail: { name, ...(input.template && { template: input.template }) },
      });
      await alongside?.(db, project.id);
      return viewProject(project, "admin", { taskSchema, guidelines });
    });
  } catch (error) {
    if (error instanceof Prisma.PrismaClientKnownRequestError && error.code === "P2002") {
      throw new AppError("conflict", say`There is already a project with the slug ${slug}. Choose another slug.`, {
        cause: error,
        faults: [{ path: "slug", message: say`is taken` }],
      });
    }
    throw error;
  }
}
