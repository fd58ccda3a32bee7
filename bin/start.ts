import { logLevel } from "./supervisor/quiet-log";
import { watch } from "node:fs";
import { mkdir } from "node:fs/promises";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { AppError } from "@/lib/errors";
import { dependentEnvironment, ensureBuilt } from "./build";
import { checkPort } from "./supervisor/check-port";
import { claimFolder } from "./supervisor/claim-folder";
import { openDatabase, type Database } from "./supervisor/database";
import { keepRunning, type Service } from "./supervisor/keep-running";
import { followErrors, rotateLog } from "./supervisor/log-file";
import { prepareDatabase } from "./supervisor/prepare-database";
import { childEnvironment, readSettings, root, type Settings } from "./supervisor/settings";

/**
 * `npm start`: the embedded database if DATABASE_URL is unset, migrations, the build if needed, then web and worker,
 * kept running until Ctrl-C. `--demo` adds the demo project; `--dev` is `npm run dev`.
 */
const options = readOptions();

const readySeconds = 120;

/** What has been started, to be ended in order. */
const stopping = new AbortController();
const services: Service[] = [];
const errorWatches: (() => void)[] = [];
let database: Promise<Database> | undefined;
let release = () => {};

function readOptions(): { demo?: boolean; dev?: boolean } {
  try {
    return parseArgs({ options: { demo: { type: "boolean" }, dev: { type: "boolean" } } }).values;
  } catch (error) {
    console.error(`${(error as Error).message}. The one option is --demo: npm start -- --demo`);
    process.exit(2);
  }
}

async function main(): Promise<void> {
  const settings = readSettings();
  release = await claimFolder(settings.dataDir, settings.url);
  await checkPort(settings);
  const logs = path.join(settings.dataDir, "logs");
  await mkdir(logs, { recursive: true });

  database = openDatabase(settings, say);
  const { url, description } = await database;
  stopping.signal.throwIfAborted();
  say(`Database: ${description}`);
  const { applied } = await prepareDatabase(url);
  if (applied.length > 0) say(`Migrations applied: ${applied.length}`);
  stopping.signal.throwIfAborted();
  if (!options.dev) await ensureBuilt({ say, logFile: path.join(logs, "build.log"), signal: stopping.signal });

  const env = { ...(await childEnvironment(settings, url)), LOG_LEVEL: logLevel };
  startServices(settings, env, logs);
  await waitUntilReady(settings);
  await greet(settings, env, logs);
}

function startServices({ host, port }: Settings, common: NodeJS.ProcessEnv, logs: string): void {
  stopping.signal.throwIfAborted();
  const next = path.join(root, "node_modules", "next", "dist", "bin", "next");
  const listen = ["-H", host, "-p", String(port)];
  const worker = ["--import", "tsx", "workers/main.ts"];
  if (options.dev) {
    const env = { ...common, NODE_ENV: "development" } as const;
    start("web", [next, "dev", ...listen], dependentEnvironment(env));
    restartOnChange(start("worker", worker, env));
  } else {
    start("web", [next, "start", ...listen], dependentEnvironment(common));
    start("worker", worker, common);
  }

  function start(name: string, args: string[], env: NodeJS.ProcessEnv): Service {
    const logFile = path.join(logs, `${name}.log`);
    rotateLog(logFile);
    const onBroken = (tail: string) => {
      if (!isReady)
        fail(new AppError("internal", `The ${name} process does not stay alive. The end of ${logFile}:\n${tail}`));
    };
    errorWatches.push(followErrors(logFile, (error) => say(`${name}: ${error}`)));
    const service = keepRunning({ name, args, env, logFile, say, onBroken });
    services.push(service);
    return service;
  }
}

/** Next.js reloads what it serves by itself; the worker starts anew, and its runs go on from their checkpoints. */
function restartOnChange(worker: Service): void {
  let soon: NodeJS.Timeout | undefined;
  for (const folder of ["lib", "workers"]) {
    watch(path.join(root, folder), { recursive: true }, () => {
      clearTimeout(soon);
      soon = setTimeout(() => worker.restart(), 300);
    });
  }
}

let isReady = false;

async function waitUntilReady({ host, port }: Settings): Promise<void> {
  const address = host === "0.0.0.0" ? "127.0.0.1" : host === "::" ? "[::1]" : host.includes(":") ? `[${host}]` : host;
  const deadline = Date.now() + readySeconds * 1000;
  let last = "no answer";
  while (Date.now() < deadline) {
    stopping.signal.throwIfAborted();
    const response = await fetch(`http://${address}:${port}/readyz`, { signal: AbortSignal.timeout(60_000) }).catch(
      () => undefined,
    );
    if (response?.ok) {
      isReady = true;
      return;
    }
    if (response) last = await response.text();
    await sleep(50);
  }
  throw new AppError("unavailable", `The site did not become ready within ${readySeconds} s. Its last answer: ${last}`);
}

async function greet(settings: Settings, env: NodeJS.ProcessEnv, logs: string): Promise<void> {
  Object.assign(process.env, { DATABASE_URL: env.DATABASE_URL, TANDEM_SECRET: env.TANDEM_SECRET });
  const { disconnect } = await import("@/lib/db/client");
  const { createFirstRunLink } = await import("@/lib/auth/invitations");
  if (options.demo) await addDemo();
  const firstRun = await createFirstRunLink();
  await disconnect();
  stopping.signal.throwIfAborted();
  say(`Ready: ${settings.url}`);
  if (firstRun) say(`First run: create the first admin at\n\n  ${settings.url}/first-run?token=${firstRun.token}\n`);
  say(`Ctrl-C ends everything. Logs are in ${path.relative(process.cwd(), logs) || logs}.`);
}

async function addDemo(): Promise<void> {
  const { seedDemo } = await import("./demo/seed-demo");
  await seedDemo(say).catch((error: unknown) => {
    if (!(error instanceof AppError)) throw error;
    say(error.message);
  });
}

async function shutDown(exitCode: number): Promise<void> {
  if (stopping.signal.aborted) return;
  stopping.abort();
  errorWatches.forEach((end) => end());
  await Promise.all(services.map((service) => service.stop()));
  await (await database?.catch(() => undefined))?.stop();
  release();
  process.exit(exitCode);
}

let stoppedAt = 0;

function onSignal(signal: string): void {
  if (stopping.signal.aborted) {
    // Started through npm, one Ctrl-C arrives twice: from the terminal and from npm.
    if (Date.now() - stoppedAt > 500) void killAll();
    return;
  }
  stoppedAt = Date.now();
  say(signal === "SIGINT" ? "Stopping. Press Ctrl-C again to end at once." : "Stopping.");
  void shutDown(0);
}

async function killAll(): Promise<void> {
  services.forEach((service) => service.kill());
  // The database may still be starting, which would otherwise outlive this process.
  (await database?.catch(() => undefined))?.kill();
  release();
  process.exit(1);
}

function fail(error: unknown): void {
  if (stopping.signal.aborted) return;
  console.error(error instanceof AppError ? error.message : error);
  void shutDown(1);
}

function say(line: string): void {
  console.log(line);
}

// The terminal may be gone before this process is.
for (const stream of [process.stdout, process.stderr]) stream.on("error", () => {});
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, onSignal);
await main().catch(fail);
