import { expect, test } from "vitest";
import type { Access } from "@/lib/auth/access";
import { prisma } from "@/lib/db/client";
import { defaultComparison, defaultTaskSchema, type TaskSchema } from "@/lib/projects/schema";
import { updateProject } from "@/lib/projects/update";
import { accessFor, aMember, anInstance, aProject } from "@/lib/testing/builders";
import { nextAssignment } from "../lease";
import { getProgress } from "../queries";
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

async function aWorld(instances: number) {
  const project = await aProject({ schema: first, overlap: 2 });
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
  expect(again).toMatchObject({ state: "submitted", askedAgain: { questions: ["thumb"] } });
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
  expect(again.askedAgain).toEqual({ questions: [] });
  // A second page of the same person gets the next one.
  const second = (await next(me, [again.id]))!;
  expect(second.id).not.toBe(again.id);
  // A page that still shows the old guidelines cannot confirm anything.
  await expect(answer(me, again, { guidelinesVersion: 1 })).rejects.toMatchObject({ code: "conflict" });
  await answer(me, again);
  // What can no longer be answered is neither handed out nor waited for.
  const [third] = await prisma.assignment.findMany({
    where: { isAskedAgain: true, annotatorId: me.userId, id: { not: second.id } },
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

const unknownId = "00000000-0000-4000-8000-000000000000";
