import { spawn } from "node:child_process";
import { once } from "node:events";
import { expect, test, vi } from "vitest";
import { prisma } from "@/lib/db/client";
import { accessFor, aMember, aProject } from "@/lib/testing/builders";
import { createRun, getRun } from "./runs";

test("a worker that does not take a kind leaves its runs to others, and the run says so", async () => {
  const project = await aProject();
  const { user } = await aMember(project, { role: "researcher" });
  const { id } = await createRun(prisma, await accessFor(user, project, "instance:import"), {
    kind: "import",
    payload: {},
  });
  const worker = spawn(process.execPath, ["--import", "tsx", "workers/main.ts"], {
    env: { ...process.env, WORKER_TASKS: "snapshot, sweep-leases" },
    stdio: "ignore",
  });
  const ended = once(worker, "exit");
  try {
    await vi.waitFor(
      async () =>
        expect(await prisma.workerProcess.findMany()).toMatchObject([{ tasks: ["snapshot", "sweep-leases"] }]),
      { timeout: 60_000, interval: 100 },
    );
    await new Promise((resolve) => setTimeout(resolve, 1500));
    const reader = await accessFor(user, project, "run:read");
    expect(await getRun(reader, id)).toMatchObject({ state: "queued", lacksWorker: true });
  } finally {
    worker.kill("SIGKILL");
    await ended;
  }
});
