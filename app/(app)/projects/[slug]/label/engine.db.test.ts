import { expect, test } from "vitest";
import { sweepLapsedLeases } from "@/lib/assignments/lease";
import { getAssignment } from "@/lib/assignments/queries";
import { openRelabelSet } from "@/lib/assignments/relabel/relabel-sets";
import { prisma } from "@/lib/db/client";
import { defaultComparison, defaultTaskSchema } from "@/lib/projects/schema";
import { updateProject } from "@/lib/projects/update";
import { accessFor, aMember, anInstance, aProject, type ProjectFields } from "@/lib/testing/builders";
import { shownWork } from "./_components/session";
import { answer, labels, loaded, openTab, session, settled, shown } from "./page-for-tests";

async function aPage(instances: number, fields: ProjectFields = {}) {
  const project = await aProject(fields);
  const { user } = await aMember(project);
  for (let n = 0; n < instances; n++) await anInstance(project);
  const access = await accessFor(user, project, "label:write");
  return { project, access, open: () => openTab(access) };
}

test("two instances are here from the start, and Enter shows the second before the server has answered", async () => {
  const { project, open } = await aPage(3);
  const { engine, saved } = open();
  await loaded(engine);
  const [first, second] = session(engine).queue.map(({ assignment }) => assignment.id);
  answer(engine, 1);
  expect(engine.submit()).toBe("sent");
  expect(shown(engine).assignment.id).toBe(second);
  await loaded(engine);
  expect([session(engine).trail, saved]).toEqual([[first], ["counted"]]);
  expect(await labels(project.id)).toHaveLength(1);
});

test("to the end: every instance once, then nothing is left", async () => {
  const { project, open } = await aPage(5, { overlap: 1 });
  const { engine } = open();
  await loaded(engine);
  for (let n = 0; n < 5; n++) {
    await settled(engine, () => shownWork(session(engine)) !== null);
    answer(engine, 2);
    engine.submit();
  }
  await settled(engine, () => session(engine).isExhausted);
  expect([session(engine).queue, await labels(project.id)]).toMatchObject([[], { length: 5 }]);
});

test("nothing is sent before every question is answered, and a second Enter submits nothing", async () => {
  const { project, open } = await aPage(2, {
    schema: { ...defaultTaskSchema, reason: "required" },
  });
  const { engine, line } = open();
  await loaded(engine);
  expect(engine.submit()).toBe("incomplete");
  answer(engine, 3);
  expect(engine.submit()).toBe("no-reason");
  engine.store.dispatch({ type: "reasoned", reason: "Equal" });
  expect([engine.submit(), engine.submit()]).toEqual(["sent", "incomplete"]);
  await settled(engine);
  expect([line.submissions, (await labels(project.id)).length]).toEqual([1, 1]);
});

test("a hidden text comes when its question is answered for good, and nothing is submitted before", async () => {
  const { project, open } = await aPage(2, {
    schema: { ...defaultTaskSchema, reveal: [{ show: "prompt", after: "comparison" }] },
  });
  const { engine, line } = open();
  await loaded(engine);
  expect(shown(engine).assignment.prompt).toBeNull();
  await engine.reveal("comparison");
  expect(shown(engine).assignment.prompt).toBeNull();
  answer(engine, 2);
  expect(engine.submit()).toBe("hidden");
  line.isDown = true;
  await expect(engine.reveal("comparison")).rejects.toThrow("cannot be reached");
  line.isDown = false;
  await engine.reveal("comparison");
  expect(shown(engine).assignment.prompt!.text).toMatch(/^Prompt \d+$/);
  answer(engine, 5);
  engine.store.dispatch({ type: "undone" });
  expect(shown(engine).answers).toEqual({ comparison: { overall: 2 } });
  expect(engine.submit()).toBe("sent");
  await settled(engine);
  expect(await labels(project.id)).toMatchObject([{ payload: { strength: 1 } }]);
});

