import { execFile, spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdtemp, readFile, rm } from "node:fs/promises";
import { createServer, type AddressInfo } from "node:net";
import os from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import pg from "pg";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { ensureBuilt } from "../build";
import { embeddedUrl, stopEmbedded } from "@/lib/db/embedded";
import { root } from "./settings";

type Start = { process: ChildProcess; output: () => string };

const started: ChildProcess[] = [];
let dataDir: string;
let port: number;
let site: Start;

beforeAll(async () => {
  dataDir = await mkdtemp(path.join(os.tmpdir(), "tandem-start-"));
  // The database's account, which is another one when this runs as root, has to get through.
  await chmod(dataDir, 0o711);
  port = await freePort();
  await ensureBuilt({ say: () => {}, logFile: path.join(dataDir, "build.log") });
}, 300_000);

afterAll(async () => {
  for (const child of started) child.kill("SIGKILL");
  await stopEmbedded(path.join(dataDir, "postgres"));
  await rm(dataDir, { recursive: true, force: true });
});

test("the first start makes a database, serves the site and prints a link for the first admin", async () => {
  site = start();
  await untilReady();
  await vi.waitFor(() => expect(site.output()).toMatch(/first-run\?token=\S+/), 90_000);
  expect(site.output()).toContain(`Ready: http://localhost:${port}`);
  await vi.waitFor(async () => expect(await workers()).toHaveLength(1), 90_000);
});

test("a second start in the same folder says where the first one runs", async () => {
  const second = start({ PORT: String(await freePort()) });
  expect(await exitCode(second)).toBe(1);
  expect(second.output()).toContain(`Tandem already runs in this folder, at http://localhost:${port}`);
});

test("a killed web process comes back", async () => {
  await killWhatAnswers();
  await untilReady();
  expect(site.output()).toMatch(/web process ended unexpectedly \(SIGKILL\)/);
});

test("a killed worker comes back", async () => {
  const [worker] = await workers();
  process.kill(worker!.pid, "SIGKILL");
  await vi.waitFor(async () => {
    expect((await workers()).some(({ pid }) => pid !== worker!.pid)).toBe(true);
  }, 30_000);
});

test("web and worker live through a killed database, which comes back", async () => {
  const before = (await workers()).map(({ pid }) => pid).sort();
  const [postmaster] = (await readFile(path.join(dataDir, "postgres", "data", "postmaster.pid"), "utf8")).split("\n");
  process.kill(Number(postmaster), "SIGKILL");
  await vi.waitFor(() => expect(site.output()).toContain("The database runs again."), 20_000);
  await untilReady();
  const beats = await query("select 1 from worker_processes where heartbeat_at > now() - interval '1 second'", 15_000);
  expect(beats).not.toHaveLength(0);
  expect((await workers()).map(({ pid }) => pid).every((pid) => before.includes(pid))).toBe(true);
  expect(site.output().match(/web process ended/g)).toHaveLength(1);
});

test("a killed supervisor takes web and worker along, and the next start works at once on the same data", async () => {
  await query("create table kept (n int)");
  const [worker] = await workers();
  site.process.kill("SIGKILL");
  await vi.waitFor(async () => expect(await readyz()).toBeUndefined(), 30_000);
  await vi.waitFor(() => expect(isRunning(worker!.pid)).toBe(false), 30_000);

  site = start();
  await untilReady();
  expect(await query("select count(*)::int as n from kept")).toEqual([{ n: 0 }]);
});

test("Ctrl-C ends everything within ten seconds", async () => {
  const [worker] = await vi.waitFor(async () => {
    const found = await workers();
    expect(found).not.toHaveLength(0);
    return found;
  }, 30_000);
  const began = Date.now();
  site.process.kill("SIGINT");
  expect(await exitCode(site)).toBe(0);
  expect(Date.now() - began).toBeLessThan(10_000);
  expect(await readyz()).toBeUndefined();
  expect(isRunning(worker!.pid)).toBe(false);
  expect(await embeddedUrl(path.join(dataDir, "postgres"))).toBeUndefined();
});

