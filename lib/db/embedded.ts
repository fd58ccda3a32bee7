import { spawn } from "node:child_process";
import { randomBytes, randomUUID } from "node:crypto";
import { chown, link, mkdir, open, readFile, readlink, realpath, rename, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import os from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { serverAccount, serverFolder, serverPrograms, type ServerAccount } from "./server-account";

export type StartOptions = {
  /** Folder of this server: its data, password, port and log. Made when missing. */
  dataDir: string;
  /** Port on 127.0.0.1; without it a free one, the same again at the next start if it is still free. */
  port?: number;
  log?: (line: string) => void;
  /** False trades safety for speed: a crash of the machine may lose the data. For tests. */
  durable?: boolean;
};

export type EmbeddedServer = {
  /** Connection string of the database `tandem`, password included. */
  url: string;
  pid: number;
  port: number;
  /** True when a server that was already running on this folder was found and is used. */
  adopted: boolean;
  /** Ends the server, also an adopted one: at most 5 s for open transactions, then at once. */
  stop: () => Promise<void>;
};

type Files = ReturnType<typeof filesOf>;
type Postmaster = { pid: number; port: number; isReady: boolean };
type Setup = { files: Files; account: ServerAccount; programs: string; durable: boolean };

const databaseName = "tandem";
/** For how long after a kill -9 the old server's children may hold its memory. */
const retrySeconds = 10;
const stopSeconds = 5;
const readySeconds = 120;

/**
 * Starts the PostgreSQL server that came with npm on `dataDir`, or takes the one that already runs there. The server
 * has its own session, so neither Ctrl-C in the terminal nor the end of this process ends it: call `stop`.
 * Throws with the end of the server's log when it does not come up.
 */
export async function startEmbedded(options: StartOptions): Promise<EmbeddedServer> {
  const log = options.log ?? (() => {});
  const account = await serverAccount();
  await mkdir(path.dirname(options.dataDir), { recursive: true });
  const folder = await serverFolder(options.dataDir);
  if (folder !== path.resolve(options.dataDir)) {
    log(`The database is kept in ${folder}: its account "postgres" cannot reach ${options.dataDir}.`);
  }
  const files = filesOf(folder);
  await mkdir(folder, { recursive: true });
  await own(folder, account);
  const password = await readOrMakePassword(files, account);
  const programs = await serverPrograms(account);
  const durable = options.durable ?? true;
  const setup = { files, account, programs, durable };
  if (!(await isInitialised(files))) {
    log("Making a new database.");
    await initialise(setup);
  }

  const deadline = Date.now() + retrySeconds * 1000;
  for (let attempt = 0; ; attempt++) {
    const running = await findPostmaster(files);
    const pid = running?.pid ?? (await launch({ ...setup, attempt, port: options.port }));
    try {
      const ready = await waitUntilReady({ files, password, pid });
      return { ...ready, pid, adopted: running !== undefined, stop: () => stop(files, pid) };
    } catch (error) {
      const isPassing = running ? !(await isAlive(pid)) : await failureMayPass(files, options.port);
      if (!isPassing || Date.now() > deadline) throw error;
      await sleep(200);
    }
  }
}

/** Ends the server on `dataDir` if one runs there, as `stop` of the one who started it would. */
export async function stopEmbedded(dataDir: string): Promise<void> {
  const files = filesOf(await serverFolder(dataDir));
  const running = await findPostmaster(files);
  if (running) await stop(files, running.pid);
}

/** Connection string of the server on `dataDir`; undefined when none runs there. */
export async function embeddedUrl(dataDir: string): Promise<string | undefined> {
  const files = filesOf(await serverFolder(dataDir));
  const running = await findPostmaster(files);
  return running && connectionString(running.port, await readFile(files.password, "utf8"), databaseName);
}

function filesOf(folder: string) {
  const at = (name: string) => path.join(folder, name);
  return {
    data: at("data"),
    pid: at("data/postmaster.pid"),
    password: at("password"),
    port: at("port"),
    log: at("server.log"),
  };
}

async function own(target: string, account: ServerAccount): Promise<void> {
  if (account) await chown(target, account.uid, account.gid);
}

/** Linking a finished file keeps two first starts, or one that was killed, from leaving half a password. */
async function readOrMakePassword(files: Files, account: ServerAccount): Promise<string> {
  const draft = `${files.password}.${randomUUID()}`;
  await writeFile(draft, randomBytes(24).toString("base64url"), { mode: 0o600 });
  await own(draft, account);
  await link(draft, files.password).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "EEXIST") throw error;
  });
  await rm(draft);
  return readFile(files.password, "utf8");
}

