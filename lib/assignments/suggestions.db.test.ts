import { expect, test } from "vitest";
import { prisma } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import { defaultComparison, type Question, type TaskSchema } from "@/lib/projects/schema";
import { updateProject } from "@/lib/projects/update";
import {
  accessFor,
  aLabel,
  aLabelOf,
  aMember,
  anInstance,
  aProject,
  type InstanceFields,
} from "@/lib/testing/builders";
import { nextAssignment } from "./lease";
import { getAssignment } from "./queries";
import { submitInput, type Answers } from "./schema";
import { submitAssignment } from "./submit";

const spans: Question = {
  ...{ id: "spans", type: "spans", name: "Errors", definition: "", severities: [], onPrompt: false },
  categories: [{ id: "wrong", name: "Wrong", definition: "" }],
};
const shownSchema: TaskSchema = { questions: [defaultComparison], reason: "off", suggestions: "shown" };
const judge = { source: "lm", annotator: "import:judge", schemaVersion: null, guidelinesVersion: null } as const;

async function aWorld(schema: TaskSchema, fields: InstanceFields = {}) {
  const project = await aProject({ schema });
  const { user } = await aMember(project);
  const admin = await aMember(project, { role: "admin" });
  return {
    ...{ project, instance: await anInstance(project, fields) },
    me: await accessFor(user, project, "label:write"),
    admin: await accessFor(admin.user, project, "project:update"),
  };
}

let counter = 0;
function anInput(answers: Answers, schemaVersion = 1) {
  const submissionId = `44444444-4444-4444-8444-${String(++counter).padStart(12, "0")}`;
  return submitInput.parse({ submissionId, schemaVersion, guidelinesVersion: 1, answers, activeMs: 5 });
}

/** What was recorded with each of my labels, by question. */
async function recorded(projectId: string): Promise<Record<string, unknown>> {
  const labels = await prisma.label.findMany({ where: { projectId, userId: { not: null }, isCurrent: true } });
  return Object.fromEntries(labels.map(({ question, suggestion }) => [question, suggestion]));
}

test("the newest answer of an AI is shown in shown positions; people's, demo and other labels are not", async () => {
  const { project, instance, me } = await aWorld(shownSchema);
  await aLabel(instance, { ...judge, source: "tool", annotator: "import:old", payload: { preferred: 0, strength: 2 } });
  const newest = await aLabel(instance, { ...judge, payload: { preferred: 1, strength: 2 } });
  await aLabel(instance, { ...judge, annotator: "import:other scale", payload: { preferred: 0, scale: 3 } });
  for (const source of ["human", "demo", "reaction"] as const) await aLabel(instance, { source });
  const { id, suggestions } = (await nextAssignment(me, { held: [] }))!;
  const { shownOrder } = await prisma.assignment.findFirstOrThrow({ where: { id } });
  const choice = shownOrder[0] === 1 ? 1 : 5;
  expect(suggestions).toEqual({ mode: "shown", answers: { comparison: { overall: choice } } });

  await submitAssignment(me, id, anInput({ comparison: { overall: choice } }));
  const what = { label: newest.id, source: "lm", mode: "shown" };
  expect(await recorded(project.id)).toEqual({ comparison: { ...what, taken: true } });
  // A correction saw it as well.
  const { submitted } = await getAssignment(me, id);
  await submitAssignment(me, id, {
    ...anInput({ comparison: { overall: 3 } }),
    revises: submitted!.submissionId,
  });
  expect(await recorded(project.id)).toEqual({ comparison: { ...what, taken: false } });
});