test("a busy port is refused before anything is started", async () => {
  const other = createServer().listen(0, "127.0.0.1");
  await once(other, "listening");
  const taken = (other.address() as AddressInfo).port;
  const attempt = start({ PORT: String(taken) });
  expect(await exitCode(attempt)).toBe(1);
  expect(attempt.output()).toMatch(
    new RegExp(`^Port ${taken} is taken by another program.*PORT=${taken + 1} npm start\\s*$`),
  );
  other.close();
});

test("a database that cannot be reached is named within ten seconds, without its password", async () => {
  const began = Date.now();
  const attempt = start({
    DATABASE_URL: `postgresql://tandem:secret@127.0.0.1:${await freePort()}/labels`,
    TANDEM_SECRET: "x".repeat(32),
  });
  expect(await exitCode(attempt)).toBe(1);
  expect(Date.now() - began).toBeLessThan(10_000);
  expect(attempt.output()).toMatch(/The database labels at 127\.0\.0\.1:\d+ cannot be used: .*ECONNREFUSED/);
  expect(attempt.output()).not.toContain("secret");
});

test("a database of one's own needs a secret of one's own", async () => {
  const attempt = start({ DATABASE_URL: "postgresql://127.0.0.1/labels" });
  expect(await exitCode(attempt)).toBe(1);
  expect(attempt.output()).toContain("TANDEM_SECRET is not");
});

function start(env: Record<string, string> = {}): Start {
  const child = spawn(process.execPath, ["--import", "tsx", "bin/start.ts"], {
    cwd: root,
    env: {
      ...process.env,
      ...{ NODE_ENV: "production", LOG_LEVEL: "info", DATABASE_URL: "", TANDEM_SECRET: "" },
      ...{ PORT: String(port), TANDEM_DATA_DIR: dataDir, ...env },
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  started.push(child);
  let output = "";
  child.stdout.on("data", (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (output += chunk.toString()));
  return { process: child, output: () => output };
}

async function exitCode({ process: child }: Start): Promise<number | null> {
  if (child.exitCode === null) await once(child, "close");
  return child.exitCode;
}

async function readyz(): Promise<{ status: string } | undefined> {
  const response = await fetch(`http://127.0.0.1:${port}/readyz`).catch(() => undefined);
  return (await response?.json()) as { status: string } | undefined;
}

async function untilReady(): Promise<void> {
  await vi
    .waitFor(async () => expect((await readyz())?.status).toBe("ready"), 90_000)
    .catch((error: unknown) => {
      throw new Error(`The site is not ready:\n${site.output()}`, { cause: error });
    });
}

/** Kills the process that listens on the site's port. */
async function killWhatAnswers(): Promise<void> {
  const { stdout } = await promisify(execFile)("ps", ["-A", "-o", "pid=,ppid=,command="]);
  const rows = stdout.split("\n").map((row) => /^ *(\d+) +(\d+) (.*)$/.exec(row));
  const web = rows.find((row) => Number(row?.[2]) === site.process.pid && row?.[3]?.includes("next"));
  process.kill(Number(web![1]), "SIGKILL");
  await vi.waitFor(async () => expect(await readyz()).toBeUndefined(), { timeout: 30_000, interval: 10 });
}

/** Workers by their rows, newest first. */
async function workers(): Promise<{ pid: number }[]> {
  const rows = await query("select pid from worker_processes order by started_at desc");
  return (rows as { pid: number }[]).filter(({ pid }) => isRunning(pid));
}

/** Asks the site's database, until there are rows if `waitMs` is given. */
async function query(sql: string, waitMs = 0): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: await embeddedUrl(path.join(dataDir, "postgres")) });
  await client.connect();
  try {
    for (const deadline = Date.now() + waitMs; ; await sleep(200)) {
      const { rows } = await client.query(sql);
      if (rows.length > 0 || Date.now() >= deadline) return rows;
    }
  } finally {
    await client.end();
  }
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
}
