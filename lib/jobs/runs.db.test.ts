import { beforeEach, expect, test } from "vitest";
import { prisma } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import { inLocale } from "@/lib/say";
import { accessFor, aMember, aProject } from "@/lib/testing/builders";
import { workOff } from "@/lib/testing/work-off";
import { runTasks } from "./execute-run";
import { cancelRun, createRun, getRun, listRuns, queueRun, type RunHandler } from "./runs";
import { sweepRuns } from "./sweep-runs";
import { unlockDeadWorkers } from "./worker-life";

beforeEach(async () => {
  await prisma.project.deleteMany();
  await prisma.$executeRaw`delete from graphile_worker._private_jobs`;
});

test("a run goes from queued to succeeded and keeps its progress and result", async () => {
  const { access, id } = await aRun({ file: "a.jsonl" });
  expect(await getRun(access, id)).toMatchObject({
    state: "queued",
    progress: { done: 0, total: null, unit: "lines" },
  });

  await work(async (run) => {
    expect(run.payload).toEqual({ file: "a.jsonl" });
    expect(run.checkpoint).toBeNull();
    expect(run.createdById).toBe(access.userId);
    await run.save(prisma, { progress: { done: 3, total: 3, unit: "lines" } });
    return { instances: 3 };
  });

  const run = await getRun(access, id);
  expect(run).toMatchObject({
    state: "succeeded",
    result: { instances: 3 },
    error: null,
    progress: { done: 3, total: 3 },
  });
  expect(Date.parse(run.finishedAt!)).toBeGreaterThanOrEqual(Date.parse(run.startedAt!));
  expect(await jobs()).toEqual([]);
});

test("the run and its job are one transaction", async () => {
  const { access } = await aWorld();
  await expect(
    prisma.$transaction(async (db) => {
      await createRun(db, access, { kind: "import", payload: {} });
      throw new Error("no");
    }),
  ).rejects.toThrow("no");
  expect(await prisma.run.count()).toBe(0);
  expect(await jobs()).toEqual([]);
});

test("an expected error fails the run at once, in its own words", async () => {
  const { access, id } = await aRun();
  await work(async () => {
    throw new AppError("invalid", "Line 3 is not JSON. Correct it and import again.");
  });
  expect(await getRun(access, id)).toMatchObject({
    state: "failed",
    error: "Line 3 is not JSON. Correct it and import again.",
  });
  expect(await jobs()).toEqual([]);
});

test("an unexpected error is tried five times from the checkpoint, then fails the run without its details", async () => {
  const { access, id } = await aRun();
  const seen: unknown[] = [];
  const handler: RunHandler = async (run) => {
    seen.push(run.checkpoint);
    await run.save(prisma, {
      checkpoint: { line: seen.length },
      progress: { done: seen.length, total: 9, unit: "lines" },
    });
    throw new Error("secret detail");
  };
  for (let attempt = 1; attempt < 5; attempt++) {
    await work(handler);
    expect(await getRun(access, id)).toMatchObject({ state: "queued", error: null, progress: { done: attempt } });
    await prisma.$executeRaw`update graphile_worker._private_jobs set run_at = now()`;
  }
  await work(handler);
  expect(seen).toEqual([null, { line: 1 }, { line: 2 }, { line: 3 }, { line: 4 }]);
  const run = await getRun(access, id);
  expect(run.state).toBe("failed");
  expect(run.error).toContain(id);
  expect(run.error).not.toContain("secret");
});

test("a run that waits is cancelled at once", async () => {
  const { access, id } = await aRun();
  expect(await cancelRun(access, id)).toMatchObject({ state: "cancelled" });
  expect(await jobs()).toEqual([]);
  await work(() => expect.unreachable());
  expect((await cancelRun(access, id)).state).toBe("cancelled");
  expect(await prisma.auditEvent.count({ where: { action: "run.cancel", projectId: access.projectId } })).toBe(1);
});

test("a running run stops at its next batch, which rolls back", async () => {
  const { access, id } = await aRun();
  await work(async (run) => {
    await run.save(prisma, { checkpoint: { line: 1 }, progress: { done: 1, total: 2, unit: "lines" } });
    expect(await cancelRun(access, id)).toMatchObject({ state: "running", cancelRequestedAt: expect.any(String) });
    await prisma.$transaction(async (db) => {
      await db.project.update({ where: { id: run.projectId }, data: { name: "Half done" } });
      await run.save(db, { progress: { done: 2, total: 2, unit: "lines" } });
    });
    return {};
  });
  expect(await getRun(access, id)).toMatchObject({ state: "cancelled", progress: { done: 1 }, result: null });
  expect((await prisma.project.findFirst())?.name).not.toBe("Half done");
});

