import { expect, test } from "vitest";
import type { Access } from "@/lib/auth/access";
import { prisma } from "@/lib/db/client";
import { schemaEffects } from "@/lib/projects/effects/effects";
import { defaultComparison, defaultTaskSchema, type TaskSchema } from "@/lib/projects/schema";
import { updateProject } from "@/lib/projects/update";
import { accessFor, aMember, anInstance, aProject } from "@/lib/testing/builders";
import { nextAssignment } from "../lease";
import { getProgressDays } from "../progress-days";
import { getAssignment, getProgress } from "../queries";
import { revealTexts } from "../reveal";
import { submitInput, type AssignmentView } from "../schema";
import { submitAssignment } from "../submit";
import { readAffected } from "./affected";
import { listRelabelSets, openRelabelSet, stopRelabelSet } from "./relabel-sets";

const thumb = { id: "thumb", type: "binary", kind: "thumb", name: "Thumb", definition: "Is it good?" } as const;
const first: TaskSchema = { ...defaultTaskSchema, questions: [defaultComparison, thumb] };
const reworded: TaskSchema = {
  ...first,
  questions: [defaultComparison, { ...thumb, definition: "Is it good enough to be sent?" }],
};

async function aWorld(instances: number, schema = first) {
  const project = await aProject({ schema, overlap: 2 });
  for (let n = 0; n < instances; n++) await anInstance(project);
  const people = await Promise.all([aMember(project), aMember(project)]);
  const [me, other] = await Promise.all(people.map(({ user }) => accessFor(user, project, "label:write")));
  const { user } = await aMember(project, { role: "admin" });
  return { project, me: me!, other: other!, admin: await accessFor(user, project, "project:update") };
}

let counter = 0;

async function answer(access: Access<"label:write">, view: AssignmentView, fields: object = {}) {
  return await submitAssignment(
    access,
    view.id,
    submitInput.parse({
      submissionId: `22222222-2222-4222-8222-${String(++counter).padStart(12, "0")}`,
      ...{ schemaVersion: view.schemaVersion, guidelinesVersion: view.guidelinesVersion, held: [], activeMs: 5 },
      answers: { comparison: { overall: 1 }, thumb: { values: [true, false] } },
      ...(view.submitted && { revises: view.submitted.submissionId }),
      ...fields,
    }),
  );
}

const next = async (access: Access<"label:write">, held: string[] = []) => await nextAssignment(access, { held });

async function answerAll(access: Access<"label:write">): Promise<void> {
  for (let view = await next(access); view !== null;) view = (await answer(access, view)).next;
}

test("a changed question asks each person again for their own submissions, and for nothing else", async () => {
  const { project, me, other, admin } = await aWorld(2);
  await answerAll(me);
  const lent = (await answer(other, (await next(other))!)).next!;
  expect((await readAffected(admin)).questions).toMatchObject([{ submissions: 0 }, { submissions: 0 }]);
  await expect(openRelabelSet(admin, { questions: ["thumb"] })).rejects.toMatchObject({ code: "conflict" });
  await updateProject(admin, { taskSchema: reworded });

  expect(await readAffected(admin)).toEqual({
    questions: [
      expect.objectContaining({ id: "comparison", since: 1, submissions: 0 }),
      { id: "thumb", name: "Thumb", since: 2, submissions: 3, people: 2 },
    ],
    guidelines: { since: 1, submissions: 0, people: 0 },
  });
  await expect(openRelabelSet(admin, { questions: ["thump"] })).rejects.toThrow(/asks no question thump/);
  const set = await openRelabelSet(admin, { questions: ["thumb"] });
  expect(set).toMatchObject({ questions: ["thumb"], schemaVersion: 2, submissions: 3, left: 3, stoppedAt: null });
  // They are asked for already.
  expect((await readAffected(admin)).questions[1]).toMatchObject({ submissions: 0 });
  expect((await prisma.relabelSet.findMany({ where: { projectId: project.id } })).length).toBe(1);

  // What is asked again comes after what is on loan, and is theirs alone: no slot opens for it.
  expect((await getProgress(other)).remaining).toBe(2);
  const again = (await next(other, [lent.id]))!;
  expect(again).toMatchObject({ state: "submitted", askedAgain: { questions: ["thumb"], guidelines: false } });
  expect(again.submitted!.answers).toEqual({ comparison: { overall: 1 }, thumb: { values: [true, false] } });
  const { saved, next: after } = await answer(other, again, {
    answers: { comparison: { overall: 1 }, thumb: { values: [true, true] } },
  });
  expect(saved.labels).toBe(3);
  expect(after).toMatchObject({ id: lent.id, state: "leased", askedAgain: null });

  // All that was confirmed is of the new version, revised or not; the older labels stay, no longer current.
  const labels = await prisma.label.findMany({
    where: { projectId: project.id, userId: other.userId, isCurrent: true },
  });
  expect(labels.map(({ schemaVersion, revision }) => [schemaVersion, revision])).toEqual([
    [2, 2],
    [2, 2],
    [2, 2],
  ]);
  expect(await prisma.label.count({ where: { projectId: project.id, isCurrent: false } })).toBe(3);
  const [listed] = (await listRelabelSets(admin)).items;
  expect(listed).toMatchObject({ id: set.id, submissions: 3, left: 2 });
});

