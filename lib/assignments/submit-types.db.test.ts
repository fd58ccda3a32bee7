import { expect, test } from "vitest";
import { prisma } from "@/lib/db/client";
import type { LabelTypeName } from "@/lib/labels/schema";
import { defaultComparison, type Question, type TaskSchema } from "@/lib/projects/schema";
import { updateProject } from "@/lib/projects/update";
import { accessFor, aMember, anInstance, aProject, type InstanceFields } from "@/lib/testing/builders";
import { saveDraft } from "./draft";
import { nextAssignment } from "./lease";
import { getAssignment, listHistory } from "./queries";
import { submitInput, type Answer, type Answers, type SubmitInput } from "./schema";
import { submitAssignment } from "./submit";

const asked = { definition: "" };
const aspects = [{ id: "helpful", name: "Helpful", definition: "" }];
const questions: { [T in LabelTypeName]: Extract<Question, { type: T }> } = {
  comparison: defaultComparison,
  ranking: { ...asked, id: "ranking", type: "ranking", name: "Order" },
  rating: { id: "rating", type: "rating", aspects, scale: { kind: "points", points: 5 } },
  binary: { ...asked, id: "binary", type: "binary", name: "Correct", kind: "correct" },
  spans: {
    ...{ ...asked, id: "spans", type: "spans", name: "Errors", severities: [], onPrompt: false },
    categories: [{ id: "wrong", name: "Wrong", definition: "" }],
  },
  steps: { ...asked, id: "steps", type: "steps", name: "Steps", cut: "line", flags: [] },
  critique: {
    ...{ ...asked, id: "critique", type: "critique", name: "Critique" },
    ...{ isRequired: false, rewrite: "optional" },
  },
};
const types = Object.keys(questions) as LabelTypeName[];

function schemaOf(...names: LabelTypeName[]): TaskSchema {
  return { questions: names.map((name) => questions[name]), reason: "optional" };
}

async function aWorld(schema: TaskSchema, fields: InstanceFields = { completions: ["one\ntwo", "three"] }) {
  const project = await aProject({ schema, overlap: 1 });
  const { user } = await aMember(project);
  const instance = await anInstance(project, fields);
  const admin = await aMember(project, { role: "admin" });
  return {
    ...{ project, instance },
    me: await accessFor(user, project, "label:write"),
    admin: await accessFor(admin.user, project, "project:update"),
  };
}

let counter = 0;
function anInput(answers: Answers, fields: Partial<SubmitInput> = {}): SubmitInput {
  const submissionId = `22222222-2222-4222-8222-${String(++counter).padStart(12, "0")}`;
  return submitInput.parse({ submissionId, schemaVersion: 1, guidelinesVersion: 1, answers, activeMs: 5, ...fields });
}

/** For an instance of "one\ntwo" and "three": an answer of each type, another one, and how many labels that changes. */
function answersFor(order: number[]): Record<LabelTypeName, { first: Answer; second: Answer; changed: number }> {
  const judged = (label: "good" | "bad") => ({
    completions: order.map((index) => {
      const count = index === 0 ? 2 : 1;
      return {
        labels: Array<typeof label>(count).fill(label),
        flags: Array<string[]>(count).fill([]),
        firstError: label === "bad" ? 0 : null,
      };
    }),
  });
  const written = (...texts: string[]) => ({ completions: texts.map((text) => ({ text, rewrite: null })) });
  return {
    comparison: { first: { overall: 1 }, second: { overall: 3 }, changed: 1 },
    ranking: { first: { ranks: [1, 2] }, second: { ranks: [1, 1] }, changed: 1 },
    rating: { first: { helpful: [5, 2] }, second: { helpful: [5, 3] }, changed: 1 },
    binary: { first: { values: [true, false] }, second: { values: [false, true] }, changed: 2 },
    spans: {
      first: { covered: [0, 1], spans: [] },
      second: { covered: [0, 1], spans: [{ on: 0, start: 0, end: 3, category: "wrong", note: "Not so" }] },
      changed: 1,
    },
    steps: { first: judged("good"), second: judged("bad"), changed: 2 },
    critique: { first: written("Short.", "Long."), second: written("Short.", ""), changed: 0 },
  };
}

