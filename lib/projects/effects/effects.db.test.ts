import { expect, test } from "vitest";
import { prisma } from "@/lib/db/client";
import { accessFor, aLabel, aLabelOf, aMember, anInstance, aProject } from "@/lib/testing/builders";
import type { Question, TaskSchema } from "../schema";
import { updateProject } from "../update";
import { schemaEffects } from "./effects";

const asked = { name: "Errors", definition: "" };
const aspects = ["helpful", "style"].map((id) => ({ id, name: id, definition: "" }));
const rating = (points: number, about = aspects): Question => ({
  ...{ id: "quality", type: "rating", scale: { kind: "points", points } },
  aspects: about,
});
const categories = ["wrong", "rude"].map((id) => ({ id, name: id, definition: "" }));
const spans = (offered = categories): Question => ({
  ...{ ...asked, id: "errors", type: "spans", severities: [], onPrompt: false },
  categories: offered,
});
const ranking: Question = { ...asked, id: "order", type: "ranking" };
const schemaOf = (...questions: Question[]): TaskSchema => ({ questions, reason: "optional" });

/** Two ratings by a person and one by a judge, spans of both categories, and an instance that somebody holds with a draft. */
async function aWorld() {
  const project = await aProject({ schema: schemaOf(rating(5), spans()) });
  const { user } = await aMember(project, { role: "admin" });
  const access = await accessFor(user, project, "project:update");
  const instance = await anInstance(project);
  const single = await anInstance(project, { completions: ["The only one"] });
  const rate = (aspect: string, fields: object = {}) =>
    aLabelOf(instance, "rating", { completion: 0, aspect, value: 4 }, { question: "quality", aspect, ...fields });
  await rate("helpful", { schemaVersion: 1 });
  await rate("style", { schemaVersion: 1 });
  await rate("style", { source: "lm", annotator: "judge:x", schemaVersion: 1 });
  for (const category of ["wrong", "rude"])
    await aLabelOf(
      instance,
      "spans",
      { covered: [0], spans: [{ completion: 0, start: 0, end: 2, category }] },
      { question: "errors", annotator: `import:${category}`, schemaVersion: 1 },
    );
  await prisma.assignment.create({
    data: {
      ...{ projectId: project.id, instanceId: single.id, annotatorId: user.id, seed: 1, shownOrder: [0] },
      leaseUntil: new Date(Date.now() + 60_000),
      draft: { schemaVersion: 1, answers: { quality: { helpful: [3] } }, reason: "", activeMs: 0 },
    },
  });
  const effectsOf = (...questions: Question[]) => schemaEffects(access, { taskSchema: schemaOf(...questions) });
  return { project, access, effectsOf };
}

test("a schema that is the same does nothing", async () => {
  const { effectsOf } = await aWorld();
  const effects = await effectsOf(rating(5), spans());
  expect(effects).toMatchObject({ isChange: false, startsJudges: false, labelable: { before: 2, after: 2 } });
  expect(effects.questions.map(({ change, lost }) => [change, lost])).toEqual([
    ["same", []],
    ["same", []],
  ]);
});

test("labels of what is not asked any more are counted by question, aspect and category", async () => {
  const { effectsOf } = await aWorld();
  const { questions, startsJudges } = await effectsOf(rating(5, aspects.slice(0, 1)), spans(categories.slice(0, 1)));
  expect(questions[0]).toMatchObject({
    ...{ id: "quality", change: "changed", people: 2, ai: 1, refused: null },
    lost: [{ part: "style", people: 1, ai: 1 }],
  });
  expect(questions[1]!.lost).toEqual([{ part: "rude", people: 1, ai: 0 }]);
  expect(startsJudges).toBe(true);
  const removed = await effectsOf(spans());
  expect(removed.questions.at(-1)).toMatchObject({
    ...{ id: "quality", change: "removed" },
    lost: [{ part: null, people: 2, ai: 1 }],
  });
});

test("labels that have a reason ticked which is taken away are counted by aspect and reason, but not those of an aspect that goes with it", async () => {
  const compared = (reasons: Record<string, string[]>): Question => ({
    ...{ id: "better", type: "comparison", scale: 5, bothBad: false },
    aspects: Object.entries(reasons).map(([id, offered]) => ({
      ...{ id, name: id.toUpperCase(), definition: "" },
      ...(offered.length > 0 && { reasons: offered }),
    })),
  });
  const project = await aProject({ schema: schemaOf(compared({ a: ["clear", "true"], b: ["clear"], c: ["clear"] })) });
  const access = await accessFor((await aMember(project, { role: "admin" })).user, project, "project:update");
  const instance = await anInstance(project);
  const label = (aspect: string, reasons: string[], source: "human" | "lm" | "demo" = "human") =>
    aLabel(instance, { question: "better", aspect, source, payload: reasons.length > 0 ? { reasons } : {} });
  for (const reasons of [["clear", "true"], ["true"], ["true"], []]) await label("a", reasons);
  await label("a", ["clear"], "lm");
  await label("a", ["clear"], "demo");
  await label("b", ["clear"]);
  await label("c", ["clear"]);
  const reasonsOf = async (reasons: Record<string, string[]>) =>
    (await schemaEffects(access, { taskSchema: schemaOf(compared(reasons)) })).questions[0]!.reasons;
  expect(await reasonsOf({ a: ["true", "clear", "new"], b: ["clear"], c: ["clear"] })).toBeNull();
  // What no member submitted, as what was imported, is asked of nobody again.
  expect(await reasonsOf({ a: ["right"], b: ["clear"] })).toEqual({
    lost: [
      { aspect: "A", reason: "clear", people: 1, ai: 1 },
      { aspect: "A", reason: "true", people: 3, ai: 0 },
    ],
    submissions: 0,
  });
  expect(await reasonsOf({ a: ["clear", "true"], b: [], c: ["clear"] })).toMatchObject({
    lost: [{ aspect: "B", reason: "clear", people: 1, ai: 0 }],
  });
});

test("what would be refused is told in the words of the refusal", async () => {
  const { access, effectsOf } = await aWorld();
  const { questions } = await effectsOf(rating(7), spans());
  expect(questions[0]!.refused).toContain("Give the new question an id of its own.");
  await expect(updateProject(access, { taskSchema: schemaOf(rating(7), spans()) })).rejects.toThrow(
    questions[0]!.refused!,
  );
});

test("what people hold, what of it would be taken back and what they could still be asked about is counted as it then comes", async () => {
  const { project, access, effectsOf } = await aWorld();
  const { held, labelable } = await effectsOf(rating(5), spans(), ranking);
  expect(held).toEqual({ instances: 1, drafts: 1, takenBack: 1 });
  expect(labelable).toEqual({ before: 2, after: 1 });
  await updateProject(access, { taskSchema: schemaOf(rating(5), spans(), ranking) });
  expect(await prisma.instance.count({ where: { projectId: project.id, isLabelable: true } })).toBe(1);
  expect(await prisma.assignment.count({ where: { projectId: project.id, state: "released" } })).toBe(1);
});