test("while the network is away the person goes on, is told, and everything arrives once", async () => {
  const { project, open } = await aPage(4);
  const { engine, line } = open();
  await loaded(engine);
  line.isDown = true;
  for (const point of [1, 5]) {
    answer(engine, point);
    engine.submit();
  }
  await expect
    .poll(() => session(engine).sending.map(({ trouble }) => trouble))
    .toEqual(Array(2).fill("The server cannot be reached."));
  expect(shownWork(session(engine))).toBeNull();
  line.isDown = false;
  await loaded(engine);
  expect(await labels(project.id)).toHaveLength(2);
});

test("a submission whose answer was lost is repeated and stored once", async () => {
  const { project, open } = await aPage(3);
  const { engine, line, saved } = open();
  await loaded(engine);
  line.loseAnswers = true;
  answer(engine, 1);
  engine.submit();
  await expect.poll(() => line.submissions).toBeGreaterThan(2);
  line.loseAnswers = false;
  await loaded(engine);
  expect([saved, (await labels(project.id)).length]).toEqual([["counted"], 1]);
});

test("what is asked for again counts for today when it is confirmed, and a correction does not", async () => {
  const { project, open } = await aPage(3);
  const { engine, saved } = open();
  await loaded(engine);
  const { id } = shown(engine).assignment;
  answer(engine, 2);
  engine.submit();
  await settled(engine, () => saved.length === 1);
  const { user } = await aMember(project, { role: "admin" });
  const admin = await accessFor(user, project, "project:update");
  await updateProject(admin, { guidelines: "Prefer the shorter completion." });
  await openRelabelSet(admin, { guidelines: true });
  const again = open();
  again.engine.showGuidelines(2);
  await loaded(again.engine);
  await again.engine.visit(id);
  expect(shown(again.engine).assignment.askedAgain).toEqual({ questions: [], guidelines: true });
  again.screen.laterMs = 600;
  expect(again.engine.submit()).toBe("sent");
  await settled(again.engine, () => again.saved.length === 1);
  await again.engine.visit(id);
  answer(again.engine, 4);
  again.engine.submit();
  await settled(again.engine, () => again.saved.length === 2);
  expect([saved, again.saved]).toEqual([["counted"], ["counted", "revision"]]);
});

test("what another tab submitted comes back with the answers, and can be saved as a revision", async () => {
  const { project, open } = await aPage(3);
  const [here, there] = [open(), open()];
  await Promise.all([loaded(here.engine), loaded(there.engine)]);
  const { id } = shown(here.engine).assignment;
  answer(there.engine, 1);
  there.engine.submit();
  await settled(there.engine);
  expect(shown(here.engine).assignment.id).toBe(id);
  answer(here.engine, 5);
  here.engine.submit();
  await settled(here.engine, () => shown(here.engine).problem !== null);
  expect(shown(here.engine)).toMatchObject({
    assignment: { id },
    answers: { comparison: { overall: 5 } },
    problem: { kind: "elsewhere", message: expect.stringContaining("another tab") },
  });
  expect(here.engine.submit()).toBe("blocked");
  here.engine.store.dispatch({ type: "revising" });
  expect(here.engine.submit()).toBe("sent");
  await settled(here.engine);
  expect((await labels(project.id)).map(({ revision, isCurrent }) => [revision, isCurrent])).toEqual([
    [1, false],
    [2, true],
  ]);
  expect(here.saved).toEqual(["revision"]);
});

test("the draft tells at once that another tab submitted, and is otherwise saved and truly so", async () => {
  const { open, access } = await aPage(3);
  const [here, there] = [open(), open()];
  await Promise.all([loaded(here.engine), loaded(there.engine)]);
  const { id } = shown(here.engine).assignment;
  answer(here.engine, 4);
  expect(shown(here.engine).save.status).toBe("dirty");
  await expect.poll(() => shown(here.engine).save.status).toBe("saved");
  expect((await getAssignment(access, id)).draft).toMatchObject({ answers: { comparison: { overall: 4 } } });
  here.line.isDown = true;
  answer(here.engine, 2);
  await expect
    .poll(() => shown(here.engine).save)
    .toEqual({ status: "failed", message: "The server cannot be reached." });
  here.line.isDown = false;
  await expect.poll(() => shown(here.engine).save.status).toBe("saved");

  answer(there.engine, 1);
  there.engine.submit();
  await settled(there.engine);
  answer(here.engine, 3);
  await expect.poll(() => shown(here.engine).problem?.kind).toBe("elsewhere");
});