const labelsOf = (projectId: string) =>
  prisma.label.findMany({ where: { projectId }, orderBy: [{ target: "asc" }, { revision: "asc" }] });

test.each(types)("an answer of type %s is stored, shown again, corrected and listed", async (type) => {
  const { project, me } = await aWorld(schemaOf(type));
  const { id } = (await nextAssignment(me, { held: [] }))!;
  const { shownOrder } = await prisma.assignment.findFirstOrThrow({ where: { id } });
  const { first, second, changed } = answersFor(shownOrder)[type];

  const input = anInput({ [type]: first }, { reason: "So it is" });
  const { saved } = await submitAssignment(me, id, input);
  const labels = await labelsOf(project.id);
  expect(labels).toHaveLength(saved.labels);
  for (const label of labels) {
    expect(label).toMatchObject({
      ...{ question: type, type, annotator: `user:${me.userId}`, shownOrder, rationale: "So it is", isCurrent: true },
      ...{ revision: 1, schemaVersion: 1, submissionId: input.submissionId },
    });
  }
  expect((await getAssignment(me, id)).submitted).toMatchObject({ answers: { [type]: first }, reason: "So it is" });

  const same = anInput({ [type]: first }, { reason: "So it is", revises: input.submissionId });
  expect((await submitAssignment(me, id, same)).saved.labels).toBe(0);
  const revision = anInput({ [type]: second }, { reason: "So it is", revises: same.submissionId });
  expect((await submitAssignment(me, id, revision)).saved.labels).toBe(changed);
  expect((await getAssignment(me, id)).submitted).toMatchObject({
    submissionId: revision.submissionId,
    answers: { [type]: second },
  });
  const [item] = (await listHistory(me, { state: "submitted", limit: 5 })).items;
  expect(item!.answers).toMatchObject([{ question: type, type }]);
});

test("what a correction leaves out is no longer current, and comes back as the next revision", async () => {
  const { project, me } = await aWorld(schemaOf("critique"));
  const { id } = (await nextAssignment(me, { held: [] }))!;
  const written = (text: string) => ({
    critique: {
      completions: [
        { text, rewrite: null },
        { text: "b", rewrite: null },
      ],
    },
  });
  let before: string | undefined;
  for (const text of ["a", "", "a"]) {
    const input = anInput(written(text), before === undefined ? {} : { revises: before });
    await submitAssignment(me, id, input);
    before = input.submissionId;
  }
  const labels = await labelsOf(project.id);
  expect(labels.filter(({ payload }) => (payload as { text: string }).text === "a")).toMatchObject([
    { revision: 1, isCurrent: false },
    { revision: 2, isCurrent: true },
  ]);
  expect(labels).toHaveLength(3);
});

test("a critique keeps the spans that it quotes, and is revised with them", async () => {
  const schema = { ...schemaOf("spans"), questions: [questions.spans, { ...questions.critique, quotes: "spans" }] };
  const { project, me } = await aWorld(schema, { completions: ["one two three"] });
  const { id } = (await nextAssignment(me, { held: [] }))!;
  const quoting = (start: number, quotes: string[]): Answers => ({
    spans: { covered: [0], spans: [{ on: 0, start, end: 7, category: "wrong" }] },
    critique: { completions: [{ text: "Not so.", rewrite: null, quotes }] },
  });
  const draft = quoting(4, ["4-7:wrong"]);
  await saveDraft(me, id, { schemaVersion: 1, answers: draft, reason: "", activeMs: 1 });
  expect((await getAssignment(me, id)).draft!.answers).toEqual(draft);
  await expect(submitAssignment(me, id, anInput(quoting(0, ["4-7:wrong"])))).rejects.toMatchObject({
    code: "invalid",
    message: expect.stringContaining("4-7:wrong is quoted, but not a span that is marked on A") as string,
  });
  const first = anInput(draft);
  await submitAssignment(me, id, first);
  const moved = anInput(quoting(0, ["0-7:wrong"]), { revises: first.submissionId });
  expect((await submitAssignment(me, id, moved)).saved.labels).toBe(2);
  expect((await getAssignment(me, id)).submitted!.answers).toEqual(moved.answers);
  const critiques = (await labelsOf(project.id)).filter(({ type }) => type === "critique");
  expect(critiques).toMatchObject([
    { revision: 1, isCurrent: false, payload: { quotes: ["4-7:wrong"] } },
    { revision: 2, isCurrent: true, payload: { quotes: ["0-7:wrong"] } },
  ]);
  const [item] = (await listHistory(me, { state: "submitted", limit: 5 })).items;
  expect(item!.answers).toMatchObject([{ type: "spans" }, { type: "critique", answer: moved.answers.critique }]);
});

