import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { prisma } from "@/lib/db/client";
import { accessFor, aMember, aProject } from "@/lib/testing/builders";
import { streamRun } from "./run-events";
import { createRun } from "./runs";
import type { RunView } from "./schema";
import { startHeartbeat } from "./worker-life";

const patience = { timeout: 20_000 };

/** Streams that are read, and what ends them: one that went on would look for its run when its database is gone. */
let readings: Promise<void>[];
let end: AbortController;

beforeEach(async () => {
  readings = [];
  end = new AbortController();
  await prisma.project.deleteMany();
});

afterEach(async () => {
  end.abort();
  await Promise.all(readings);
});

async function aRun() {
  const project = await aProject();
  const { user } = await aMember(project, { role: "researcher" });
  const access = await accessFor(user, project, "run:read");
  const starter = await accessFor(user, project, "instance:import");
  const { id } = await createRun(prisma, starter, { kind: "import", payload: {} });
  const update = (data: Parameters<typeof prisma.run.update>[0]["data"]) =>
    prisma.run.update({ where: { projectId_id: { projectId: project.id, id } }, data });
  return { access, id, update, user };
}

/** What came over a stream so far, and whether it has ended. */
function reading(stream: ReadableStream<Uint8Array>) {
  const state = { text: "", isDone: false, runs: () => runsIn(state.text) };
  const read = async () => {
    const decoder = new TextDecoder();
    for await (const part of stream) state.text += decoder.decode(part, { stream: true });
    state.isDone = true;
  };
  readings.push(read());
  return state;
}

function runsIn(text: string): RunView[] {
  return [...text.matchAll(/^event: run\ndata: (.*)\n\n/gm)].map(([, json]) => JSON.parse(json!) as RunView);
}

test("a run is told at once, at every change, and to its end", async () => {
  const { access, id, update, user } = await aRun();
  const stream = reading(await streamRun({ access, runId: id, signal: end.signal }));
  await vi.waitFor(
    () => expect(stream.runs()).toMatchObject([{ id, state: "queued", createdBy: user.name }]),
    patience,
  );

  await update({ state: "running", progress: { done: 1, total: 2, unit: "lines" } });
  await vi.waitFor(
    () => expect(stream.runs().at(-1)).toMatchObject({ state: "running", progress: { done: 1 } }),
    patience,
  );
  await new Promise((resolve) => setTimeout(resolve, 1200));
  expect(stream.runs()).toHaveLength(2);
  expect(stream.isDone).toBe(false);

  await update({ state: "failed", error: "No.", finishedAt: new Date() });
  await vi.waitFor(() => expect(stream.isDone).toBe(true), patience);
  expect(stream.runs().at(-1)).toMatchObject({ state: "failed", error: "No." });
  expect(stream.text).toMatch(/^retry: \d+\n/);
});

test("a run that has ended is told once", async () => {
  const { access, id, update } = await aRun();
  await update({ state: "succeeded", finishedAt: new Date() });
  const stream = reading(await streamRun({ access, runId: id, signal: end.signal }));
  await vi.waitFor(() => expect(stream.isDone).toBe(true), patience);
  expect(stream.runs()).toMatchObject([{ state: "succeeded" }]);
});

test("nobody is followed for whom nobody reads", async () => {
  const { access, id } = await aRun();
  const client = new AbortController();
  const left = reading(await streamRun({ access, runId: id, signal: client.signal }));
  client.abort();
  await vi.waitFor(() => expect(left.isDone).toBe(true), patience);

  const looks = vi.spyOn(prisma.run, "findUnique");
  const cancelled = await streamRun({ access, runId: id, signal: end.signal });
  await cancelled.cancel();
  const before = looks.mock.calls.length;
  await new Promise((resolve) => setTimeout(resolve, 1200));
  expect(looks.mock.calls.length).toBe(before);
});

test("a run of another project is not there, and one that is deleted meanwhile ends the stream", async () => {
  const { access, id } = await aRun();
  const other = await aRun();
  await expect(streamRun({ access, runId: other.id, signal: end.signal })).rejects.toMatchObject({
    code: "not_found",
  });
  const stream = reading(await streamRun({ access, runId: id, signal: end.signal }));
  await prisma.project.delete({ where: { id: access.projectId } });
  await vi.waitFor(() => expect(stream.isDone).toBe(true), patience);
});

test("a run that waits says whether a live worker takes its kind", async () => {
  const { access, id } = await aRun();
  const stream = reading(await streamRun({ access, runId: id, signal: end.signal }));
  await vi.waitFor(() => expect(stream.runs()).toMatchObject([{ lacksWorker: true }]), patience);
  const other = startHeartbeat("worker-1", ["snapshot"]);
  const signOff = startHeartbeat("worker-2", ["import", "judge"]);
  await vi.waitFor(() => expect(stream.runs().at(-1)).toMatchObject({ lacksWorker: false }), patience);
  await signOff();
  await vi.waitFor(() => expect(stream.runs().at(-1)).toMatchObject({ lacksWorker: true }), patience);
  await other();
});