test("changed guidelines ask again for all that was submitted under older ones, until the set is stopped", async () => {
  const { me, other, admin } = await aWorld(3);
  await answerAll(me);
  await updateProject(admin, { guidelines: "Prefer the shorter completion." });
  await answer(other, (await next(other))!);
  expect((await readAffected(admin)).guidelines).toEqual({ since: 2, submissions: 3, people: 1 });
  const set = await openRelabelSet(admin, { guidelines: true });
  expect(set).toMatchObject({ questions: [], guidelinesVersion: 2, submissions: 3, left: 3 });
  expect((await next(other))!.askedAgain).toBeNull();

  const again = (await next(me))!;
  expect(again.askedAgain).toEqual({ questions: [], guidelines: true });
  // A second page of the same person gets the next one.
  const second = (await next(me, [again.id]))!;
  expect(second.id).not.toBe(again.id);
  // A page that still shows the old guidelines cannot confirm anything.
  await expect(answer(me, again, { guidelinesVersion: 1 })).rejects.toMatchObject({ code: "conflict" });
  await answer(me, again);
  // What can no longer be answered is neither handed out nor waited for.
  const [third] = await prisma.assignment.findMany({
    where: { askedAgain: { some: { answeredAt: null } }, annotatorId: me.userId, id: { not: second.id } },
  });
  await prisma.instance.updateMany({ where: { id: third!.instanceId }, data: { isLabelable: false } });
  expect(await next(me, [second.id])).toBeNull();
  expect((await listRelabelSets(admin)).items).toMatchObject([{ submissions: 3, left: 1 }]);
  await stopRelabelSet(admin, set.id);
  await stopRelabelSet(admin, set.id);
  expect(await next(me)).toBeNull();
  expect((await listRelabelSets(admin)).items).toMatchObject([{ left: 0, stoppedAt: expect.any(String) }]);
  await expect(stopRelabelSet(admin, unknownId)).rejects.toMatchObject({ code: "not_found" });
});

test("a submission that two sets ask for is told all that changed, and one answer counts for both", async () => {
  const { me, admin } = await aWorld(3);
  await answerAll(me);
  await updateProject(admin, { taskSchema: reworded });
  const first = await openRelabelSet(admin, { questions: ["thumb"] });
  await updateProject(admin, { guidelines: "Prefer the shorter completion." });
  // What one set asks for is not asked twice; what has changed besides is.
  await expect(openRelabelSet(admin, { questions: ["thumb"] })).rejects.toMatchObject({ code: "conflict" });
  expect((await readAffected(admin)).guidelines).toMatchObject({ submissions: 3 });
  const second = await openRelabelSet(admin, { guidelines: true });
  expect(second).toMatchObject({ submissions: 3, left: 3 });
  expect((await readAffected(admin)).guidelines).toMatchObject({ submissions: 0 });

  const again = (await next(me))!;
  expect(again.askedAgain).toEqual({ questions: ["thumb"], guidelines: true });
  expect(await getProgress(me)).toMatchObject({ remaining: 3, submittedToday: 3 });
  const { next: after } = await answer(me, again);
  expect((await listRelabelSets(admin)).items.map(({ left }) => left)).toEqual([2, 2]);
  // It is work done today like any other.
  expect(await getProgress(me)).toMatchObject({ remaining: 2, submittedToday: 4 });
  const { today, days } = await getProgressDays(me);
  expect([today.submitted, days.at(-1)!.submitted]).toEqual([4, 4]);

  // Stopping one leaves the other, and what it is told still names everything.
  await stopRelabelSet(admin, first.id);
  expect((await listRelabelSets(admin)).items.map(({ left }) => left)).toEqual([2, 0]);
  expect(after!.askedAgain).toEqual({ questions: ["thumb"], guidelines: true });
  expect((await getAssignment(me, after!.id)).askedAgain).toEqual(after!.askedAgain);
  expect((await readAffected(admin)).questions[1]).toMatchObject({ id: "thumb", submissions: 2 });
  await answerAll(me);
  expect((await listRelabelSets(admin)).items.map(({ left }) => left)).toEqual([0, 0]);
  expect(await readAffected(admin)).toMatchObject({
    questions: [{ submissions: 0 }, { submissions: 0 }],
    guidelines: { submissions: 0 },
  });
});

