import { execFile, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { mkdtemp, chmod, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { startEmbedded, type EmbeddedServer } from "@/lib/db/embedded";
import { applyMigrations } from "@/lib/db/migrate";
import { migrateQueue } from "@/lib/jobs/migrate-queue";
import { end, startProcess } from "./processes";

const root = path.resolve(import.meta.dirname, "../..");
const readySeconds = 90;

export type Part = "web 1" | "web 2" | "worker" | "trainer" | "database";

type Started = Exclude<Part, "trainer" | "database">;

export type Site = {
  databaseUrl: string;
  /** Addresses of the two web processes. */
  urls: [string, string];
  /**
   * Ends a part with SIGKILL and starts it again; done when it is ready. The trainer is the worker's child, which starts
   * the next one. False when there was nothing to kill.
   */
  kill: (part: Part) => Promise<boolean>;
  stop: () => Promise<void>;
};

/**
 * A database of its own, two web processes and a worker, without the supervisor that would restart them. `environment`
 * is added to that of the processes.
 */
export async function startSite(environment: Record<string, string> = {}): Promise<Site> {
  const folder = await mkdtemp(path.join(os.tmpdir(), "tandem-bench-"));
  // The server's account, which is another one when this runs as root, has to get through.
  await chmod(folder, 0o711);
  const dataDir = path.join(folder, "postgres");
  let database: EmbeddedServer = await startEmbedded({ dataDir });
  const { url: databaseUrl, port: databasePort } = database;
  await applyMigrations(databaseUrl);
  await migrateQueue(databaseUrl);

  const ports = [await freePort(), await freePort()] as const;
  const urls: Site["urls"] = [`http://127.0.0.1:${ports[0]}`, `http://127.0.0.1:${ports[1]}`];
  const env = {
    ...process.env,
    NODE_ENV: "production" as const,
    DATABASE_URL: databaseUrl,
    TANDEM_SECRET: "x".repeat(32),
    LOG_LEVEL: "fatal",
    ...environment,
  };
  const children = new Map<Part, ChildProcess>();
  const starters: Record<Started, () => ChildProcess> = {
    "web 1": () => startWeb(ports[0], env),
    "web 2": () => startWeb(ports[1], env),
    worker: () => startProcess(["--import", "tsx", "workers/main.ts"], env),
  };
  const start = async (part: Started) => {
    children.set(part, starters[part]());
    if (part !== "worker") await untilReady(part === "web 1" ? urls[0] : urls[1]);
  };
  await Promise.all((Object.keys(starters) as Started[]).map(start));

  return {
    databaseUrl,
    urls,
    kill: async (part) => {
      if (part === "database") {
        process.kill(database.pid, "SIGKILL");
        database = await startEmbedded({ dataDir, port: databasePort });
      } else if (part === "trainer") {
        const pid = await trainerOf(children.get("worker")!);
        if (pid === null) return false;
        process.kill(pid, "SIGKILL");
      } else {
        await end(children.get(part)!, "SIGKILL");
        await start(part);
      }
      return true;
    },
    stop: async () => {
      await Promise.all([...children.values()].map((child) => end(child, "SIGKILL")));
      await database.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function startWeb(port: number, env: NodeJS.ProcessEnv): ChildProcess {
  return startProcess(
    [path.join(root, "node_modules/next/dist/bin/next"), "start", "-H", "127.0.0.1", "-p", String(port)],
    env,
  );
}

/** The trainer that a worker has started, if it has one now. */
async function trainerOf(worker: ChildProcess): Promise<number | null> {
  const { stdout } = await promisify(execFile)("ps", ["-e", "-o", "pid=,ppid=,args="]);
  const lines = stdout.split("\n").map((line) => /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line));
  const found = lines.find((line) => Number(line?.[2]) === worker.pid && line![3]!.includes("workers/trainer"));
  return found ? Number(found[1]) : null;
}

async function untilReady(url: string): Promise<void> {
  const deadline = Date.now() + readySeconds * 1000;
  for (;;) {
    const response = await fetch(`${url}/readyz`).catch(() => null);
    if (response?.ok) return;
    if (Date.now() > deadline) throw new Error(`${url} was not ready after ${readySeconds} s.`);
    await sleep(200);
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, "close");
  return port;
}
