import { grant, OPERATOR, type Access, type GlobalAccess } from "@/lib/auth/access";
import type { Db } from "@/lib/db/client";
import { createRun } from "@/lib/jobs/runs";
import { createProject } from "@/lib/projects/create";
import type { CreatedProject, createProjectInput } from "@/lib/projects/schema";
import type { TemplateId } from "@/lib/projects/templates/ids";
import { templates } from "@/lib/projects/templates/templates";
import type { z } from "zod";
import type { ImportPayload } from "./schema";
import { auditImport } from "./upload";

/**
 * Creates a project and, where its samples are asked for, the run that imports them, both or neither: a project that is
 * there has its samples, or a run that will bring them.
 */
export async function createWithSamples(
  access: GlobalAccess<"project:create">,
  input: z.output<typeof createProjectInput>,
): Promise<CreatedProject> {
  const { template, samples } = input;
  let samplesRunId: string | null = null;
  const project = await createProject(access, input, async (db, projectId) => {
    if (!template || !samples) return;
    const role = access.userId === OPERATOR.userId ? null : "admin";
    const importing = grant(access, { projectId, slug: input.slug, role }, "instance:import");
    samplesRunId = await importSamples(db, importing, template);
  });
  return { ...project, samplesRunId };
}

/** Queues the import of a template's sample instances, as that of a file of them. */
async function importSamples(db: Db, access: Access<"instance:import">, template: TemplateId): Promise<string> {
  const { projectId } = access;
  const file = Buffer.from(templates[template].samples.map((sample) => `${JSON.stringify(sample)}\n`).join(""));
  const payload = {
    ...{ kind: "instances", dryRun: false, filename: `${template}-samples.jsonl`, bytes: file.byteLength },
  } satisfies ImportPayload;
  const { id } = await createRun(db, access, { kind: "import", payload });
  await db.$executeRaw`
    insert into upload_chunks (project_id, run_id, seq, bytes) values (${projectId}::uuid, ${id}::uuid, 0, ${file}::bytea)`;
  await auditImport(db, access, { ...payload, runId: id });
  return id;
}