test("a run that has ended cannot be cancelled", async () => {
  const { access, id } = await aRun();
  await work(async () => ({}));
  await expect(cancelRun(access, id)).rejects.toMatchObject({ code: "conflict" });
});

test("after a killed worker another one goes on from the checkpoint, and the first can write no more", async () => {
  const { access, id } = await aRun();
  let resumed: unknown;
  await work(async (first) => {
    await first.save(prisma, { checkpoint: { line: 5 }, progress: { done: 5, total: 10, unit: "lines" } });
    // As if this worker had been silent for too long: it has no row, and its lock is old.
    await prisma.$executeRaw`update graphile_worker._private_jobs set locked_at = now() - interval '16 seconds'`;
    await unlockDeadWorkers();
    await work(async (second) => {
      resumed = second.checkpoint;
      await second.save(prisma, { checkpoint: { line: 10 }, progress: { done: 10, total: 10, unit: "lines" } });
      return { by: "second" };
    });
    await expect(first.save(prisma, { progress: { done: 6, total: 10, unit: "lines" } })).rejects.toThrow(
      "taken it over",
    );
    return { by: "first" };
  });
  expect(resumed).toEqual({ line: 5 });
  expect(await getRun(access, id)).toMatchObject({
    state: "succeeded",
    result: { by: "second" },
    progress: { done: 10 },
  });
});

test("jobs of a worker whose heart beats stay locked", async () => {
  await aRun();
  await work(async () => {
    await prisma.$executeRaw`update graphile_worker._private_jobs set locked_at = now() - interval '1 hour'`;
    await prisma.$executeRaw`insert into worker_processes (id, host, pid) select locked_by, 'here', 1 from graphile_worker.jobs`;
    await unlockDeadWorkers();
    expect((await jobs())[0]).toMatchObject({ locked: true });
    await prisma.$executeRaw`update worker_processes set heartbeat_at = now() - interval '16 seconds'`;
    await unlockDeadWorkers();
    expect((await jobs())[0]).toMatchObject({ locked: false });
    expect(await prisma.workerProcess.count()).toBe(0);
    return {};
  });
});

test("a worker that stops hands its run on with all attempts", async () => {
  const { access, id } = await aRun();
  const stop = new AbortController();
  const tasks = runTasks({ import: pausing, snapshot: pausing });
  async function pausing(run: Parameters<RunHandler>[0]) {
    await run.save(prisma, { checkpoint: { line: 1 }, progress: { done: 1, total: 2, unit: "lines" } });
    stop.abort();
    await run.save(prisma, { checkpoint: { line: 2 }, progress: { done: 2, total: 2, unit: "lines" } });
    return {};
  }
  const helpers = { job: { attempts: 5, max_attempts: 5 }, abortSignal: stop.signal };
  await tasks.import({ projectId: access.projectId, runId: id }, helpers as never);

  expect(await getRun(access, id)).toMatchObject({ state: "queued", progress: { done: 1 } });
  expect(await jobs()).toMatchObject([{ attempts: 0 }]);
  await work(async (run) => ({ from: run.checkpoint as object }));
  expect(await getRun(access, id)).toMatchObject({ state: "succeeded", result: { from: { line: 1 } } });
});

test("an upload becomes a queued run once, and not after it was cancelled", async () => {
  const { access } = await aWorld();
  const { id } = await createRun(prisma, access, { kind: "import", payload: {}, state: "uploading" });
  await work(() => expect.unreachable());
  await queueRun(prisma, access.projectId, id);
  await expect(queueRun(prisma, access.projectId, id)).rejects.toMatchObject({ code: "conflict" });

  const other = await createRun(prisma, access, { kind: "import", payload: {}, state: "uploading" });
  await aChunk(access.projectId, other.id);
  await cancelRun(access, other.id);
  expect(await prisma.uploadChunk.count()).toBe(0);
  await expect(queueRun(prisma, access.projectId, other.id)).rejects.toMatchObject({ code: "conflict" });
});

