import { beforeEach, expect, test } from "vitest";
import { grantGlobal } from "@/lib/auth/access";
import { prisma } from "@/lib/db/client";
import type { User } from "@/lib/db/generated/client";
import { runTasks } from "@/lib/jobs/execute-run";
import { getProject } from "@/lib/projects/queries";
import { createProjectInput, defaultTaskSchema } from "@/lib/projects/schema";
import { templateIds, type TemplateId } from "@/lib/projects/templates/ids";
import { templates } from "@/lib/projects/templates/templates";
import { updateProject } from "@/lib/projects/update";
import { currentPolicy } from "@/lib/routing/policy";
import { accessFor, aUser, principalOf } from "@/lib/testing/builders";
import { workOff } from "@/lib/testing/work-off";
import { importRun } from "./import-run";
import { createWithSamples } from "./samples";
import { exportQuery, importResult } from "./schema";

let admin: User;

beforeEach(async () => {
  await prisma.project.deleteMany();
  await prisma.$executeRaw`delete from graphile_worker._private_jobs`;
  admin = await aUser({ isAdmin: true });
});

async function make(fields: { slug: string; template?: TemplateId } & Record<string, unknown>) {
  const input = createProjectInput.parse({ name: "Made", ...fields });
  return await createWithSamples(grantGlobal(principalOf(admin), "project:create"), input);
}

test.each(templateIds)(
  "a project of the template %s begins with all of it, and people can label its samples",
  async (id) => {
    const template = templates[id];
    const made = await make({ slug: id, template: id, samples: true });
    const { taskSchema, guidelines, overlap, exportDefaults } = template;
    expect(made).toMatchObject({ taskSchema, guidelines, overlap, exportDefaults });
    const { lmWeight } = await currentPolicy(prisma, (await accessFor(admin, { slug: id }, "project:view")).projectId);
    expect(lmWeight).toBe(template.lmWeight);
    const { format, ...options } = template.exportDefaults;
    expect(exportQuery.parse({ format, ...options })).toMatchObject(template.exportDefaults);

    const taskList = runTasks({ import: importRun });
    await workOff(taskList);
    const { result } = await prisma.run.findFirstOrThrow({ where: { id: made.samplesRunId! } });
    const { faults, instances } = importResult.parse(result);
    expect(faults.first).toEqual([]);
    expect(instances.created).toBe(template.samples.length);
    expect(await prisma.instance.count({ where: { isLabelable: true, openSlots: overlap } })).toBe(instances.created);
  },
);

test("a project whose samples cannot be queued is not there either, and can be made again", async () => {
  const asked = { slug: "again", template: "multipref", samples: true } as const;
  await prisma.$executeRaw`alter table upload_chunks rename to upload_chunks_away`;
  try {
    await expect(make(asked)).rejects.toThrow(/upload_chunks/);
  } finally {
    await prisma.$executeRaw`alter table upload_chunks_away rename to upload_chunks`;
  }
  expect(await prisma.project.count()).toBe(0);
  expect(await prisma.run.count()).toBe(0);
  expect(await jobs()).toBe(0);
  const { samplesRunId } = await make(asked);
  expect(await jobs()).toBe(1);
  const { target, detail } = await prisma.auditEvent.findFirstOrThrow({
    where: { action: "instance.import", detail: { path: ["runId"], equals: samplesRunId! } },
  });
  expect([target, detail]).toEqual(["multipref-samples.jsonl", expect.objectContaining({ kind: "instances" })]);
});

async function jobs(): Promise<number> {
  return (await prisma.$queryRaw<[]>`select from graphile_worker._private_jobs`).length;
}

test("what is given takes the place of what the template has, and samples need a template", async () => {
  const made = await make({
    ...{ slug: "own", template: "multipref", overlap: 1, guidelines: "Be fair." },
    exportDefaults: { format: "labels" },
  });
  const { taskSchema } = templates.multipref;
  expect(made).toMatchObject({ taskSchema, overlap: 1, guidelines: "Be fair.", exportDefaults: { format: "labels" } });
  expect(createProjectInput.safeParse({ slug: "own", name: "Own", samples: true }).error?.issues).toMatchObject([
    { path: ["samples"], message: "are those of a template; name one" },
  ]);
});

test("a project without a template has no export of its own until one is chosen", async () => {
  expect(await make({ slug: "empty" })).toMatchObject({
    taskSchema: defaultTaskSchema,
    overlap: 3,
    exportDefaults: null,
  });
  const access = await accessFor(admin, { slug: "empty" }, "project:update");
  const file = { format: "trl", rows: "labels", aspect: "overall" } as const;
  expect(await updateProject(access, { exportDefaults: file })).toMatchObject({ exportDefaults: file });
  await updateProject(access, { exportDefaults: file });
  expect(await getProject(access)).toMatchObject({ exportDefaults: file });
  expect(await prisma.auditEvent.findMany({ where: { action: "project.update" } })).toMatchObject([
    { detail: { exportDefaults: "trl", exportRows: "labels", exportAspect: "overall" } },
  ]);
});
