import { execFile, spawn, type ChildProcess } from "node:child_process";
import { chmod, mkdtemp, readFile, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs, promisify } from "node:util";
import pg from "pg";
import { startEmbedded } from "@/lib/db/embedded";
import { applyMigrations } from "@/lib/db/migrate";
import { migrateQueue } from "@/lib/jobs/migrate-queue";

const root = path.resolve(import.meta.dirname, "..");

/** What import-compare.ts prints. */
type Comparison = {
  files: number;
  instances_in_files: number;
  instances_in_db: number;
  labels_in_files: number;
  labels_in_db: number;
  mismatches: number;
};

/**
 * Imports each file into a project of its own, as a user does: `npm run cli -- import` hands the file to a worker
 * process. Then a script that shares no code with the product compares the database with the files, row by row.
 * The rate counts from the beginning of each upload to the end of its run; the memory is the worker's peak.
 */
const { values: flags, positionals } = parseArgs({
  options: { data: { type: "string" }, json: { type: "boolean", default: false } },
  allowPositionals: true,
});
const data = [...(flags.data ? [flags.data] : []), ...positionals];
if (data.length === 0) throw new Error("Name the files: npm run bench -- import --data FILE... [--json]");
const say = flags.json ? () => {} : console.log;

const folder = await mkdtemp(path.join(os.tmpdir(), "tandem-bench-"));
// The server's account, which is another one when this runs as root, has to get through.
await chmod(folder, 0o711);
const server = await startEmbedded({ dataDir: path.join(folder, "postgres") });
try {
  const result = await measure(server.url);
  console.log(JSON.stringify(result));
  if (result.mismatches > 0) process.exitCode = 1;
} finally {
  await server.stop();
  await rm(folder, { recursive: true, force: true });
}

async function measure(url: string): Promise<Comparison & { instances_per_s: number; rss_mb: number | null }> {
  const env = { ...process.env, DATABASE_URL: url, TANDEM_SECRET: "x".repeat(32), LOG_LEVEL: "error" };
  await applyMigrations(url);
  await migrateQueue(url);
  const projects = await makeProjects(url, data);
  const { seconds, rssMb } = await withWorker(env, url, async () => {
    for (const [slug, file] of projects) await importFile(env, { slug, file, say });
    return await importSeconds(url);
  });
  const comparison = await compare(url, projects);
  return { ...comparison, instances_per_s: Math.round(comparison.instances_in_db / seconds), rss_mb: rssMb };
}

type Projects = [slug: string, file: string][];

async function makeProjects(url: string, data: string[]): Promise<Projects> {
  process.env.DATABASE_URL = url;
  process.env.TANDEM_SECRET = "x".repeat(32);
  const { aProject } = await import("@/lib/testing/builders");
  const { disconnect } = await import("@/lib/db/client");
  const projects: Projects = [];
  for (const file of data) projects.push([(await aProject()).slug, path.resolve(file)]);
  await disconnect();
  return projects;
}

async function importFile(
  env: NodeJS.ProcessEnv,
  { slug, file, say }: { slug: string; file: string; say: (line: string) => void },
): Promise<void> {
  const args = ["--import", "tsx", "bin/cli.ts", "--json", "import", file, "--project", slug];
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: root, env, maxBuffer: 64 * 1024 * 1024 });
  const { result } = JSON.parse(stdout) as { result: { instances: { created: number }; labels: { created: number } } };
  say(`${path.basename(file)}: ${result.instances.created} instances, ${result.labels.created} labels`);
}

/** Does the work while a worker process runs; answers also the most memory that process had, in MB. */
async function withWorker(
  env: NodeJS.ProcessEnv,
  url: string,
  work: () => Promise<number>,
): Promise<{ seconds: number; rssMb: number | null }> {
  const worker = spawn(process.execPath, ["--import", "tsx", "bin/worker.ts"], {
    cwd: root,
    env,
    stdio: ["ignore", "ignore", "inherit"],
  });
  const watch = watchMemory(worker);
  try {
    await untilAlive(url);
    const seconds = await work();
    return { seconds, rssMb: await watch.peak() };
  } finally {
    worker.kill("SIGTERM");
    await new Promise((resolve) => worker.once("exit", resolve));
  }
}

async function untilAlive(url: string): Promise<void> {
  for (;;) {
    if ((await query(url, "select 1 from worker_processes")).length > 0) return;
    await sleep(100);
  }
}

function watchMemory(child: ChildProcess): { peak: () => Promise<number | null> } {
  return {
    /** Linux keeps the high-water mark; elsewhere it is not known. */
    async peak() {
      const status = await readFile(`/proc/${child.pid}/status`, "utf8").catch(() => "");
      const kilobytes = /^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1];
      return kilobytes === undefined ? null : Math.round(Number(kilobytes) / 1000);
    },
  };
}

async function importSeconds(url: string): Promise<number> {
  const [row] = await query(
    url,
    "select extract(epoch from sum(finished_at - created_at))::float8 as seconds from runs",
  );
  return row!.seconds as number;
}

async function compare(url: string, projects: Projects): Promise<Comparison> {
  const args = ["--import", "tsx", "bench/import-compare.ts", url, ...projects.map((pair) => pair.join("="))];
  const { stdout, stderr } = await promisify(execFile)(process.execPath, args, {
    cwd: root,
    maxBuffer: 64 * 1024 * 1024,
  });
  process.stderr.write(stderr);
  return JSON.parse(stdout) as Comparison;
}

async function query(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql)).rows as Record<string, unknown>[];
  } finally {
    await client.end();
  }
}
