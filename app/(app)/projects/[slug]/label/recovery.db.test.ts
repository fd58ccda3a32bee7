import { expect, test } from "vitest";
import { saveDraft } from "@/lib/assignments/draft";
import { nextAssignment, sweepLapsedLeases } from "@/lib/assignments/lease";
import { getAssignment } from "@/lib/assignments/queries";
import { submitAssignment } from "@/lib/assignments/submit";
import { prisma } from "@/lib/db/client";
import { defaultComparison, defaultTaskSchema } from "@/lib/projects/schema";
import { updateProject } from "@/lib/projects/update";
import { accessFor, aMember, anInstance, aProject, type ProjectFields } from "@/lib/testing/builders";
import { memoryShelf } from "./_components/keeping/memory-shelf";
import { summariseSaving } from "./_components/keeping/save-summary";
import { shownWork } from "./_components/session";
import { answer, labels, loaded, openTab, session, settled, shown } from "./page-for-tests";

async function aPage(instances: number, fields: ProjectFields = {}) {
  const project = await aProject(fields);
  const { user } = await aMember(project);
  for (let n = 0; n < instances; n++) await anInstance(project);
  const access = await accessFor(user, project, "label:write");
  return { project, access, open: (shelf = memoryShelf()) => openTab(access, shelf) };
}

type Tab = ReturnType<typeof openTab>;

/** Ends a tab as a crash does, with whatever it had not sent. */
async function crash({ line, shelf }: Tab, kept: number): Promise<void> {
  line.isDown = true;
  await expect.poll(() => shelf.rows.size, { interval: 10 }).toBe(kept);
}

/** Waits until the only instance is here and the server has said that there is no other. */
const loadedLast = ({ engine }: Tab) =>
  settled(engine, () => session(engine).queue.length === 1 && session(engine).isExhausted);
const reasoned = ({ engine }: Tab, reason: string) => engine.store.dispatch({ type: "reasoned", reason });
const news = ({ engine }: Tab) => session(engine).news;
const told = (tab: Tab, count = 1) => expect.poll(() => news(tab).length, { interval: 10 }).toBe(count);
const overall = (point: number) => ({ comparison: { overall: point } });
const aSubmission = (point: number) => ({
  ...{ submissionId: crypto.randomUUID(), schemaVersion: 1, guidelinesVersion: 1, answers: overall(point) },
  ...{ reason: "", isUnsure: false, activeMs: 1, held: [] },
});

test("an unsent submission and an unsent draft of a crashed tab are there when the page opens again", async () => {
  const { project, open } = await aPage(4);
  const before = open();
  await loaded(before.engine);
  before.line.isDown = true;
  answer(before.engine, 1);
  before.engine.submit();
  answer(before.engine, 4);
  reasoned(before, "half a tho");
  const { id } = shown(before.engine).assignment;
  await crash(before, 2);
  expect(await labels(project.id)).toEqual([]);

  const again = open(before.shelf);
  await loaded(again.engine);
  await told(again, 2);
  expect(news(again)).toEqual([
    { kind: "sent", submissions: 1, skips: 0 },
    { kind: "back", at: expect.any(String) },
  ]);
  expect(shown(again.engine)).toMatchObject({ assignment: { id }, answers: overall(4), reason: "half a tho" });
  expect([await labels(project.id), again.shelf.rows.size]).toMatchObject([{ length: 1 }, 0]);
});

test("a submission whose answer was lost with the tab is stored once", async () => {
  const { project, open } = await aPage(3);
  const before = open();
  await loaded(before.engine);
  before.line.loseAnswers = true;
  answer(before.engine, 1);
  before.engine.submit();
  await expect.poll(async () => (await labels(project.id)).length).toBe(1);
  await crash(before, 1);

  const again = open(before.shelf);
  await loaded(again.engine);
  await told(again);
  expect([again.saved, again.shelf.rows.size]).toEqual([["from-before"], 0]);
  expect(await labels(project.id)).toHaveLength(1);
});