test("the sweep fails late uploads and runs whose job was given up, and deletes bytes that nobody needs", async () => {
  const { access } = await aWorld();
  const late = await createRun(prisma, access, { kind: "import", payload: {}, state: "uploading" });
  const recent = await createRun(prisma, access, { kind: "import", payload: {}, state: "uploading" });
  const lost = await createRun(prisma, access, { kind: "import", payload: {} });
  const waiting = await createRun(prisma, access, { kind: "snapshot", payload: {} });
  await prisma.run.update({
    where: { projectId_id: { projectId: access.projectId, id: late.id } },
    data: { createdAt: new Date(Date.now() - 61 * 60_000) },
  });
  await prisma.$executeRaw`update graphile_worker._private_jobs set attempts = max_attempts where key = ${`run:${lost.id}`}`;
  await aChunk(access.projectId, late.id);
  await aChunk(access.projectId, recent.id);

  expect(await sweepRuns()).toEqual({ failed: 2 });
  expect(await getRun(access, late.id)).toMatchObject({ state: "failed", error: expect.stringContaining("hour") });
  const english = `The worker ended unexpectedly at every attempt. Start the import again; if that fails too, give your admin the reference ${lost.id}.`;
  expect(await getRun(access, lost.id)).toMatchObject({ state: "failed", error: english });
  const { error } = await inLocale("zh-Hans", () => getRun(access, lost.id));
  expect(error).toBe(
    `工作进程每次尝试时都意外终止。请重新开始“导入”运行任务；如果仍然失败，请把参考编号 ${lost.id} 告诉管理员。`,
  );
  expect(await getRun(access, recent.id)).toMatchObject({ state: "uploading" });
  expect(await getRun(access, waiting.id)).toMatchObject({ state: "queued" });
  expect(await prisma.uploadChunk.findMany()).toMatchObject([{ runId: recent.id }]);
});

test("a run that gets further between deaths of its workers is given up only once it does not", async () => {
  const { access } = await aWorld();
  const { id } = await createRun(prisma, access, { kind: "import", payload: {} });
  const exhaust = async (done?: number) => {
    await prisma.$executeRaw`update graphile_worker._private_jobs set attempts = max_attempts where key = ${`run:${id}`}`;
    if (done === undefined) return;
    const checkpoint = JSON.stringify({ holder: "a dead worker", value: { done } });
    await prisma.$executeRaw`update runs set checkpoint = coalesce(checkpoint, '{}') || ${checkpoint}::jsonb where id = ${id}::uuid`;
  };
  for (const done of [1, 2]) {
    await exhaust(done);
    expect(await sweepRuns()).toEqual({ failed: 0 });
    expect(await prisma.$queryRaw`select attempts from graphile_worker.jobs`).toEqual([{ attempts: 0 }]);
  }
  await exhaust();
  expect(await sweepRuns()).toEqual({ failed: 1 });
});

test("runs are listed newest first, page by page, and only those of the project", async () => {
  const { access } = await aWorld();
  const other = await aRun();
  const ids: string[] = [];
  for (const kind of ["import", "snapshot", "import"] as const)
    ids.unshift((await createRun(prisma, access, { kind, payload: {} })).id);

  const first = await listRuns(access, { limit: 2 });
  expect(first.items.map((run) => run.id)).toEqual(ids.slice(0, 2));
  const second = await listRuns(access, { limit: 2, cursor: first.nextCursor! });
  expect(second).toMatchObject({ items: [{ id: ids[2] }], nextCursor: null });
  expect((await listRuns(access, { kind: "snapshot", limit: 9 })).items).toMatchObject([{ id: ids[1] }]);
  await expect(getRun(access, other.id)).rejects.toMatchObject({ code: "not_found" });
});

async function aWorld() {
  const project = await aProject();
  const { user } = await aMember(project, { role: "researcher" });
  const access = await accessFor(user, project, "instance:import");
  // One role holds all three permissions; the proofs are joined for brevity.
  return {
    access: access as typeof access &
      Awaited<ReturnType<typeof accessFor<"run:read">>> &
      Awaited<ReturnType<typeof accessFor<"run:cancel">>>,
  };
}

async function aRun(payload = {}) {
  const { access } = await aWorld();
  const { id } = await prisma.$transaction((db) => createRun(db, access, { kind: "import", payload }));
  return { access, id };
}

async function aChunk(projectId: string, runId: string): Promise<void> {
  await prisma.uploadChunk.create({ data: { projectId, runId, seq: 0, bytes: Buffer.from("{}") } });
}

/** Works off the queue as the worker process does. */
async function work(handler: RunHandler): Promise<void> {
  await workOff(runTasks({ import: handler, snapshot: handler }));
}

function jobs(): Promise<{ locked: boolean; attempts: number }[]> {
  return prisma.$queryRaw`select locked_at is not null as locked, attempts from graphile_worker.jobs order by id`;
}