test("a lease that was lost is said, the answers are kept, and the page goes on", async () => {
  const { project, open } = await aPage(2, { overlap: 1 });
  const { engine } = open();
  await loaded(engine);
  const { id } = shown(engine).assignment;
  await prisma.assignment.updateMany({ where: { id }, data: { leaseUntil: new Date(0) } });
  await sweepLapsedLeases();
  await prisma.instance.updateMany({ where: { projectId: project.id }, data: { openSlots: 0 } });
  answer(engine, 1);
  engine.submit();
  await settled(engine, () => shown(engine).problem !== null);
  expect(shown(engine)).toMatchObject({
    assignment: { id },
    answers: { comparison: { overall: 1 } },
    problem: { kind: "lost" },
  });
  engine.drop();
  expect(shown(engine).assignment.id).not.toBe(id);
});

test("questions that changed meanwhile can be loaded, the reason stays", async () => {
  const { project, open } = await aPage(2);
  const { engine } = open();
  await loaded(engine);
  const { user } = await aMember(project, { role: "admin" });
  await updateProject(await accessFor(user, project, "project:update"), {
    taskSchema: { ...defaultTaskSchema, questions: [{ ...defaultComparison, scale: 9 }] },
  });
  answer(engine, 5);
  engine.store.dispatch({ type: "reasoned", reason: "Kept" });
  engine.submit();
  await settled(engine, () => shown(engine).problem?.kind === "questions");
  await engine.renew();
  expect(shown(engine)).toMatchObject({
    answers: {},
    reason: "Kept",
    problem: null,
    assignment: { schema: { questions: [{ scale: 9 }] } },
  });
  answer(engine, 9);
  expect(engine.submit()).toBe("sent");
  await settled(engine);
  expect(await labels(project.id)).toMatchObject([{ schemaVersion: 2, payload: { scale: 9, strength: 4 } }]);
});

test("back through what was submitted, also before this visit, and a revision from there", async () => {
  const { project, open } = await aPage(5);
  const before = open();
  await loaded(before.engine);
  answer(before.engine, 1);
  before.engine.submit();
  await settled(before.engine);
  const oldest = session(before.engine).trail[0];
  before.close();

  const { engine } = open();
  await loaded(engine);
  answer(engine, 2);
  engine.submit();
  expect(await engine.visitPrevious()).toBe(true);
  expect(shown(engine)).toMatchObject({
    assignment: { id: session(engine).trail[0] },
    answers: { comparison: { overall: 2 } },
  });
  expect(await engine.visitPrevious()).toBe(true);
  expect(shown(engine)).toMatchObject({ assignment: { id: oldest }, answers: { comparison: { overall: 1 } } });
  expect(await engine.visitPrevious()).toBe(false);
  answer(engine, 5);
  expect(engine.submit()).toBe("sent");
  await loaded(engine);
  expect((await labels(project.id)).map(({ revision }) => revision).sort()).toEqual([1, 1, 2]);
});

test("a revision without changes is only closed", async () => {
  const { open } = await aPage(3);
  const { engine, line } = open();
  await loaded(engine);
  answer(engine, 1);
  engine.submit();
  await loaded(engine);
  await engine.visitPrevious();
  expect(engine.submit()).toBe("unchanged");
  expect([session(engine).visit, line.submissions]).toEqual([null, 1]);
});

test("a skipped instance goes to others with the reason, and can be had back", async () => {
  const { project, open } = await aPage(3, { overlap: 1 });
  const { engine } = open();
  await loaded(engine);
  const { id } = shown(engine).assignment;
  engine.store.dispatch({ type: "reasoned", reason: "Not my language" });
  engine.skip();
  await loaded(engine);
  expect(await prisma.assignment.findFirst({ where: { id } })).toMatchObject({
    state: "skipped",
    skipReason: "Not my language",
  });
  await engine.visitPrevious();
  answer(engine, 3);
  expect(engine.submit()).toBe("sent");
  await settled(engine);
  expect(await labels(project.id)).toHaveLength(1);
});