test("ticked reasons are kept in the draft and the label, and listed in the words in which they were asked", async () => {
  const comparison = {
    ...{ ...defaultComparison, degrees: ["far safer", "safer"], tie: "As safe" },
    aspects: [{ id: "overall", name: "Safety", definition: "", reasons: ["no harm", "right"] }],
  };
  const { project, me, admin } = await aWorld({ questions: [comparison], reason: "off" });
  const { id } = (await nextAssignment(me, { held: [] }))!;
  const ticked: Answers = { comparison: { overall: { choice: 1, reasons: ["no harm"] } } };
  await saveDraft(me, id, { schemaVersion: 1, answers: ticked, reason: "", activeMs: 1 });
  expect((await getAssignment(me, id)).draft!.answers).toEqual(ticked);
  const first = anInput(ticked);
  await submitAssignment(me, id, first);
  const second = anInput({ comparison: { overall: 1 } }, { revises: first.submissionId });
  expect((await submitAssignment(me, id, second)).saved.labels).toBe(1);
  const third = anInput(ticked, { revises: second.submissionId });
  await submitAssignment(me, id, third);
  const payloads = (await labelsOf(project.id)).map(({ payload }) => payload as { reasons?: string[] });
  expect(payloads.map(({ reasons }) => reasons)).toEqual([["no harm"], undefined, ["no harm"]]);

  const words = { degrees: ["far safer", "safer"], tie: "As safe" };
  const said = { type: "comparison", aspect: "overall", answer: 1, words, reasons: ["no harm"] };
  expect((await listHistory(me, { state: "submitted", limit: 5 })).items).toMatchObject([{ answers: [said] }]);
  await updateProject(admin, { taskSchema: { questions: [defaultComparison], reason: "off" } });
  expect((await listHistory(me, { state: "submitted", limit: 5 })).items).toMatchObject([{ answers: [said] }]);
  // What is not offered any more is not said again.
  expect((await getAssignment(me, id)).submitted!.answers).toEqual({ comparison: { overall: 1 } });
});

test("a submission to all types at once is one transaction with one reason", async () => {
  const { project, me } = await aWorld(schemaOf(...types));
  const { id, schema, completions } = (await nextAssignment(me, { held: [] }))!;
  expect(schema).toEqual(schemaOf(...types));
  expect(completions.map(({ steps }) => steps!.map(({ text }) => text)).sort()).toEqual([["one\n", "two"], ["three"]]);
  const { shownOrder } = await prisma.assignment.findFirstOrThrow({ where: { id } });
  const answers = Object.fromEntries(types.map((type) => [type, answersFor(shownOrder)[type].first]));
  const refused = submitAssignment(me, id, anInput({ ...answers, rating: { helpful: [9, null] } }));
  await expect(refused).rejects.toMatchObject({ code: "invalid" });
  expect(await labelsOf(project.id)).toEqual([]);
  const { saved } = await submitAssignment(me, id, anInput(answers));
  expect(saved.labels).toBe(1 + 1 + 2 + 2 + 1 + 2 + 2);
  expect((await getAssignment(me, id)).submitted!.answers).toEqual(answers);
});

test("a draft keeps what is answered so far, and not what has the shape of another type", async () => {
  const { me } = await aWorld(schemaOf("rating", "ranking"));
  const { id } = (await nextAssignment(me, { held: [] }))!;
  const answers: Answers = { rating: { helpful: [3, null] }, ranking: { values: [true] } };
  await saveDraft(me, id, { schemaVersion: 1, answers, reason: "", activeMs: 1 });
  expect((await getAssignment(me, id)).draft).toMatchObject({ answers: { rating: { helpful: [3, null] } } });
});