test("reasons are not suggested, and a suggestion is taken whatever reasons are ticked for it", async () => {
  const aspects = [{ ...defaultComparison.aspects[0]!, reasons: ["right", "clear"] }];
  const schema: TaskSchema = { questions: [{ ...defaultComparison, aspects }], reason: "off", suggestions: "shown" };
  const { project, instance, me } = await aWorld(schema);
  await aLabel(instance, { ...judge, payload: { preferred: 1, strength: 2, reasons: ["right"] } });
  const { id, suggestions } = (await nextAssignment(me, { held: [] }))!;
  const { overall } = suggestions!.answers.comparison as { overall: number };
  expect([1, 5]).toContain(overall);
  await submitAssignment(me, id, anInput({ comparison: { overall: { choice: overall, reasons: ["clear"] } } }));
  expect(await recorded(project.id)).toMatchObject({ comparison: { taken: true } });
});

test("a ranking whose ranks have gaps is taken by who gives the same order", async () => {
  const question: Question = { id: "order", type: "ranking", name: "Order", definition: "" };
  const project = await aProject({ schema: { questions: [question], reason: "off", suggestions: "prefilled" } });
  const instance = await anInstance(project, { completions: ["a", "b", "c"] });
  await aLabelOf(instance, "ranking", { ranks: [1, 1, 3] }, { ...judge, question: "order" });
  const me = await accessFor((await aMember(project)).user, project, "label:write");
  const { id, suggestions } = (await nextAssignment(me, { held: [] }))!;
  await submitAssignment(me, id, anInput(suggestions!.answers));
  expect(await recorded(project.id)).toMatchObject({ order: { taken: true } });
});

test("what counts is what was shown first: AI that answers later is neither shown nor recorded", async () => {
  const { project, instance, me } = await aWorld(shownSchema);
  const { id, suggestions } = (await nextAssignment(me, { held: [] }))!;
  expect(suggestions).toEqual({ mode: "shown", answers: {} });
  await aLabel(instance, { ...judge });
  expect((await getAssignment(me, id)).suggestions).toEqual({ mode: "shown", answers: {} });
  await submitAssignment(me, id, anInput({ comparison: { overall: 2 } }));
  expect(await recorded(project.id)).toEqual({ comparison: null });

  const other = await anInstance(project);
  const [first, second] = [await aLabel(other, { ...judge }), { ...judge, annotator: "import:later" }];
  const next = (await nextAssignment(me, { held: [] }))!;
  await aLabel(other, second);
  await prisma.label.update({
    where: { projectId_id: { projectId: project.id, id: first.id } },
    data: { isCurrent: false },
  });
  const again = await getAssignment(me, next.id);
  expect(again.suggestions).toEqual(next.suggestions);
  await submitAssignment(me, next.id, anInput(again.suggestions!.answers));
  const label = await prisma.label.findFirstOrThrow({ where: { instanceId: other.id, source: "human" } });
  expect(label.suggestion).toEqual({ label: first.id, source: "lm", mode: "shown", taken: true });
});

test("suggested marks are grown to whole units, and taken by who marks these", async () => {
  const [wrong] = spans.type === "spans" ? spans.categories : [];
  const units: Question = { ...spans, categories: [{ ...wrong!, unit: "sentence" }] } as Question;
  const text = "It is high. It has a light.";
  const schema: TaskSchema = { questions: [units], reason: "off", suggestions: "shown" };
  const { project, instance, me } = await aWorld(schema, { completions: [text] });
  const mark = (start: number, end: number) => ({ start, end, category: "wrong" });
  const payload = { covered: [0], spans: [mark(14, 16), mark(18, 20)].map((one) => ({ completion: 0, ...one })) };
  await aLabelOf(instance, "spans", payload, { ...judge, question: "spans" });
  const { id, suggestions } = (await nextAssignment(me, { held: [] }))!;
  const whole = { on: 0, ...mark(12, 27) };
  expect(suggestions!.answers).toEqual({ spans: { covered: [], spans: [whole] } });
  await expect(
    submitAssignment(me, id, anInput({ spans: { covered: [0], spans: [{ ...whole, end: 20 }] } })),
  ).rejects.toThrow(/span 1, from 12 to 20, is no whole sentence, as spans of Wrong are; mark it from 12 to 27/);
  await submitAssignment(me, id, anInput({ spans: { covered: [0], spans: [whole] } }));
  expect(await recorded(project.id)).toMatchObject({ spans: { taken: true } });
});

