import { beforeEach, expect, test } from "vitest";
import type { Access } from "@/lib/auth/access";
import { prisma } from "@/lib/db/client";
import type { Project } from "@/lib/db/generated/client";
import { defaultComparison, type Question, type TaskSchema } from "@/lib/projects/schema";
import { accessFor, aLabel, aMember, anInstance, aProject } from "@/lib/testing/builders";
import { previewInstance } from "./preview";
import { previewInput, type PreviewInput } from "./schema";

const binary: Question = { id: "ok", type: "binary", name: "Right", definition: "", kind: "correct" };
const schemaOf = (...questions: Question[]): TaskSchema => ({ questions, reason: "off" });

let project: Project;
let access: Access<"project:update">;
beforeEach(async () => {
  project = await aProject();
  const { user } = await aMember(project, { role: "admin" });
  access = await accessFor(user, project, "project:update");
});

const preview = (input: PreviewInput) => previewInstance(access, previewInput.parse(input));

test("instances are shown one after the other under questions that are not stored, and nothing of it is kept", async () => {
  const [first, second] = [await anInstance(project), await anInstance(project, { completions: ["a", "b", "c"] })];
  const shown = await preview({ taskSchema: schemaOf(binary), guidelines: "Be *fair*." });
  expect(shown).toMatchObject({ outsideId: first.outsideId, next: second.id });
  expect(shown.assignment).toMatchObject({ id: first.id, state: "leased", schema: schemaOf(binary), draft: null });
  expect(shown.guidelines).toContain("<em>fair</em>");
  const after = await preview({ taskSchema: schemaOf(binary), instance: second.id });
  expect(after.assignment?.completions).toHaveLength(3);
  expect(after.next).toBeNull();
  expect(await prisma.assignment.count({ where: { projectId: project.id } })).toBe(0);
});

test("an instance that does not fit the questions makes room for the first that does", async () => {
  const single = await anInstance(project, { completions: ["The only one"] });
  const taskSchema = schemaOf(defaultComparison);
  expect(await preview({ taskSchema, instance: single.id })).toMatchObject({ assignment: null, outsideId: null });
  const pair = await anInstance(project);
  expect((await preview({ taskSchema, instance: single.id })).assignment?.id).toBe(pair.id);
  expect((await preview({ taskSchema: schemaOf(binary) })).assignment?.id).toBe(single.id);
});

test("a text that is hidden comes with the answer that reveals it, and the reference only where it is shown", async () => {
  await anInstance(project, { prompt: "Why?", reference: "Because." });
  const taskSchema: TaskSchema = { ...schemaOf(binary), reveal: [{ show: "prompt", after: "ok" }] };
  const before = await preview({ taskSchema });
  expect(before.assignment).toMatchObject({ prompt: null, reference: null, hidden: [{ show: "prompt" }] });
  const sealed = { ok: { values: [true, false] } };
  const after = await preview({ taskSchema: { ...taskSchema, shows: { reference: true } }, sealed });
  expect(after.assignment).toMatchObject({
    ...{ prompt: { text: "Why?" }, reference: { text: "Because." }, hidden: [], sealed },
    draft: { answers: sealed },
  });
});

test("what AI says is suggested, but not of an instance that was drawn for people and AI", async () => {
  const taskSchema: TaskSchema = { ...schemaOf(defaultComparison), suggestions: "shown" };
  const seen = await Promise.all(
    (["human", "dual"] as const).map(async (route) => {
      const instance = await anInstance(project, { route });
      await aLabel(instance, { source: "lm", aspect: "overall" });
      return (await preview({ taskSchema, instance: instance.id })).assignment?.suggestions;
    }),
  );
  expect(seen).toEqual([{ mode: "shown", answers: { comparison: expect.anything() as unknown } }, null]);
});

test("a project without instances has an example", async () => {
  const { assignment, outsideId, next } = await preview({ taskSchema: schemaOf(binary) });
  expect(assignment?.completions).toHaveLength(3);
  expect([outsideId, next]).toEqual([null, null]);
});