test("reasons taken away, renamed or added ask again only for answers that have them ticked, or could have had", async () => {
  const offers = (...reasons: string[]): TaskSchema => ({
    ...first,
    questions: [{ ...defaultComparison, aspects: [{ ...defaultComparison.aspects[0]!, reasons }] }],
  });
  const { me, admin } = await aWorld(4, offers("clear", "true", "brief"));
  const clear = { overall: { choice: 1, reasons: ["clear"] } };
  const given = [clear, { overall: { choice: 2, reasons: ["true"] } }, { overall: 5 }, { overall: 3 }];
  for (const comparison of given) await answer(me, (await next(me))!, { answers: { comparison } });
  const saved = async (taskSchema: TaskSchema) => {
    const told = (await schemaEffects(admin, { taskSchema })).questions[0]!.reasons?.submissions;
    await updateProject(admin, { taskSchema });
    const { since, submissions } = (await readAffected(admin)).questions[0]!;
    return { told, since, submissions };
  };
  // Another order says nothing else, and nobody had ticked this one.
  expect(await saved(offers("brief", "clear", "true"))).toEqual({ told: undefined, since: 1, submissions: 0 });
  expect(await saved(offers("clear", "true"))).toEqual({ told: undefined, since: 3, submissions: 0 });
  expect(await saved(offers("true"))).toEqual({ told: 1, since: 4, submissions: 1 });
  // What comes back could have been ticked all the time by whoever answered while it was there.
  expect(await saved(offers("true", "clear"))).toEqual({ told: undefined, since: 5, submissions: 0 });
  // The renamed one is gone where it was ticked, and new to the other preferences; a tie can have none.
  expect(await saved(offers("true", "plain"))).toEqual({ told: 3, since: 6, submissions: 3 });

  const set = await openRelabelSet(admin, { questions: ["comparison"] });
  expect(set).toMatchObject({ submissions: 3, left: 3 });
  const again = (await next(me))!;
  expect(again).toMatchObject({ askedAgain: { questions: ["comparison"] } });
  expect(again.submitted!.answers).toEqual({ comparison: { overall: 1 } });
  await answer(me, again, { answers: { comparison: { overall: { choice: 1, reasons: ["plain"] } } } });
  expect(await saved(offers("true"))).toMatchObject({ told: 1, submissions: 1 });
  // All else that changes concerns every answer.
  expect(await saved({ ...first, questions: [{ ...defaultComparison, scale: 7 }] })).toMatchObject({
    since: 8,
    submissions: 2,
  });
});

test("a question that was asked for and is gone leaves a submission to be looked at, with nothing named", async () => {
  const { me, admin } = await aWorld(1);
  await answerAll(me);
  await updateProject(admin, { taskSchema: reworded });
  await openRelabelSet(admin, { questions: ["thumb"] });
  await updateProject(admin, { taskSchema: { ...first, questions: [defaultComparison] } });
  const again = (await next(me))!;
  expect(again.askedAgain).toEqual({ questions: [], guidelines: false });
  await answer(me, again, { answers: { comparison: { overall: 1 } } });
  expect((await listRelabelSets(admin)).items).toMatchObject([{ left: 0 }]);
  // The label of the question that is gone stays as it is; nothing asks for it.
  await updateProject(admin, { guidelines: "Prefer the shorter completion." });
  await openRelabelSet(admin, { guidelines: true });
  await answer(me, (await next(me))!, { answers: { comparison: { overall: 1 } } });
  expect((await readAffected(admin)).guidelines).toMatchObject({ submissions: 0 });
});

test("a submission without any answer that was confirmed is not asked for again", async () => {
  const remark = { id: "remark", type: "critique", name: "Remark", rewrite: "off", isRequired: false } as const;
  const asks = (definition: string): TaskSchema => ({
    ...defaultTaskSchema,
    questions: [{ ...remark, definition }],
  });
  const { me, admin } = await aWorld(1, asks("Anything to add?"));
  await answer(me, (await next(me))!, { answers: {} });
  await updateProject(admin, { taskSchema: asks("Is anything wrong?"), guidelines: "Be brief." });
  await openRelabelSet(admin, { questions: ["remark"] });
  const again = (await next(me))!;
  expect(again.askedAgain).toEqual({ questions: ["remark"], guidelines: true });
  await answer(me, again, { answers: {} });
  await expect(openRelabelSet(admin, { questions: ["remark"] })).rejects.toMatchObject({ code: "conflict" });
  await expect(openRelabelSet(admin, { guidelines: true })).rejects.toMatchObject({ code: "conflict" });
});