test("all completions are shown in a stored order, which an added question does not turn around", async () => {
  const { me, admin, project } = await aWorld(schemaOf("comparison"), { completions: ["a", "b", "c"] });
  const { id, completions } = (await nextAssignment(me, { held: [] }))!;
  expect(completions).toHaveLength(2);
  await updateProject(admin, { taskSchema: schemaOf("comparison", "ranking") });
  const view = await getAssignment(me, id);
  expect(view.completions.map(({ label }) => label)).toEqual(["A", "B", "C"]);
  expect(view.completions.slice(0, 2).map(({ text }) => text)).toEqual(completions.map(({ text }) => text));
  const answers = { comparison: { overall: 1 }, ranking: { ranks: [1, 2, 3] } };
  await submitAssignment(me, id, anInput(answers, { schemaVersion: 2 }));
  const { shownOrder } = await prisma.assignment.findFirstOrThrow({ where: { id } });
  expect(shownOrder.map((index) => "abc"[index])).toEqual(view.completions.map(({ text }) => text));
  const [comparison, ranking] = await prisma.label.findMany({
    where: { projectId: project.id },
    orderBy: { type: "asc" },
  });
  expect(comparison!.target).toBe([...shownOrder.slice(0, 2)].sort().join("-"));
  expect((ranking!.payload as { ranks: number[] }).ranks).toEqual(
    [0, 1, 2].map((index) => shownOrder.indexOf(index) + 1),
  );
});

test("questions decide which instances people are asked about, and labels of which types fill the places", async () => {
  const { project, admin } = await aWorld(schemaOf("comparison"));
  const single = await anInstance(project, { completions: ["only"], isLabelable: false });
  const many = await anInstance(project, { completions: Array.from({ length: 11 }, (_, i) => `text ${i}`) });
  const textless = await anInstance(project, { completions: [{ text: null }], isLabelable: false });
  const rated = await anInstance(project, { completions: ["a", "b"] });
  await prisma.label.create({
    data: {
      ...{ projectId: project.id, instanceId: rated.id, submissionId: rated.id, question: "rating", type: "rating" },
      ...{
        target: "0",
        source: "human",
        annotator: "import:ann",
        payload: { completion: 0, aspect: "overall", value: 1 },
      },
    },
  });
  const slots = async () => {
    const rows = await prisma.instance.findMany({ where: { projectId: project.id } });
    return [single, many, textless, rated].map(({ id }) => {
      const { isLabelable, openSlots } = rows.find((row) => row.id === id)!;
      return isLabelable ? openSlots : null;
    });
  };
  expect(await slots()).toEqual([null, 1, null, 1]);
  await updateProject(admin, { taskSchema: schemaOf("rating") });
  expect(await slots()).toEqual([1, 1, null, 0]);
  await updateProject(admin, { taskSchema: schemaOf("ranking") });
  expect(await slots()).toEqual([null, null, null, 1]);
  await updateProject(admin, { taskSchema: schemaOf("comparison", "rating") });
  expect(await slots()).toEqual([null, 1, null, 0]);
});

test("a lease of an instance that nobody can be asked about any more is taken back, its draft kept", async () => {
  const { project, instance: single, me, admin } = await aWorld(schemaOf("binary"), { completions: ["one"] });
  const pair = await anInstance(project);
  const lone = (await nextAssignment(me, { held: [] }))!;
  const other = (await nextAssignment(me, { held: [lone.id] }))!;
  const draft = { schemaVersion: 1, answers: { binary: { values: [true] } }, reason: "", activeMs: 1 };
  await saveDraft(me, lone.id, draft);
  await updateProject(admin, { taskSchema: schemaOf("binary", "comparison") });

  const assignments = await prisma.assignment.findMany({ where: { projectId: project.id } });
  expect(assignments.find(({ instanceId }) => instanceId === single.id)).toMatchObject({ state: "released", draft });
  expect(assignments.find(({ instanceId }) => instanceId === pair.id)).toMatchObject({ state: "leased" });
  expect(await prisma.instance.findMany({ where: { projectId: project.id, openSlots: { gt: 0 } } })).toEqual([]);
  expect((await nextAssignment(me, { held: [] }))!.id).toBe(other.id);
  const input = anInput({ binary: { values: [true] }, comparison: { overall: 1 } }, { schemaVersion: 2 });
  await expect(submitAssignment(me, lone.id, input)).rejects.toMatchObject({
    code: "invalid",
    message: expect.stringContaining("compares two completions, but 1 is shown") as string,
  });
});