async function isInitialised(files: Files): Promise<boolean> {
  return readFile(path.join(files.data, "PG_VERSION")).then(
    () => true,
    () => false,
  );
}

/** initdb works beside the data and the result is renamed, so a start that was killed leaves nothing half done. */
async function initialise({ files, account, programs, durable }: Setup): Promise<void> {
  const unfinished = `${files.data}.${randomUUID()}`;
  // Without a locale initdb makes SQL_ASCII. The builtin provider sorts alike on every system and for ever.
  const libcLocale = process.platform === "linux" ? "C.UTF-8" : "C";
  const flags = ["-D", unfinished, "-U", "postgres", `--pwfile=${files.password}`, "--auth=scram-sha-256"];
  flags.push("--encoding=UTF8", `--locale=${libcLocale}`, "--locale-provider=builtin", "--builtin-locale=C.UTF-8");
  if (!durable) flags.push("--no-sync");
  const child = spawn(path.join(programs, "initdb"), flags, {
    ...account,
    cwd: "/",
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  child.stdout.on("data", (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (output += chunk.toString()));
  const code = await new Promise((resolve, reject) => child.once("error", reject).once("close", resolve));
  if (code !== 0) {
    await rm(unfinished, { recursive: true, force: true });
    throw new Error(
      `initdb could not make a database in ${files.data} (exit code ${String(code)}):\n${lastLines(output)}\n` +
        `Check that the disk has room and that the folder can be written, or set DATABASE_URL.`,
    );
  }
  await rename(unfinished, files.data).catch(async (error: unknown) => {
    await rm(unfinished, { recursive: true, force: true });
    if (!(await isInitialised(files))) throw error;
  });
}

async function launch(setup: Setup & { attempt: number; port: number | undefined }): Promise<number> {
  const { files, account, programs, durable, attempt } = setup;
  await removeStalePidFile(files);
  if (attempt === 0) await rename(files.log, `${files.log}.1`).catch(() => {});
  const port = setup.port ?? (await pickPort(files));
  const bufferMegabytes = Math.min(1024, Math.max(128, Math.trunc(os.totalmem() / 2 ** 20 / 16)));
  const settings = {
    port,
    listen_addresses: "127.0.0.1",
    unix_socket_directories: "",
    // Each web and worker process has its own pool of up to TANDEM_DB_POOL connections.
    max_connections: 200,
    shared_buffers: `${bufferMegabytes}MB`,
    timezone: "UTC",
    log_timezone: "UTC",
    log_checkpoints: "off",
    ...(durable ? {} : { fsync: "off", synchronous_commit: "off", full_page_writes: "off", autovacuum: "off" }),
  };
  const flags = Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  const logFile = await open(files.log, "a");
  await own(files.log, account);
  try {
    const child = spawn(path.join(programs, "postgres"), ["-D", files.data, ...flags], {
      ...account,
      cwd: "/",
      detached: true,
      stdio: ["ignore", logFile.fd, logFile.fd],
    });
    await new Promise((resolve, reject) => child.once("error", reject).once("spawn", resolve));
    child.unref();
    return child.pid!;
  } finally {
    await logFile.close();
  }
}

/** Waits for the server with this pid to answer, makes the database on its first start and remembers the port. */
async function waitUntilReady(server: {
  files: Files;
  password: string;
  pid: number;
}): Promise<{ url: string; port: number }> {
  const { files, password, pid } = server;
  const deadline = Date.now() + readySeconds * 1000;
  let fault: unknown;
  while (fault === undefined && Date.now() < deadline && (await isAlive(pid))) {
    const running = await findPostmaster(files);
    if (running?.pid === pid && running.isReady) {
      try {
        await makeDatabase(connectionString(running.port, password, "postgres"));
        await writeFile(files.port, String(running.port));
        return { url: connectionString(running.port, password, databaseName), port: running.port };
      } catch (error) {
        fault = error;
      }
    }
    await sleep(20);
  }
  throw new Error(
    `The embedded PostgreSQL in ${path.dirname(files.data)} did not start. The end of its log:\n` +
      `${await readLog(files)}\n${fault instanceof Error ? `It answers: ${fault.message}\n` : ""}` +
      `Correct what it complains about (disk space, a damaged or foreign data folder, a taken port) and start again, ` +
      `or set DATABASE_URL to a PostgreSQL server of your own.`,
    { cause: fault },
  );
}

async function makeDatabase(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5000 });
  client.on("error", () => {});
  await client.connect();
  try {
    const { rowCount } = await client.query("select from pg_database where datname = $1", [databaseName]);
    if (rowCount === 0) await client.query(`create database ${databaseName}`);
  } catch (error) {
    // 42P04, 23505: another process made it a moment ago.
    if (!["42P04", "23505"].includes((error as { code: string }).code)) throw error;
  } finally {
    await client.end();
  }
}

/** The live server on this data, by the file it keeps. A pid that meanwhile belongs to another program does not count. */
async function findPostmaster(files: Files): Promise<Postmaster | undefined> {
  const named = await readPidFile(files);
  if (!named || !(await isAlive(named.pid))) return undefined;
  if (process.platform === "linux" && (await workingFolder(named.pid)) !== (await realpath(files.data)))
    return undefined;
  return named;
}

/**
 * PostgreSQL refuses to start while any process of its account has the pid in the file: a killed server that nobody
 * reaped (containers without an init), or another program, since restarted containers soon reuse pids. Its second
 * check, of shared memory, still finds a server whose children live.
 */
async function removeStalePidFile(files: Files): Promise<void> {
  const named = await readPidFile(files);
  if (!named) return;
  const folder = process.platform === "linux" ? await workingFolder(named.pid) : undefined;
  const isForeign = folder !== undefined && folder !== (await realpath(files.data));
  if (isForeign || !(await isAlive(named.pid))) await rm(files.pid, { force: true });
}

async function readPidFile(files: Files): Promise<Postmaster | undefined> {
  const lines = (await readFile(files.pid, "utf8").catch(() => "")).split("\n");
  const pid = Number(lines[0]);
  const port = Number(lines[3]);
  return pid && port ? { pid, port, isReady: lines[7]?.trim() === "ready" } : undefined;
}

/** A server's working directory is its data folder. Undefined for a dead process and for one of another account. */
function workingFolder(pid: number): Promise<string | undefined> {
  return readlink(`/proc/${pid}/cwd`).catch(() => undefined);
}

async function isAlive(pid: number): Promise<boolean> {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
  // A killed process whose parent has not asked for its end is still listed, as a zombie.
  const status = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => "");
  return !/^\d+ \(.*\) [ZX]/s.test(status);
}