test("a correction of one's own accord follows what it changed, and the rest is asked for", async () => {
  const { me, admin } = await aWorld(2);
  await answerAll(me);
  await updateProject(admin, { taskSchema: reworded });
  const [one, two] = await prisma.assignment.findMany({ where: { annotatorId: me.userId } });
  const thumbs = { answers: { comparison: { overall: 1 }, thumb: { values: [true, true] } } };
  const comparison = { answers: { comparison: { overall: 2 }, thumb: { values: [true, false] } } };
  await answer(me, await getAssignment(me, one!.id), {
    answers: { ...thumbs.answers, thumb: { values: [false, true] } },
  });
  await answer(me, await getAssignment(me, two!.id), comparison);
  expect(await openRelabelSet(admin, { questions: ["thumb"] })).toMatchObject({ submissions: 1 });
  expect((await next(me))!.id).toBe(two!.id);
});

test("an answer that revealed a text stays one under the guidelines of its time, and alone is not asked for", async () => {
  const guess = { id: "guess", type: "binary", kind: "thumb", name: "Guess", definition: "Is it good?" } as const;
  const reveal = [{ show: "prompt", after: "guess" }] as const;
  const both: TaskSchema = { ...first, questions: [guess, thumb], reveal: [...reveal] };
  for (const schema of [both, { ...both, questions: [guess] }]) {
    const { project, me, admin } = await aWorld(1, schema);
    const view = (await next(me))!;
    await revealTexts(me, view.id, { schemaVersion: 1, question: "guess", answer: { values: [true, false] } });
    const answers = Object.fromEntries(schema.questions.map(({ id }) => [id, { values: [true, false] }]));
    await answer(me, view, { answers });
    await updateProject(admin, { guidelines: "Prefer the shorter completion." });
    if (schema !== both) {
      expect((await readAffected(admin)).guidelines.submissions).toBe(0);
      continue;
    }
    await openRelabelSet(admin, { guidelines: true });
    await answer(me, (await next(me))!, { answers });
    const labels = await prisma.label.findMany({ where: { projectId: project.id, isCurrent: true } });
    const versions = labels.map(({ question, revision, guidelinesVersion }) => [question, revision, guidelinesVersion]);
    expect(versions.sort()).toEqual([
      ["guess", 1, 1],
      ["guess", 1, 1],
      ["thumb", 2, 2],
      ["thumb", 2, 2],
    ]);
    expect((await readAffected(admin)).guidelines.submissions).toBe(0);
  }
});

test("an answer that reveals a text once more is one to the question as it is then, and stays when guidelines change", async () => {
  const guess = { id: "guess", type: "binary", kind: "thumb", name: "Guess", definition: "Is it good?" } as const;
  const asks = (definition: string): TaskSchema => ({
    ...{ ...first, questions: [{ ...guess, definition }, thumb] },
    reveal: [{ show: "prompt", after: "guess" }],
  });
  const { project, me, admin } = await aWorld(1, asks(guess.definition));
  const answers = { guess: { values: [true, false] }, thumb: { values: [true, false] } };
  const view = (await next(me))!;
  await revealTexts(me, view.id, { schemaVersion: 1, question: "guess", answer: answers.guess });
  await answer(me, view, { answers });

  await updateProject(admin, { taskSchema: asks("Is it good enough?") });
  await openRelabelSet(admin, { questions: ["guess"] });
  const again = (await next(me))!;
  expect(again).toMatchObject({ askedAgain: { questions: ["guess"] }, sealed: {} });
  await revealTexts(me, again.id, { schemaVersion: 2, question: "guess", answer: answers.guess });
  await answer(me, again, { answers });
  const guesses = async () => {
    const labels = await prisma.label.findMany({
      where: { projectId: project.id, question: "guess", isCurrent: true },
    });
    return labels.map(({ schemaVersion, revision, guidelinesVersion }) => [schemaVersion, revision, guidelinesVersion]);
  };
  expect(await guesses()).toEqual([
    [2, 2, 1],
    [2, 2, 1],
  ]);
  expect((await readAffected(admin)).questions[0]).toMatchObject({ id: "guess", submissions: 0 });

  await updateProject(admin, { guidelines: "Prefer the shorter completion." });
  await openRelabelSet(admin, { guidelines: true });
  await answer(me, (await next(me))!, { answers });
  expect(await guesses()).toEqual([
    [2, 2, 1],
    [2, 2, 1],
  ]);
});

const unknownId = "00000000-0000-4000-8000-000000000000";
