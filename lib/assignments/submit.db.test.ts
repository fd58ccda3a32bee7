import { expect, test } from "vitest";
import type { Access } from "@/lib/auth/access";
import { prisma } from "@/lib/db/client";
import { idsOfUrls } from "@/lib/images/store";
import { accessFor, aMember, anInstance, aProject, type ProjectFields } from "@/lib/testing/builders";
import { defaultComparison, defaultTaskSchema, type TaskSchema } from "@/lib/projects/schema";
import { updateProject } from "@/lib/projects/update";
import { payloadOf } from "./answers/comparison";
import { saveDraft } from "./draft";
import { nextAssignment, sweepLapsedLeases } from "./lease";
import { getAssignment, getProgress, listHistory } from "./queries";
import { skipAssignment } from "./skip";
import { submitAssignment } from "./submit";
import { submitInput, type AssignmentView, type SubmitInput } from "./schema";

const twoAspects: TaskSchema = {
  ...defaultTaskSchema,
  questions: [
    { ...defaultComparison, aspects: ["helpful", "truthful"].map((id) => ({ id, name: id, definition: "" })) },
  ],
};

async function aWorld(instances: number, fields: ProjectFields = {}) {
  const project = await aProject(fields);
  const { user } = await aMember(project);
  const made = [];
  for (let n = 0; n < instances; n++) made.push(await anInstance(project));
  const me = await accessFor(user, project, "label:write");
  const another = async () => await accessFor((await aMember(project)).user, project, "label:write");
  return { project, instances: made, me, another };
}

let counter = 0;
const aSubmissionId = () => `11111111-1111-4111-8111-${String(++counter).padStart(12, "0")}`;

function anInput(fields: Partial<SubmitInput> = {}): SubmitInput {
  return submitInput.parse({
    submissionId: aSubmissionId(),
    schemaVersion: 1,
    guidelinesVersion: 1,
    answers: { comparison: { overall: 1 } },
    activeMs: 5,
    ...fields,
  });
}

const next = async (me: Access<"label:write">, ...held: string[]): Promise<AssignmentView> =>
  (await nextAssignment(me, { held }))!;
const labels = (projectId: string, where: object = {}) =>
  prisma.label.findMany({ where: { projectId, ...where }, orderBy: [{ aspect: "asc" }, { revision: "asc" }] });
const stored = (id: string) => prisma.assignment.findFirstOrThrow({ where: { id } });
const lapse = (id: string) =>
  prisma.assignment.updateMany({ where: { id }, data: { leaseUntil: new Date(Date.now() - 1000) } });
const slotsOf = async (id: string) => (await prisma.instance.findFirstOrThrow({ where: { id } })).openSlots;

test("a submission stores one label an aspect with all that is known about it, and brings the next assignment", async () => {
  const { project, instances, me } = await aWorld(2, { schema: twoAspects });
  const { id } = await next(me);
  const { shownOrder } = await stored(id);
  const input = anInput({ answers: { comparison: { helpful: 1, truthful: "both-bad" } }, reason: "Shorter" });
  const { saved, next: after } = await submitAssignment(me, id, input);
  expect(saved).toEqual({ assignmentId: id, submissionId: input.submissionId, labels: 2 });
  expect((await stored(after!.id)).instanceId).toBe(instances[1]!.id);

  const common = {
    ...{
      instanceId: instances[0]!.id,
      submissionId: input.submissionId,
      question: "comparison",
      type: "comparison",
      target: "0-1",
    },
    ...{ source: "human", annotator: `user:${me.userId}`, userId: me.userId, sample: 0, revision: 1, isCurrent: true },
    ...{ rationale: "Shorter", shownOrder, schemaVersion: 1, guidelinesVersion: 1, activeMs: 5 },
  };
  const shown = shownOrder as [number, number];
  expect(await labels(project.id)).toMatchObject([
    { ...common, aspect: "helpful", payload: payloadOf(1, 5, shown) },
    { ...common, aspect: "truthful", payload: payloadOf("both-bad", 5, shown) },
  ]);
  expect(await stored(id)).toMatchObject({
    state: "submitted",
    submissionId: input.submissionId,
    activeMs: 5,
    draft: null,
  });
  expect(await slotsOf(instances[0]!.id)).toBe(2);
  const consensus = await prisma.consensus.findMany({ where: { projectId: project.id }, orderBy: { aspect: "asc" } });
  expect(consensus).toMatchObject([
    {
      aspect: "helpful",
      labelCount: 1,
      confidence: 1,
      payload: { preferred: shown[0], strength: shown[0] === 0 ? 1 : -1 },
    },
    { aspect: "truthful", labelCount: 1, payload: { preferred: "tie", bothBad: true } },
  ]);
});