async function pickPort(files: Files): Promise<number> {
  const remembered = Number(await readFile(files.port, "utf8").catch(() => "0"));
  return (remembered && (await freePort(remembered))) || (await freePort(0))!;
}

/** The port if it is free on 127.0.0.1 (0 asks for any), otherwise undefined. */
function freePort(port: number): Promise<number | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(undefined));
    server.listen({ port, host: "127.0.0.1" }, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address ? address.port : undefined));
    });
  });
}

/** Whether the log says that the start failed for a reason that passes or that another port avoids. */
async function failureMayPass(files: Files, fixedPort: number | undefined): Promise<boolean> {
  const text = await readLog(files);
  if (/shared memory block .* is still in use|lock file "postmaster.pid"/.test(text)) return true;
  return fixedPort === undefined && /could not bind IPv4 address/.test(text);
}

async function stop(files: Files, pid: number): Promise<void> {
  if ((await findPostmaster(files))?.pid !== pid) return;
  const escalation = [
    ["SIGINT", stopSeconds],
    ["SIGQUIT", 3],
    ["SIGKILL", 3],
  ] as const;
  for (const [signal, seconds] of escalation) {
    if (!(await isAlive(pid))) return;
    process.kill(pid, signal);
    const deadline = Date.now() + seconds * 1000;
    while (Date.now() < deadline && (await isAlive(pid))) await sleep(20);
  }
}

function connectionString(port: number, password: string, database: string): string {
  return `postgresql://postgres:${password}@127.0.0.1:${port}/${database}`;
}

async function readLog(files: Files): Promise<string> {
  return lastLines(await readFile(files.log, "utf8").catch(() => ""));
}

function lastLines(text: string): string {
  return text.trimEnd().split("\n").slice(-15).join("\n");
}
