import { expect, test } from "vitest";
import type { Access } from "@/lib/auth/access";
import { prisma } from "@/lib/db/client";
import { countInstances, getInstance, listInstances } from "@/lib/instances/queries";
import { instanceListQuery } from "@/lib/instances/schema";
import { accessFor, aMember, anInstance, aProject } from "@/lib/testing/builders";
import { saveDraft } from "./draft";
import { resolveFlag } from "./flag";
import { nextAssignment } from "./lease";
import { getAssignment } from "./queries";
import { submitInput, type DraftInput, type SubmitInput } from "./schema";
import { explainSkip, skipAssignment } from "./skip";
import { submitAssignment } from "./submit";

async function aWorld(instances = 1) {
  const project = await aProject();
  for (let n = 0; n < instances; n++) await anInstance(project);
  const { user } = await aMember(project);
  const researcher = (await aMember(project, { role: "researcher" })).user;
  const me = await accessFor(user, project, "label:write");
  return {
    ...{ project, me },
    another: await accessFor((await aMember(project)).user, project, "label:write"),
    reader: await accessFor(researcher, project, "instance:read"),
    resolver: await accessFor(researcher, project, "flag:resolve"),
    lease: async () => (await nextAssignment(me, { held: [] }))!.id,
  };
}

let counter = 0;
const anInput = (fields: Partial<SubmitInput> = {}): SubmitInput =>
  submitInput.parse({
    submissionId: `44444444-4444-4444-8444-${String(++counter).padStart(12, "0")}`,
    ...{ schemaVersion: 1, guidelinesVersion: 1, answers: { comparison: { overall: 1 } }, activeMs: 5 },
    ...fields,
  });
const draft = (fields: Partial<DraftInput>): DraftInput => ({
  ...{ schemaVersion: 1, answers: {}, reason: "", activeMs: 0 },
  ...fields,
});
const stored = (id: string) => prisma.assignment.findFirstOrThrow({ where: { id } });
const flagged = async (reader: Access<"instance:read">) => {
  const { items } = await listInstances(reader, instanceListQuery.parse({ flagged: "yes" }));
  expect(await countInstances(reader, { flagged: "yes" })).toBe(items.length);
  return items.map(({ id, isFlagged }) => ({ id, isFlagged }));
};

test("a flag is kept from the draft on, with its time, until it is taken back", async () => {
  const { me, reader, lease } = await aWorld(2);
  const id = await lease();
  expect((await getAssignment(me, id)).flag).toBeNull();
  await saveDraft(me, id, draft({ flag: { note: "cut off" } }));
  const { flaggedAt, instanceId } = await stored(id);
  expect(await getAssignment(me, id)).toMatchObject({ flag: { note: "cut off" } });
  expect(await flagged(reader)).toEqual([{ id: instanceId, isFlagged: true }]);
  expect((await getInstance(reader, instanceId)).assignments).toMatchObject([
    { id, flag: { at: flaggedAt!.toISOString(), note: "cut off", resolvedAt: null } },
  ]);

  await saveDraft(me, id, draft({ flag: { note: "cut off" }, reason: "more" }));
  await saveDraft(me, id, draft({ reason: "says nothing of the flag" }));
  expect((await stored(id)).flaggedAt).toEqual(flaggedAt);
  await saveDraft(me, id, draft({ flag: null }));
  expect(await stored(id)).toMatchObject({ flaggedAt: null, flagNote: null });
  expect(await flagged(reader)).toEqual([]);
});

test("a flag goes along with a submission, with a skip and with a correction", async () => {
  const { me, reader, lease } = await aWorld(3);
  const first = await lease();
  const input = anInput({ flag: { note: "harmful" } });
  await submitAssignment(me, first, input);
  const second = await lease();
  await skipAssignment(me, second, { held: [], flag: { note: "" } });
  expect(await stored(first)).toMatchObject({ state: "submitted", flagNote: "harmful" });
  expect(await stored(second)).toMatchObject({ state: "skipped", flagNote: "" });
  expect(await flagged(reader)).toHaveLength(2);
  await submitAssignment(
    me,
    first,
    anInput({ answers: { comparison: { overall: 2 } }, flag: null, revises: input.submissionId }),
  );
  expect(await flagged(reader)).toEqual([{ id: (await stored(second)).instanceId, isFlagged: true }]);
});

test("a flag that a researcher resolves leaves the list, stays in the history and can be given again", async () => {
  const { me, reader, resolver, lease } = await aWorld();
  const id = await lease();
  const { instanceId } = await stored(id);
  await expect(resolveFlag(resolver, instanceId, id)).rejects.toMatchObject({ code: "not_found" });
  await saveDraft(me, id, draft({ flag: { note: "typo" } }));
  await resolveFlag(resolver, instanceId, id);
  const { resolvedAt, updatedAt } = await stored(id);
  await resolveFlag(resolver, instanceId, id);
  expect(await stored(id)).toMatchObject({ resolvedAt, updatedAt });
  expect(await flagged(reader)).toEqual([]);
  expect((await getAssignment(me, id)).flag).toBeNull();

  await saveDraft(me, id, draft({ flag: null }));
  expect((await getInstance(reader, instanceId)).assignments[0]!.flag).toMatchObject({
    ...{ note: "typo", resolvedAt: resolvedAt!.toISOString() },
  });
  await saveDraft(me, id, draft({ flag: { note: "typo" } }));
  expect((await getInstance(reader, instanceId)).assignments[0]!.flag).toMatchObject({
    note: "typo",
    resolvedAt: null,
  });
});

test("a resolved flag that drafts repeat stays resolved until its note changes", async () => {
  const { me, reader, resolver, lease } = await aWorld();
  const id = await lease();
  await saveDraft(me, id, draft({ flag: { note: "typo" } }));
  await resolveFlag(resolver, (await stored(id)).instanceId, id);
  await saveDraft(me, id, draft({ flag: { note: "typo" }, reason: "more" }));
  expect(await flagged(reader)).toEqual([]);
  await saveDraft(me, id, draft({ flag: { note: "two typos" } }));
  expect(await flagged(reader)).toHaveLength(1);
});

test("nobody flags or explains the assignment of another, and no flag of another project is resolved", async () => {
  const { me, another, lease } = await aWorld();
  const other = await aWorld();
  const id = await lease();
  await expect(saveDraft(another, id, draft({ flag: { note: "x" } }))).rejects.toMatchObject({ code: "not_found" });
  await expect(explainSkip(another, id, "x")).rejects.toMatchObject({ code: "not_found" });
  await saveDraft(me, id, draft({ flag: { note: "mine" } }));
  const { instanceId } = await stored(id);
  await expect(resolveFlag(other.resolver, instanceId, id)).rejects.toMatchObject({ code: "not_found" });
  expect(await stored(id)).toMatchObject({ flagNote: "mine", resolvedAt: null });
});

test("the reason of a skip can be added afterwards, as long as it is one", async () => {
  const { me, lease } = await aWorld();
  const id = await lease();
  await expect(explainSkip(me, id, "early")).rejects.toMatchObject({ code: "conflict" });
  await skipAssignment(me, id, { held: [] });
  await explainSkip(me, id, "Not my field");
  expect(await stored(id)).toMatchObject({ state: "skipped", skipReason: "Not my field" });
  await submitAssignment(me, id, anInput());
  await expect(explainSkip(me, id, "late")).rejects.toMatchObject({
    code: "conflict",
    message: expect.stringContaining("not skipped any more"),
  });
});