test("a skip of a crashed tab is sent with its reason", async () => {
  const { project, open } = await aPage(3);
  const before = open();
  await loaded(before.engine);
  before.line.isDown = true;
  reasoned(before, "Not my language");
  before.engine.skip();
  await crash(before, 1);
  const again = open(before.shelf);
  await told(again);
  expect(news(again)).toEqual([{ kind: "sent", submissions: 0, skips: 1 }]);
  const skipped = await prisma.assignment.findMany({ where: { projectId: project.id, state: "skipped" } });
  expect(skipped).toMatchObject([{ skipReason: "Not my language" }]);
});

test("a draft that another device has overtaken stays as the server has it", async () => {
  const { open, access } = await aPage(2);
  const before = open();
  await loaded(before.engine);
  before.line.isDown = true;
  answer(before.engine, 4);
  const { id } = shown(before.engine).assignment;
  await crash(before, 1);
  const writtenAt = new Date(Date.now() + 1000).toISOString();
  await saveDraft(access, id, { schemaVersion: 1, answers: overall(2), reason: "", activeMs: 1, writtenAt });
  const again = open(before.shelf);
  await loaded(again.engine);
  expect(shown(again.engine)).toMatchObject({ assignment: { id }, answers: overall(2) });
  expect([news(again), again.shelf.rows.size]).toEqual([[], 0]);
});

/** A page that crashed with a draft, whose lease then ran out, and whose instance somebody else took. */
async function aLapsedDraft(point: number) {
  const { project, open } = await aPage(1, { overlap: 1 });
  const before = open();
  await loadedLast(before);
  before.line.isDown = true;
  answer(before.engine, point);
  const { id } = shown(before.engine).assignment;
  await crash(before, 1);
  await prisma.assignment.updateMany({ where: { id }, data: { leaseUntil: new Date(0) } });
  await sweepLapsedLeases(project.id);
  const { user } = await aMember(project);
  const other = await accessFor(user, project, "label:write");
  const theirs = (await nextAssignment(other, { held: [] }))!;
  return { id, project, again: () => open(before.shelf), other, theirs };
}

test("a draft whose lease ran out is told, can be seen, and is refused precisely once others have labelled", async () => {
  const { id, project, again, other, theirs } = await aLapsedDraft(4);
  await submitAssignment(other, theirs.id, aSubmission(1));
  const tab = again();
  await told(tab);
  expect(news(tab)).toMatchObject([{ kind: "apart", assignmentId: id, state: "expired" }]);
  expect(shownWork(session(tab.engine))).toBeNull();
  await tab.engine.visit(id);
  expect(shown(tab.engine).answers).toEqual(overall(4));
  tab.engine.submit();
  await settled(tab.engine, () => shown(tab.engine).problem !== null);
  expect(shown(tab.engine)).toMatchObject({ answers: overall(4), problem: { kind: "lost" } });
  expect(news(tab)).toEqual([]);
  expect(await labels(project.id)).toHaveLength(1);
});

test("a draft whose lease ran out can be submitted while a place is free, and comes back by itself when its turn is", async () => {
  const { id, project, again } = await aLapsedDraft(4);
  const tab = again();
  await told(tab);
  await prisma.instance.updateMany({ where: { projectId: project.id }, data: { openSlots: 1 } });
  await tab.engine.visit(id);
  tab.engine.submit();
  await settled(tab.engine);
  expect(await labels(project.id)).toMatchObject([{ payload: { strength: 1 } }]);

  const lone = await aPage(1);
  const before = lone.open();
  await loadedLast(before);
  before.line.isDown = true;
  answer(before.engine, 2);
  await crash(before, 1);
  await prisma.assignment.updateMany({ where: { projectId: lone.project.id }, data: { leaseUntil: new Date(0) } });
  await sweepLapsedLeases(lone.project.id);
  const after = lone.open(before.shelf);
  await told(after);
  expect([news(after), shown(after.engine).answers]).toMatchObject([[{ kind: "back" }], overall(2)]);
});

