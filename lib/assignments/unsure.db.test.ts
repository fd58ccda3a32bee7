import { expect, test } from "vitest";
import { prisma } from "@/lib/db/client";
import { getInstance } from "@/lib/instances/queries";
import { accessFor, aMember, anInstance, aProject } from "@/lib/testing/builders";
import { saveDraft } from "./draft";
import { nextAssignment } from "./lease";
import { getAssignment } from "./queries";
import { submitInput, type SubmitInput } from "./schema";
import { submitAssignment } from "./submit";

let counter = 0;
const anInput = (fields: Partial<SubmitInput> = {}): SubmitInput =>
  submitInput.parse({
    submissionId: `55555555-5555-4555-8555-${String(++counter).padStart(12, "0")}`,
    ...{ schemaVersion: 1, guidelinesVersion: 1, answers: { comparison: { overall: 1 } }, activeMs: 5 },
    ...fields,
  });

test("unsure is kept in drafts, on the labels and for a revision, which it makes by itself", async () => {
  const project = await aProject();
  const instance = await anInstance(project);
  const me = await accessFor((await aMember(project)).user, project, "label:write");
  const reader = await accessFor((await aMember(project, { role: "researcher" })).user, project, "instance:read");
  const { id } = (await nextAssignment(me, { held: [] }))!;
  const draft = { schemaVersion: 1, answers: {}, reason: "", activeMs: 0 };
  await saveDraft(me, id, draft);
  expect((await getAssignment(me, id)).draft).toMatchObject({ isUnsure: false });
  await saveDraft(me, id, { ...draft, isUnsure: true });
  expect((await getAssignment(me, id)).draft).toMatchObject({ isUnsure: true });

  const first = anInput({ isUnsure: true });
  await submitAssignment(me, id, first);
  expect((await getAssignment(me, id)).submitted).toMatchObject({ isUnsure: true });
  const same = anInput({ isUnsure: true, revises: first.submissionId });
  expect((await submitAssignment(me, id, same)).saved.labels).toBe(0);
  const sure = anInput({ revises: same.submissionId });
  expect((await submitAssignment(me, id, sure)).saved.labels).toBe(1);
  expect((await getAssignment(me, id)).submitted).toMatchObject({ isUnsure: false });
  const { labels } = await getInstance(reader, instance.id);
  expect(labels.map(({ revision, isUnsure, isCurrent }) => ({ revision, isUnsure, isCurrent }))).toEqual([
    { revision: 1, isUnsure: true, isCurrent: false },
    { revision: 2, isUnsure: false, isCurrent: true },
  ]);
  const where = { projectId_id: { projectId: project.id, id: labels[0]!.id } };
  await expect(prisma.label.update({ where, data: { isUnsure: false } })).rejects.toThrow(/append-only/);
});
