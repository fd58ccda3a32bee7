import { expect, test } from "vitest";
import { prisma } from "@/lib/db/client";
import { accessFor, aLabel, aLabelOf, aMember, anInstance, aProject } from "@/lib/testing/builders";
import { defaultComparison, type Question, type TaskSchema } from "./schema";
import { updateProject } from "./update";

const asked = { name: "Question", definition: "" };
const rating = (points: number): Question => ({
  ...{ id: "quality", type: "rating", scale: { kind: "points", points } },
  aspects: [{ ...asked, id: "overall" }],
});
const binary = (kind: string): Question => ({ ...asked, id: "ok", type: "binary", kind });
const schemaOf = (...questions: Question[]): TaskSchema => ({ questions, reason: "optional" });

async function aWorld(...questions: Question[]) {
  const project = await aProject({ schema: schemaOf(...questions) });
  const { user } = await aMember(project, { role: "admin" });
  const access = await accessFor(user, project, "project:update");
  const ask = (...next: Question[]) => updateProject(access, { taskSchema: schemaOf(...next) });
  return { project, instance: await anInstance(project), ask };
}

const rate = (instance: { projectId: string; id: string }, fields: object = {}) =>
  aLabelOf(
    instance,
    "rating",
    { completion: 0, aspect: "overall", value: 4 },
    { question: "quality", schemaVersion: 1, ...fields },
  );

test("a question with labels keeps its scale, and the refusal names it and says what to do", async () => {
  const { project, instance, ask } = await aWorld(rating(5));
  await rate(instance);
  await expect(ask(rating(7))).rejects.toMatchObject({
    code: "conflict",
    message:
      "The question quality has labels of another type or scale, which would count as answers to the new question. Give the new question an id of its own.",
  });
  expect(await prisma.taskSchema.count({ where: { projectId: project.id } })).toBe(1);
  expect(await ask(rating(5), { ...rating(7), id: "quality-7" })).toMatchObject({ schemaVersion: 2 });
});

test("a question without labels may come to mean anything", async () => {
  const { ask } = await aWorld(rating(5));
  expect(await ask(rating(7))).toMatchObject({ schemaVersion: 2 });
});

test("a question that was asked before comes back with its old meaning only", async () => {
  const { instance, ask } = await aWorld(rating(5));
  await rate(instance);
  await ask(defaultComparison);
  await expect(ask(defaultComparison, rating(7))).rejects.toMatchObject({ code: "conflict" });
  expect(await ask(defaultComparison, rating(5))).toMatchObject({ schemaVersion: 3 });
});

test("imported labels say of their type and kind alone what they mean", async () => {
  const { instance, ask } = await aWorld(defaultComparison);
  await rate(instance, { schemaVersion: null });
  await aLabelOf(instance, "binary", { completion: 0, value: true, kind: "thumb" }, { question: "ok" });
  await expect(ask(binary("correct"))).rejects.toMatchObject({ code: "conflict" });
  await expect(ask({ ...asked, id: "quality", type: "ranking" })).rejects.toMatchObject({ code: "conflict" });
  expect(await ask(binary("thumb"), rating(9))).toMatchObject({ schemaVersion: 2 });
});

test("a comparison with labels may change its scale", async () => {
  const { instance, ask } = await aWorld(defaultComparison);
  await aLabel(instance);
  expect(await ask({ ...defaultComparison, scale: 7 })).toMatchObject({ schemaVersion: 2 });
});

test("a submission under way when the questions change is waited for", async () => {
  const { project, instance, ask } = await aWorld(rating(5));
  let refused: Promise<void> | undefined;
  await prisma.$transaction(async (db) => {
    await db.$queryRaw`select from instances where project_id = ${project.id}::uuid for update`;
    refused = expect(ask(rating(7))).rejects.toMatchObject({ code: "conflict" });
    await waitUntilSomeoneWaits();
    await aLabelOf(
      instance,
      "rating",
      { completion: 0, aspect: "overall", value: 4 },
      { question: "quality", schemaVersion: 1 },
      db,
    );
  });
  await refused;
});

async function waitUntilSomeoneWaits(): Promise<void> {
  for (;;) {
    const [{ waits }] = await prisma.$queryRaw<[{ waits: number }]>`
      select count(*)::int as waits from pg_locks where not granted`;
    if (waits > 0) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
