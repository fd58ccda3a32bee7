import { beforeEach, expect, test } from "vitest";
import { grantGlobal, OPERATOR } from "@/lib/auth/access";
import { prisma } from "@/lib/db/client";
import type { Instance, User } from "@/lib/db/generated/client";
import { accessFor, aLabel, aMember, anInstance, aProject, aUser, principalOf } from "@/lib/testing/builders";
import { createProject } from "./create";
import { deleteProject } from "./delete";
import { getProject, getProjectOverview, listProjects, listProjectVersions } from "./queries";
import { createProjectInput, defaultComparison, defaultTaskSchema } from "./schema";
import { updateProject } from "./update";

let admin: User;

beforeEach(async () => {
  await prisma.project.deleteMany();
  admin = await aUser({ isAdmin: true });
});

const input = (fields: object = {}) => createProjectInput.parse({ slug: "helpful", name: "Helpful", ...fields });

async function lend(instance: Instance, user: User, state: "leased" | "submitted" | "expired"): Promise<void> {
  await prisma.assignment.create({
    data: {
      projectId: instance.projectId,
      instanceId: instance.id,
      annotatorId: user.id,
      state,
      seed: 1,
      shownOrder: [0, 1],
      leaseUntil: new Date(Date.now() + 60_000),
    },
  });
}

test("creating a project writes its first versions, makes the creator an admin member and is audited", async () => {
  const project = await createProject(
    grantGlobal(principalOf(admin), "project:create"),
    input({ guidelines: "Be fair." }),
  );
  expect(project).toMatchObject({
    slug: "helpful",
    role: "admin",
    overlap: 3,
    schemaVersion: 1,
    taskSchema: defaultTaskSchema,
    guidelines: "Be fair.",
  });
  expect(await prisma.member.findMany()).toMatchObject([{ userId: admin.id, role: "admin" }]);
  expect(
    await prisma.auditEvent.findFirst({ where: { action: "project.create" }, orderBy: { id: "desc" } }),
  ).toMatchObject({ actor: admin.email, target: "helpful" });
});

test("a slug is taken once", async () => {
  const access = grantGlobal(OPERATOR, "project:create");
  await createProject(access, input());
  await expect(createProject(access, input({ name: "Other" }))).rejects.toMatchObject({
    code: "conflict",
    message: expect.stringContaining("helpful") as string,
  });
  expect(await prisma.member.count()).toBe(0);
});

test("a task schema and guidelines that differ become new versions, the same ones do not", async () => {
  await createProject(grantGlobal(principalOf(admin), "project:create"), input());
  const access = await accessFor(admin, { slug: "helpful" }, "project:update");
  const seven = { ...defaultTaskSchema, questions: [{ ...defaultComparison, scale: 7 as const }] };
  expect(await updateProject(access, { taskSchema: defaultTaskSchema, guidelines: "" })).toMatchObject({
    schemaVersion: 1,
    guidelinesVersion: 1,
  });
  expect(await updateProject(access, { taskSchema: seven, guidelines: "New." })).toMatchObject({
    schemaVersion: 2,
    guidelinesVersion: 2,
    taskSchema: seven,
    guidelines: "New.",
  });
  const versions = await listProjectVersions(access);
  expect(versions.taskSchema.map((one) => [one.version, one.createdBy])).toEqual([
    [2, admin.email],
    [1, admin.email],
  ]);
  expect(await prisma.taskSchema.count()).toBe(2);
  expect(await prisma.auditEvent.count({ where: { action: "project.update", projectId: access.projectId } })).toBe(1);
});

test("a change that was made from an older version is refused, and one from the newest is not", async () => {
  const project = await aProject();
  const { user } = await aMember(project, { role: "admin" });
  const access = await accessFor(user, project, "project:update");
  const reworded = (reason: "off" | "required") => ({ ...defaultTaskSchema, reason });
  await updateProject(access, { taskSchema: reworded("off"), schemaVersion: 1 });
  await expect(updateProject(access, { taskSchema: reworded("required"), schemaVersion: 1 })).rejects.toMatchObject({
    code: "conflict",
    message: expect.stringContaining("from version 1, and version 2 is in use") as string,
  });
  expect(await updateProject(access, { taskSchema: reworded("required"), schemaVersion: 2 })).toMatchObject({
    schemaVersion: 3,
  });
  await updateProject(access, { guidelines: "Be fair.", guidelinesVersion: 1 });
  await expect(updateProject(access, { guidelines: "Be kind.", guidelinesVersion: 1 })).rejects.toMatchObject({
    code: "conflict",
    message: expect.stringContaining("The guidelines have changed meanwhile") as string,
  });
});