test("a submission from before whose place is taken is on the screen again with the reason", async () => {
  const { project, open } = await aPage(1, { overlap: 1 });
  const before = open();
  await loadedLast(before);
  before.line.isDown = true;
  answer(before.engine, 5);
  before.engine.submit();
  await crash(before, 1);
  await prisma.assignment.updateMany({ where: { projectId: project.id }, data: { leaseUntil: new Date(0) } });
  await sweepLapsedLeases(project.id);
  await prisma.instance.updateMany({ where: { projectId: project.id }, data: { openSlots: 0 } });
  const again = open(before.shelf);
  await told(again);
  expect(news(again)).toEqual([{ kind: "returned", count: 1 }]);
  expect(shown(again.engine)).toMatchObject({ answers: overall(5), problem: { kind: "lost" } });
  again.engine.drop();
  await expect.poll(() => again.shelf.rows.size).toBe(0);
});

test("a draft of what was submitted elsewhere meanwhile waits for a decision, and can become a revision", async () => {
  const { project, open, access } = await aPage(2);
  const before = open();
  await loaded(before.engine);
  before.line.isDown = true;
  answer(before.engine, 5);
  const { id } = shown(before.engine).assignment;
  await crash(before, 1);
  await submitAssignment(access, id, aSubmission(1));
  const again = open(before.shelf);
  await settled(again.engine, () => shownWork(session(again.engine))?.problem != null);
  expect(shown(again.engine)).toMatchObject({
    assignment: { id },
    answers: overall(5),
    problem: { kind: "elsewhere" },
  });
  again.engine.store.dispatch({ type: "revising" });
  expect(again.engine.submit()).toBe("sent");
  await settled(again.engine);
  expect((await labels(project.id)).map(({ revision, isCurrent }) => [revision, isCurrent])).toEqual([
    [1, false],
    [2, true],
  ]);
  await expect.poll(() => again.shelf.rows.size).toBe(0);
});

test("a draft of questions that changed meanwhile is seen with them until the new ones are loaded", async () => {
  const { project, open } = await aPage(2);
  const before = open();
  await loaded(before.engine);
  before.line.isDown = true;
  answer(before.engine, 5);
  reasoned(before, "Kept");
  await crash(before, 1);
  const { user } = await aMember(project, { role: "admin" });
  await updateProject(await accessFor(user, project, "project:update"), {
    taskSchema: { ...defaultTaskSchema, questions: [{ ...defaultComparison, scale: 9 }] },
  });
  const again = open(before.shelf);
  await settled(again.engine, () => shownWork(session(again.engine))?.problem?.kind === "questions");
  expect(shown(again.engine)).toMatchObject({ answers: overall(5), assignment: { schemaVersion: 1 } });
  await again.engine.renew();
  expect(shown(again.engine)).toMatchObject({ answers: {}, reason: "Kept", problem: null });
});

test("a correction that was closed offline is stored later, also by the next tab", async () => {
  const { open, access } = await aPage(3);
  const before = open();
  await loaded(before.engine);
  answer(before.engine, 1);
  before.engine.submit();
  await loaded(before.engine);
  const [id] = session(before.engine).trail as [string];
  await before.engine.visit(id);
  before.line.isDown = true;
  answer(before.engine, 5);
  before.engine.store.dispatch({ type: "left-visit" });
  await crash(before, 1);
  const again = open(before.shelf);
  await told(again);
  expect(news(again)).toMatchObject([{ kind: "apart", assignmentId: id, state: "submitted" }]);
  expect((await getAssignment(access, id)).draft).toMatchObject({ answers: overall(5) });
});

test("where the device keeps nothing the page works as ever and says so", async () => {
  const { project, open } = await aPage(3);
  const shelf = memoryShelf();
  shelf.isBroken = true;
  const tab = open(shelf);
  await loaded(tab.engine);
  await told(tab);
  expect(news(tab)).toEqual([{ kind: "no-device" }]);
  tab.line.isDown = true;
  answer(tab.engine, 1);
  tab.engine.submit();
  await expect.poll(() => summariseSaving(session(tab.engine)).kind).toBe("unsaved");
  tab.line.isDown = false;
  await loaded(tab.engine);
  expect([await labels(project.id), summariseSaving(session(tab.engine)).kind]).toMatchObject([{ length: 1 }, "saved"]);
});