test("leaving gives back what was fetched ahead and keeps what was begun", async () => {
  const { project, open, access } = await aPage(3);
  const { engine, close } = open();
  await loaded(engine);
  const { id } = shown(engine).assignment;
  answer(engine, 4);
  close();
  await expect.poll(() => prisma.assignment.count({ where: { projectId: project.id, state: "released" } })).toBe(1);
  await expect
    .poll(async () => (await getAssignment(access, id)).draft)
    .toMatchObject({ answers: { comparison: { overall: 4 } } });
  const again = open();
  await loaded(again.engine);
  expect(shown(again.engine)).toMatchObject({ assignment: { id }, answers: { comparison: { overall: 4 } } });
});

test("a draft is as old as its words, however late it is sent, and the lease is extended with the same", async () => {
  const { open, access } = await aPage(2);
  const { engine, line } = open();
  await loaded(engine);
  const { id } = shown(engine).assignment;
  const stored = async () => (await getAssignment(access, id)).draft;
  await engine.keep();
  expect(await stored()).toMatchObject({ answers: {}, writtenAt: new Date(0).toISOString() });
  line.isDown = true;
  answer(engine, 4);
  const { saidAt } = shown(engine);
  await settled(engine, () => shown(engine).save.status === "failed");
  line.isDown = false;
  await settled(engine, () => shown(engine).save.status === "saved");
  expect(await stored()).toMatchObject({ answers: { comparison: { overall: 4 } }, writtenAt: saidAt });
  await engine.keep();
  expect(await stored()).toMatchObject({ answers: { comparison: { overall: 4 } }, writtenAt: saidAt });
});

test("a skip is explained as soon as the server knows of it, and a flag goes along", async () => {
  const { project, open } = await aPage(3);
  const { engine, line } = open();
  await loaded(engine);
  const { id } = shown(engine).assignment;
  engine.store.dispatch({ type: "flagged", flag: { note: "cut off" } });
  line.isDown = true;
  engine.skip();
  const explained = engine.explainSkip(id, "Not my field");
  line.isDown = false;
  await explained;
  expect(await prisma.assignment.findFirstOrThrow({ where: { projectId: project.id, id } })).toMatchObject({
    ...{ state: "skipped", skipReason: "Not my field", flagNote: "cut off" },
  });
});

test("a submission carries the doubt and the flag, and a flag alone is no revision but is kept", async () => {
  const { project, open } = await aPage(2);
  const { engine, line } = open();
  await loaded(engine);
  const { id } = shown(engine).assignment;
  answer(engine, 1);
  engine.store.dispatch({ type: "doubted", isUnsure: true });
  engine.store.dispatch({ type: "flagged", flag: { note: "harmful" } });
  engine.submit();
  await settled(engine);
  await engine.visit(id);
  expect(shown(engine)).toMatchObject({ isUnsure: true, assignment: { flag: { note: "harmful" } } });
  engine.store.dispatch({ type: "flagged", flag: null });
  line.isDown = true;
  expect(engine.submit()).toBe("unchanged");
  await settled(engine, () => session(engine).aside[0]?.save.status === "failed");
  line.isDown = false;
  await settled(engine, () => session(engine).aside.length === 0);
  expect(await prisma.assignment.findFirstOrThrow({ where: { projectId: project.id, id } })).toMatchObject({
    flaggedAt: null,
  });
  expect(await labels(project.id)).toMatchObject([{ isUnsure: true, revision: 1 }]);
});

test("an instance that comes to a page in the background has no active time until it is shown", async () => {
  const { open } = await aPage(1);
  const { engine } = open();
  engine.clocks.hide();
  await loaded(engine, 1);
  await expect.poll(() => performance.now() - shown(engine).arrivedAt, { interval: 5 }).toBeGreaterThan(20);
  expect(engine.clocks.read(shown(engine))).toBe(0);
  engine.clocks.show();
  await expect.poll(() => engine.clocks.read(shown(engine)), { interval: 5 }).toBeGreaterThan(0);
});