test("a new overlap recomputes open slots from labels, leases and submissions", async () => {
  const project = await aProject({ overlap: 3, members: [{ user: admin, role: "admin" }] });
  const [one, two] = [(await aMember(project)).user, (await aMember(project)).user];
  const fresh = await anInstance(project);
  const busy = await anInstance(project, { openSlots: 1 });
  await lend(busy, one, "leased");
  await lend(busy, two, "submitted");
  await aLabel(busy, { userId: two.id });
  const imported = await anInstance(project, { openSlots: 1 });
  const label = await aLabel(imported, { annotator: "import:a" });
  await aLabel(imported, { annotator: "import:b" });
  // None of these takes a slot: a second aspect of a counted person, a corrected revision, a judge, a demo, a lapsed lease.
  await aLabel(imported, { annotator: "import:a", aspect: "safety" });
  await aLabel(imported, { annotator: "import:a", revision: label.revision + 1, isCurrent: false });
  await aLabel(imported, { annotator: "import:judge", source: "lm" });
  await aLabel(imported, { annotator: "demo:guide", source: "demo" });
  await lend(imported, one, "expired");
  const textless = await anInstance(project, { isLabelable: false });

  const slots = async () =>
    Promise.all(
      [fresh, busy, imported, textless].map(
        async ({ projectId, id }) =>
          (await prisma.instance.findUniqueOrThrow({ where: { projectId_id: { projectId, id } } })).openSlots,
      ),
    );
  const access = await accessFor(admin, project, "project:update");
  await updateProject(access, { overlap: 5 });
  expect(await slots()).toEqual([5, 3, 3, 0]);
  await updateProject(access, { overlap: 1 });
  expect(await slots()).toEqual([1, 0, 0, 0]);
  await updateProject(access, { overlap: 3 });
  expect(await slots()).toEqual([3, 1, 1, 0]);
});

test("a claim at the same moment loses no slot", async () => {
  const project = await aProject({ overlap: 1, members: [{ user: admin, role: "admin" }] });
  const { user } = await aMember(project);
  const instance = await anInstance(project);
  const access = await accessFor(admin, project, "project:update");
  let update: Promise<unknown> | undefined;
  await prisma.$transaction(async (db) => {
    await db.instance.update({
      where: { projectId_id: { projectId: project.id, id: instance.id } },
      data: { openSlots: 0 },
    });
    update = updateProject(access, { overlap: 3 });
    await waitUntilSomeoneWaits();
    await db.assignment.create({
      data: {
        projectId: project.id,
        instanceId: instance.id,
        annotatorId: user.id,
        seed: 1,
        shownOrder: [0, 1],
        leaseUntil: new Date(Date.now() + 60_000),
      },
    });
  });
  await update;
  expect(await prisma.instance.findFirst()).toMatchObject({ openSlots: 2 });
});

async function waitUntilSomeoneWaits(): Promise<void> {
  for (;;) {
    const [row] = await prisma.$queryRaw<
      [{ waits: number }]
    >`select count(*)::int as waits from pg_locks where not granted`;
    if (row.waits > 0) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

test("deleting a project takes everything but its audit events", async () => {
  const project = await aProject({ slug: "old", members: [{ user: admin, role: "admin" }] });
  await aLabel(await anInstance(project));
  await deleteProject(await accessFor(admin, project, "project:delete"));
  expect(await prisma.project.count()).toBe(0);
  expect(await prisma.label.count()).toBe(0);
  expect(
    await prisma.auditEvent.findFirst({ where: { action: "project.delete", projectId: project.id } }),
  ).toMatchObject({ target: "old" });
});

test("people see the projects they are members of, site admins all, and only readers the counts", async () => {
  const first = await aProject({ slug: "first" });
  await aProject({ slug: "second" });
  await anInstance(first);
  const { user } = await aMember(first);
  expect((await listProjects(principalOf(user), { limit: 10 })).items).toMatchObject([
    { slug: "first", role: "annotator", progress: null },
  ]);
  const { items, nextCursor } = await listProjects(principalOf(admin), { limit: 1 });
  expect(items).toMatchObject([{ slug: "second", role: "admin" }]);
  expect((await listProjects(principalOf(admin), { limit: 1, cursor: nextCursor! })).items).toMatchObject([
    { slug: "first", progress: { instances: 1, unlabelled: 1 } },
  ]);
});

test("the overview counts instances by progress and labels by source", async () => {
  const project = await aProject({ overlap: 2, members: [{ user: admin, role: "admin" }] });
  const { user } = await aMember(project);
  await anInstance(project);
  const started = await anInstance(project, { openSlots: 1 });
  await aLabel(started, { userId: user.id });
  const held = await anInstance(project, { openSlots: 0 });
  await lend(held, user, "leased");
  const done = await anInstance(project, { openSlots: 0 });
  await aLabel(done, { source: "lm" });
  await anInstance(project, { route: "lm" });
  await aLabel(await anInstance(project, { isLabelable: false }), { source: "demo", annotator: "demo:guide" });
  expect(await getProjectOverview(await accessFor(admin, project, "quality:read"))).toEqual({
    progress: { instances: 6, labelable: 5, unlabelled: 1, inProgress: 2, waitingForAi: 1, complete: 1 },
    labelled: 2,
    labels: {
      total: 3,
      bySource: [
        { source: "human", labels: 1 },
        { source: "lm", labels: 1 },
        { source: "demo", labels: 1 },
      ],
      today: 1,
    },
  });
  expect((await getProject(await accessFor(user, project, "project:view"))).role).toBe("annotator");
});