test("marks of a label for each completion come as one answer, without their notes, and nothing is looked through", async () => {
  const schema: TaskSchema = { questions: [spans], reason: "off", suggestions: "prefilled" };
  const { project, instance, me } = await aWorld(schema);
  const mark = (completion: number) => ({ completion, start: 0, end: 5, category: "wrong" });
  const labels = [];
  for (const completion of [0, 1]) {
    const payload = { covered: [completion], spans: [{ ...mark(completion), note: "GPT-4 says so" }] };
    labels.push(await aLabelOf(instance, "spans", payload, { ...judge, source: "tool" }));
  }
  const { id, suggestions } = (await nextAssignment(me, { held: [] }))!;
  const marked = [0, 1].map((on) => ({ on, start: 0, end: 5, category: "wrong" }));
  const { spans: suggested } = suggestions!.answers as { spans: { covered: number[]; spans: object[] } };
  expect(suggested.covered).toEqual([]);
  expect(suggested.spans).toHaveLength(2);
  expect(suggested.spans).toEqual(expect.arrayContaining(marked));
  await submitAssignment(me, id, anInput({ spans: { covered: [0, 1], spans: marked } }));
  expect(await recorded(project.id)).toEqual({
    spans: { label: expect.any(String) as string, source: "tool", mode: "prefilled", taken: true },
  });
});

test("marks on the messages of a conversation are suggested where they are", async () => {
  const schema: TaskSchema = {
    questions: [{ ...spans, onPrompt: true }],
    ...{ reason: "off", suggestions: "prefilled" },
  };
  const messages = ["Why?", "So."].map((content) => ({ role: "user", content }));
  const { project, instance, me } = await aWorld(schema, { messages });
  const mark = { start: 0, end: 3, category: "wrong" };
  await aLabelOf(
    instance,
    "spans",
    { covered: [0], spans: [{ completion: "prompt", message: 1, ...mark }] },
    { ...judge },
  );
  const { id, suggestions } = (await nextAssignment(me, { held: [] }))!;
  const marked = [{ on: "message-1" as const, ...mark }];
  expect(suggestions!.answers).toEqual({ spans: { covered: [], spans: marked } });
  await submitAssignment(me, id, anInput({ spans: { covered: [0, 1], spans: marked } }));
  expect(await recorded(project.id)).toMatchObject({ spans: { source: "lm", mode: "prefilled", taken: true } });
  const label = await prisma.label.findFirstOrThrow({ where: { instanceId: instance.id, source: "human" } });
  expect(label.payload).toEqual({ covered: [0, 1], spans: [{ completion: "prompt", message: 1, ...mark }] });
});

test("without the setting nothing is sent, and what was seen before it was switched off stays on record", async () => {
  const { project, instance, me, admin } = await aWorld(shownSchema);
  await aLabel(instance, { ...judge });
  const { id } = (await nextAssignment(me, { held: [] }))!;
  await updateProject(admin, { taskSchema: { questions: [defaultComparison], reason: "off" } });
  expect((await getAssignment(me, id)).suggestions).toBeNull();
  await submitAssignment(me, id, anInput({ comparison: { overall: 3 } }, 2));
  expect(await recorded(project.id)).toMatchObject({ comparison: { mode: "shown", taken: false } });

  await anInstance(project);
  const next = (await nextAssignment(me, { held: [] }))!;
  expect(next.suggestions).toBeNull();
  await submitAssignment(me, next.id, anInput({ comparison: { overall: 3 } }, 2));
  expect(
    await prisma.label.count({
      where: { projectId: project.id, userId: { not: null }, suggestion: { not: Prisma.DbNull } },
    }),
  ).toBe(1);
});
