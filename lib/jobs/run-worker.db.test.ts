import { beforeEach, expect, test, vi } from "vitest";
import { prisma } from "@/lib/db/client";
import { enqueue } from "./enqueue";
import { runWorker } from "./run-worker";

const patience = { timeout: 30_000 };

beforeEach(async () => {
  await prisma.$executeRaw`delete from graphile_worker._private_jobs`;
  await prisma.$executeRaw`delete from graphile_worker._private_tasks`;
});

test("a worker whose first question to the database fails, as in an outage, takes jobs when it is over", async () => {
  await enqueue(prisma, { name: "sweep-leases", payload: {} });
  // What the queue asks for first and never again.
  await prisma.$executeRaw`alter table graphile_worker._private_tasks rename to away`;
  const done = vi.fn();
  const stop = new AbortController();
  const worker = runWorker({ tasks: { "sweep-leases": done }, crontab: "" }, stop.signal);
  try {
    const { id } = (await vi.waitUntil(() => prisma.workerProcess.findFirst(), patience))!;
    await vi.waitUntil(async () => (await prisma.workerProcess.count({ where: { id } })) === 0, patience);
  } finally {
    await prisma.$executeRaw`alter table graphile_worker.away rename to _private_tasks`;
  }
  await vi.waitUntil(() => done.mock.calls.length > 0, patience);
  stop.abort();
  await worker;
  expect(done).toHaveBeenCalledOnce();
});