test("what cannot be read is skipped and told, and stays on the device; the rest is taken up", async () => {
  const { project, open } = await aPage(4);
  const before = open();
  await loaded(before.engine);
  before.line.isDown = true;
  answer(before.engine, 1);
  before.engine.submit();
  answer(before.engine, 4);
  await crash(before, 2);
  const [key, draft] = [...before.shelf.rows].find(([, { sending }]) => sending === null)!;
  before.shelf.rows.set(key, { ...draft, assignment: {} as typeof draft.assignment });
  const again = open(before.shelf);
  await loaded(again.engine);
  await told(again, 2);
  expect(news(again)).toMatchObject([{ kind: "sent", submissions: 1 }, { kind: "unreadable" }]);
  expect(await labels(project.id)).toHaveLength(1);
  expect([...again.shelf.rows.keys()]).toEqual([key]);
});

test("a submission and a draft on which the server goes on failing hold nothing up, and are stored when it recovers", async () => {
  const { project, open, access } = await aPage(4);
  const before = open();
  await loaded(before.engine);
  const [failing, drafted] = session(before.engine).queue.map(({ assignment }) => assignment.id);
  before.line.isDown = true;
  answer(before.engine, 1);
  before.engine.submit();
  answer(before.engine, 4);
  await crash(before, 2);
  const again = open(before.shelf);
  again.line.failsOn = (id) => id === failing || id === drafted;
  // The page is open: it has asked for more, and the server lends two at once.
  await expect.poll(() => session(again.engine).isExhausted).toBe(true);
  expect(session(again.engine).sending).toMatchObject([{ work: { assignment: { id: failing } } }]);
  expect(shown(again.engine)).toMatchObject({
    ...{ assignment: { id: drafted }, answers: overall(4), problem: { kind: "other" } },
  });
  again.line.failsOn = () => false;
  await settled(again.engine);
  expect([again.saved, await labels(project.id)]).toMatchObject([["from-before"], { length: 1 }]);
  reasoned(again, "More");
  await expect.poll(() => again.shelf.rows.size).toBe(0);
  expect((await getAssignment(access, drafted!)).draft).toMatchObject({ answers: overall(4), reason: "More" });
});

test("two tabs that send one submission from before store it once, and both go on", async () => {
  const { project, open } = await aPage(4);
  const before = open();
  await loaded(before.engine);
  before.line.isDown = true;
  answer(before.engine, 1);
  before.engine.submit();
  await crash(before, 1);
  const [here, there] = [open(before.shelf), open(before.shelf)];
  before.line.isDown = false;
  for (const { engine } of [before, here, there]) await loaded(engine);
  expect(await labels(project.id)).toHaveLength(1);
  expect(before.shelf.rows.size).toBe(0);
});

test("a second Enter does not submit the next instance, even when a draft has answered it", async () => {
  const { project, open, access } = await aPage(3);
  for (const held of [[], [(await nextAssignment(access, { held: [] }))!.id]]) {
    const { id } = (await nextAssignment(access, { held }))!;
    await saveDraft(access, id, { schemaVersion: 1, answers: overall(1), reason: "", activeMs: 0 });
  }
  const { engine, screen } = open();
  await loaded(engine);
  let show = () => {};
  screen.onceSeen = (then) => (show = then);
  expect([engine.submit(), engine.submit()]).toEqual(["sent", "too-soon"]);
  await settled(engine);
  // The page was slow: what is on the screen has not been seen for long.
  screen.laterMs = 600;
  expect(engine.submit()).toBe("too-soon");
  show();
  expect(engine.submit()).toBe("too-soon");
  expect(await labels(project.id)).toHaveLength(1);
  engine.store.dispatch({ type: "flagged", flag: { note: "" } });
  expect(engine.submit()).toBe("sent");
  answer(engine, 4);
  expect(engine.submit()).toBe("sent");
});

test("a second S does not skip the next instance, but S after Enter skips", async () => {
  const { project, open } = await aPage(3);
  const { engine, screen } = open();
  await loaded(engine);
  screen.onceSeen = () => {};
  expect([engine.skip(), engine.skip()]).toEqual([true, false]);
  await loaded(engine);
  answer(engine, 1);
  expect([engine.submit(), engine.skip()]).toEqual(["sent", true]);
  await settled(engine);
  expect(await labels(project.id)).toHaveLength(1);
  expect(await prisma.assignment.count({ where: { projectId: project.id, state: "skipped" } })).toBe(2);
});
