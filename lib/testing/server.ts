import { chmod, mkdtemp, readdir, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import pg from "pg";
import { startEmbedded, stopEmbedded } from "@/lib/db/embedded";
import { applyMigrations } from "@/lib/db/migrate";
import { migrateQueue } from "@/lib/jobs/migrate-queue";

const templateName = "tandem_template";
const folderPrefix = "tandem-test-";

export type TestServer = { url: string; stop: () => Promise<void> };
export type TestDatabase = { url: string; drop: () => Promise<void> };

/** Starts a server of its own, fast and forgetful, with a migrated template that `createDatabase` copies. */
export async function startTestServer(): Promise<TestServer> {
  await removeLeftovers();
  const folder = await mkdtemp(path.join(os.tmpdir(), `${folderPrefix}${process.pid}-`));
  // The server's account, which is another one when this runs as root, has to get through.
  await chmod(folder, 0o711);
  const server = await startEmbedded({ dataDir: path.join(folder, "postgres"), durable: false });
  const stop = async () => {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  };
  try {
    await query(server.url, `create database ${templateName}`);
    await applyMigrations(atDatabase(server.url, templateName));
    await migrateQueue(atDatabase(server.url, templateName));
  } catch (error) {
    await stop();
    throw error;
  }
  return { url: server.url, stop };
}

/** A fresh migrated database on a test server, in tens of milliseconds. */
export async function createDatabase(serverUrl: string): Promise<TestDatabase> {
  const name = `tandem_test_${globalThis.crypto.randomUUID().slice(0, 8)}`;
  await query(serverUrl, `create database ${name} template ${templateName}`);
  return {
    url: atDatabase(serverUrl, name),
    drop: () => query(serverUrl, `drop database ${name} with (force)`),
  };
}

/** A run that was killed leaves its server behind, which has its own session; the folder's name says whose it was. */
async function removeLeftovers(): Promise<void> {
  for (const name of await readdir(os.tmpdir())) {
    const owner = name.startsWith(folderPrefix) ? Number(name.slice(folderPrefix.length).split("-")[0]) : undefined;
    if (owner === undefined || isRunning(owner)) continue;
    const folder = path.join(os.tmpdir(), name);
    await stopEmbedded(path.join(folder, "postgres"));
    await rm(folder, { recursive: true, force: true });
  }
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

async function query(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

function atDatabase(url: string, name: string): string {
  const other = new URL(url);
  other.pathname = `/${name}`;
  return other.href;
}