test("the same submission again gives the same answer and no second label, also ten at once", async () => {
  const { project, me } = await aWorld(3);
  const { id } = await next(me);
  const input = anInput();
  const answers = await Promise.all(Array.from({ length: 10 }, () => submitAssignment(me, id, input)));
  expect(new Set(answers.map(({ saved, next: after }) => JSON.stringify([saved, after!.id]))).size).toBe(1);
  expect(answers[0]!.saved.labels).toBe(1);
  expect(await labels(project.id)).toHaveLength(1);
});

test("two tabs that submit one assignment: the second is told so, and its answers change nothing", async () => {
  const { project, me } = await aWorld(2);
  const { id } = await next(me);
  const results = await Promise.allSettled(
    [anInput({ answers: { comparison: { overall: 1 } } }), anInput({ answers: { comparison: { overall: 5 } } })].map(
      (input) => submitAssignment(me, id, input),
    ),
  );
  expect(results.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  const refused = results.find((result) => result.status === "rejected");
  expect(refused!.reason).toMatchObject({
    code: "conflict",
    message: expect.stringMatching(/already submitted, in another tab.*open it from the history/),
  });
  expect(await labels(project.id)).toHaveLength(1);
});

test("a revision adds the next revision of what changed and leaves the rest", async () => {
  const { project, me } = await aWorld(1, { schema: twoAspects });
  const { id } = await next(me);
  const first = anInput({ answers: { comparison: { helpful: 1, truthful: 3 } } });
  await submitAssignment(me, id, first);
  const second = anInput({ answers: { comparison: { helpful: 5, truthful: 3 } }, revises: first.submissionId });
  expect((await submitAssignment(me, id, second)).saved.labels).toBe(1);

  expect(
    (await labels(project.id)).map(({ aspect, revision, isCurrent, submissionId }) => [
      aspect,
      revision,
      isCurrent,
      submissionId,
    ]),
  ).toEqual([
    ["helpful", 1, false, first.submissionId],
    ["helpful", 2, true, second.submissionId],
    ["truthful", 1, true, first.submissionId],
  ]);
  const consensus = await prisma.consensus.findFirstOrThrow({ where: { projectId: project.id, aspect: "helpful" } });
  const [, current] = await labels(project.id, { aspect: "helpful" });
  expect(consensus).toMatchObject({
    labelCount: 1,
    labelIds: [current!.id],
    payload: { preferred: (current!.payload as { preferred: number }).preferred },
  });
  expect((await getAssignment(me, id)).submitted).toMatchObject({
    submissionId: second.submissionId,
    answers: { comparison: { helpful: 5, truthful: 3 } },
  });
  // A late repetition of either changes nothing.
  expect((await submitAssignment(me, id, first)).saved.labels).toBe(2);
  expect((await submitAssignment(me, id, second)).saved.labels).toBe(1);
  expect(await labels(project.id)).toHaveLength(3);
});

test("a new reason is a revision of every aspect, and the same answers again are none", async () => {
  const { project, me } = await aWorld(1, { schema: twoAspects });
  const { id } = await next(me);
  const first = anInput({ answers: { comparison: { helpful: 1, truthful: 3 } } });
  await submitAssignment(me, id, first);
  const same = anInput({ ...first, submissionId: aSubmissionId(), revises: first.submissionId });
  expect((await submitAssignment(me, id, same)).saved.labels).toBe(0);
  expect((await submitAssignment(me, id, same)).saved.labels).toBe(0);
  const reasoned = anInput({ ...first, submissionId: aSubmissionId(), revises: same.submissionId, reason: "Because" });
  expect((await submitAssignment(me, id, reasoned)).saved.labels).toBe(2);
  expect(await labels(project.id)).toHaveLength(4);
});

test("a revision of what was revised meanwhile, or of nothing, is refused", async () => {
  const { project, me } = await aWorld(2);
  const { id } = await next(me);
  await expect(submitAssignment(me, id, anInput({ revises: aSubmissionId() }))).rejects.toMatchObject({
    code: "conflict",
  });
  const first = anInput();
  await submitAssignment(me, id, first);
  await submitAssignment(me, id, anInput({ answers: { comparison: { overall: 2 } }, revises: first.submissionId }));
  const late = submitAssignment(
    me,
    id,
    anInput({ answers: { comparison: { overall: 5 } }, revises: first.submissionId }),
  );
  await expect(late).rejects.toMatchObject({
    code: "conflict",
    message: expect.stringContaining("no longer the newest"),
  });
  expect(await labels(project.id)).toHaveLength(2);
});

test("a submission id names one submission of one person", async () => {
  const { project, me, another } = await aWorld(2);
  const first = await next(me);
  const input = anInput();
  const { next: second } = await submitAssignment(me, first.id, input);
  const other = await another();
  await expect(submitAssignment(me, second!.id, input)).rejects.toMatchObject({ code: "conflict" });
  await expect(submitAssignment(other, (await next(other)).id, input)).rejects.toMatchObject({ code: "conflict" });
  expect(await labels(project.id)).toHaveLength(1);
});

test("answers that do not fit are refused whole, and the assignment stays as it was", async () => {
  const { project, me } = await aWorld(1, { schema: twoAspects });
  const { id } = await next(me);
  const refused = submitAssignment(me, id, anInput({ answers: { comparison: { helpful: 7, overall: 1 } } }));
  await expect(refused).rejects.toMatchObject({
    code: "invalid",
    faults: ["helpful", "truthful", "overall"].map((aspect) => ({ path: `answers.comparison.${aspect}` })),
  });
  expect([await labels(project.id), (await stored(id)).state]).toEqual([[], "leased"]);
});

test("answers to questions that have changed since are refused, and so are guidelines of the future", async () => {
  const { project, me } = await aWorld(1);
  const { id } = await next(me);
  const { user } = await aMember(project, { role: "admin" });
  await updateProject(await accessFor(user, project, "project:update"), {
    taskSchema: { ...defaultTaskSchema, questions: [{ ...defaultComparison, scale: 7 }] },
  });
  await expect(submitAssignment(me, id, anInput())).rejects.toMatchObject({
    code: "conflict",
    message: expect.stringContaining("questions of this project have changed"),
  });
  await expect(submitAssignment(me, id, anInput({ schemaVersion: 2, guidelinesVersion: 9 }))).rejects.toMatchObject({
    code: "invalid",
  });
  await submitAssignment(me, id, anInput({ schemaVersion: 2, answers: { comparison: { overall: 7 } } }));
  expect(await labels(project.id)).toMatchObject([{ schemaVersion: 2, payload: { scale: 7, strength: 3 } }]);
});

test("a lapsed lease that still has its slot counts, and so does one that finds an open slot", async () => {
  const { project, instances, me } = await aWorld(1, { overlap: 2 });
  const { id } = await next(me);
  await lapse(id);
  await submitAssignment(me, id, anInput());
  expect(await slotsOf(instances[0]!.id)).toBe(1);

  const other = await accessFor((await aMember(project)).user, project, "label:write");
  const theirs = await next(other);
  await lapse(theirs.id);
  await sweepLapsedLeases();
  expect(await slotsOf(instances[0]!.id)).toBe(1);
  await submitAssignment(other, theirs.id, anInput());
  expect(await slotsOf(instances[0]!.id)).toBe(0);
  expect(await labels(project.id)).toHaveLength(2);
});

test("a lapsed lease whose slot is taken is refused and keeps the answers", async () => {
  const { project, me, another } = await aWorld(1, { overlap: 1 });
  const { id } = await next(me);
  await lapse(id);
  const other = await another();
  await submitAssignment(other, (await next(other)).id, anInput());
  const late = submitAssignment(me, id, anInput({ answers: { comparison: { overall: 4 } }, reason: "Kept" }));
  await expect(late).rejects.toMatchObject({
    code: "conflict",
    message: expect.stringMatching(/ran out.*kept as a draft/),
  });
  expect(await labels(project.id)).toHaveLength(1);
  expect(await getAssignment(me, id)).toMatchObject({
    state: "expired",
    draft: { answers: { comparison: { overall: 4 } }, reason: "Kept" },
  });
});

test("a skipped assignment can be answered after all while a slot is open", async () => {
  const { instances, me } = await aWorld(1, { overlap: 1 });
  const { id } = await next(me);
  await skipAssignment(me, id, { held: [], reason: "Too long" });
  await submitAssignment(me, id, anInput());
  expect([await slotsOf(instances[0]!.id), await stored(id)]).toMatchObject([
    0,
    { state: "submitted", skipReason: null },
  ]);
  await expect(skipAssignment(me, id, { held: [] })).rejects.toMatchObject({ code: "conflict" });
});

test("active time is at most the time since the lease, whatever the client's clock says", async () => {
  const { project, me } = await aWorld(1);
  const { id } = await next(me);
  const first = anInput({ activeMs: 3_600_000 });
  await submitAssignment(me, id, first);
  const [label] = await labels(project.id);
  expect(label!.activeMs).toBeLessThan(20_000);
  await submitAssignment(
    me,
    id,
    anInput({ answers: { comparison: { overall: 2 } }, activeMs: 3_600_000, revises: first.submissionId }),
  );
  expect((await stored(id)).activeMs).toBeLessThan(40_000);
});

test("times are those of the database", async () => {
  const { project, me } = await aWorld(1);
  const { id } = await next(me);
  await submitAssignment(me, id, anInput());
  const [row] = await prisma.$queryRaw<[{ same: boolean }]>`
    select l.created_at = a.submitted_at as same from labels l join assignments a on a.instance_id = l.instance_id where l.project_id = ${project.id}::uuid`;
  expect(row.same).toBe(true);
});

test("a draft is kept, extends the lease and comes back; submitting ends it", async () => {
  const { me } = await aWorld(1);
  const { id } = await next(me);
  await lapse(id);
  const draft = { schemaVersion: 1, answers: { comparison: { overall: 2 } }, reason: "so far", activeMs: 1000 };
  const saved = await saveDraft(me, id, draft);
  expect(saved.state).toBe("leased");
  expect(new Date(saved.leaseUntil).getTime()).toBeGreaterThan(Date.now());
  const said = { answers: { comparison: { overall: 2 } }, reason: "so far", isUnsure: false, activeMs: 1000 };
  expect((await next(me)).draft).toEqual({ ...said, writtenAt: null });
  const writtenAt = "2026-01-01T12:04:00.000Z";
  await saveDraft(me, id, { ...draft, writtenAt });
  expect((await getAssignment(me, id)).draft).toEqual({ ...said, writtenAt });
  await submitAssignment(me, id, anInput());
  expect((await getAssignment(me, id)).draft).toBeNull();
});

test("a draft that was written before the stored one changes nothing, not even the flag", async () => {
  const { me } = await aWorld(1);
  const { id } = await next(me);
  const draft = { schemaVersion: 1, answers: {}, activeMs: 0 };
  const at = (minute: number) => `2026-01-01T12:0${minute}:00.000Z`;
  await saveDraft(me, id, { ...draft, reason: "newer", writtenAt: at(5), flag: { note: "newer" } });
  await lapse(id);
  const late = await saveDraft(me, id, { ...draft, reason: "older", writtenAt: at(4), flag: null });
  expect(new Date(late.leaseUntil).getTime()).toBeGreaterThan(Date.now());
  expect(await getAssignment(me, id)).toMatchObject({
    draft: { reason: "newer", writtenAt: at(5) },
    flag: { note: "newer" },
  });
  await saveDraft(me, id, { ...draft, reason: "newest", writtenAt: at(6) });
  expect((await getAssignment(me, id)).draft!.reason).toBe("newest");
  await saveDraft(me, id, { ...draft, reason: "without a time" });
  expect((await getAssignment(me, id)).draft).toMatchObject({ reason: "without a time", writtenAt: null });
});

test("a draft that arrives after its submission is refused; one of a revision is kept", async () => {
  const { me, another } = await aWorld(1);
  const { id } = await next(me);
  const input = anInput();
  await submitAssignment(me, id, input);
  const draft = { schemaVersion: 1, answers: { comparison: { overall: 2 } }, reason: "", activeMs: 0 };
  await expect(saveDraft(me, id, draft)).rejects.toMatchObject({
    code: "conflict",
    message: expect.stringContaining("already submitted"),
  });
  expect(await saveDraft(me, id, { ...draft, revises: input.submissionId })).toMatchObject({ state: "submitted" });
  expect(await getAssignment(me, id)).toMatchObject({
    draft: { answers: { comparison: { overall: 2 } } },
    submitted: { answers: { comparison: { overall: 1 } } },
  });
  await expect(saveDraft(await another(), id, draft)).rejects.toMatchObject({ code: "not_found" });
});

test("an annotator sees texts and questions, and nothing that tells where they come from", async () => {
  const project = await aProject();
  const { user } = await aMember(project);
  const url = "https://secret-model.example.org/secret.png";
  const id = (await idsOfUrls(prisma, project.id, [url])).get(url)!;
  const images = [{ id, alt: "a cat" }];
  await anInstance(project, {
    ...{ images, hasImages: true },
    outsideId: "secret-outside-id",
    gold: { preferred: 0, basis: "secret-gold" },
    meta: { from: "secret-meta" },
    reference: "secret-reference",
    context: "The **context**",
    messages: [
      { role: "system", content: "Be kind" },
      { role: "user", content: "Hi", images },
    ],
    completions: [
      { text: "*One*", images, model: "secret-model", outsideId: "secret-completion", meta: { seed: "secret-seed" } },
      { text: "Two", images, model: "secret-model-2", outsideId: "secret-completion-2" },
    ],
  });
  const view = (await nextAssignment(await accessFor(user, project, "label:write"), { held: [] }))!;
  expect(JSON.stringify(view)).not.toContain("secret");
  expect(Object.keys(view.completions[0]!)).toEqual(["label", "html", "map", "text", "images", "steps"]);
  const shown = [{ src: `/api/v1/projects/${project.slug}/images/${id}`, alt: "a cat", width: null, height: null }];
  expect(view).toMatchObject({
    prompt: null,
    messages: [
      { role: "system", html: '<p dir="auto">Be kind</p>', images: [] },
      { role: "user", images: shown },
    ],
    images: shown,
    completions: [{ images: shown }, { images: shown }],
    context: { html: '<p dir="auto">The <strong>context</strong></p>', text: "The **context**" },
    reference: null,
    schema: defaultTaskSchema,
    draft: null,
    submitted: null,
  });
});

test("my history is mine, newest first, in pages, with the answers as I gave them", async () => {
  const { me, another, project } = await aWorld(3);
  const other = await another();
  await submitAssignment(other, (await next(other)).id, anInput());
  const ids: string[] = [];
  for (const point of [1, 2, 3]) {
    const { id } = await next(me);
    await submitAssignment(me, id, anInput({ answers: { comparison: { overall: point } } }));
    ids.push(id);
  }
  const first = await listHistory(me, { state: "submitted", limit: 2 });
  expect(first.items.map(({ id, answers }) => [id, answers])).toEqual([
    [ids[2], [{ question: "comparison", type: "comparison", aspect: "overall", answer: 3, scale: 5 }]],
    [ids[1], [{ question: "comparison", type: "comparison", aspect: "overall", answer: 2, scale: 5 }]],
  ]);
  const second = await listHistory(me, { state: "submitted", limit: 2, cursor: first.nextCursor! });
  expect([second.items.map(({ id }) => id), second.nextCursor]).toEqual([[ids[0]], null]);
  expect(second.items[0]!.promptStart).toMatch(/^Prompt \d+$/);
  expect((await listHistory(me, { state: "skipped", limit: 2 })).items).toEqual([]);
  expect(await prisma.label.count({ where: { projectId: project.id } })).toBe(4);
});

test("progress counts today's submissions and what is left, and says why nothing is", async () => {
  const { me, another } = await aWorld(2, { overlap: 1 });
  expect(await getProgress(me)).toEqual({
    submittedToday: 0,
    remaining: 2,
    hasMore: false,
    lentToOthers: 0,
    hasInstances: true,
  });
  const { id } = await next(me);
  const other = await another();
  await next(other);
  expect(await getProgress(me)).toEqual({
    submittedToday: 0,
    remaining: 1,
    hasMore: false,
    lentToOthers: 1,
    hasInstances: true,
  });
  await submitAssignment(me, id, anInput());
  expect(await getProgress(me)).toEqual({
    submittedToday: 1,
    remaining: 0,
    hasMore: false,
    lentToOthers: 1,
    hasInstances: true,
  });
  await prisma.assignment.updateMany({ where: { id }, data: { submittedAt: new Date(Date.now() - 86_400_000) } });
  expect((await getProgress(me)).submittedToday).toBe(0);
  const empty = await aProject();
  expect(await getProgress(await accessFor((await aMember(empty)).user, empty, "label:write"))).toMatchObject({
    remaining: 0,
    hasMore: false,
    hasInstances: false,
  });
});

test("a correction begun before the questions changed does not hide what was submitted", async () => {
  const { project, me } = await aWorld(1);
  const { id } = await next(me);
  const input = anInput({ answers: { comparison: { overall: 4 } }, reason: "Clear" });
  await submitAssignment(me, id, input);
  const draft = { schemaVersion: 1, answers: { comparison: { overall: 2 } }, reason: "Or not", activeMs: 0 };
  await saveDraft(me, id, { ...draft, revises: input.submissionId });
  const admin = await accessFor((await aMember(project, { role: "admin" })).user, project, "project:update");
  await updateProject(admin, { taskSchema: { ...defaultTaskSchema, reason: "required" } });
  expect(await getAssignment(me, id)).toMatchObject({
    schemaVersion: 2,
    draft: null,
    submitted: { answers: { comparison: { overall: 4 } }, reason: "Clear" },
  });
});
