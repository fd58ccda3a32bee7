import { chmod, mkdtemp, readdir, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { startEmbedded, stopEmbedded } from "@/lib/db/embedded";
import { applyMigrations } from "@/lib/db/migrate";
import { migrateQueue } from "@/lib/jobs/migrate-queue";
import { createTemplate } from "./create-database";

const folderPrefix = "tandem-test-";

export type TestServer = { url: string; stop: () => Promise<void> };

/** Starts a server of its own, fast and forgetful, with the migrated template that `createDatabase` copies. */
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
    const template = await createTemplate(server.url);
    await applyMigrations(template);
    await migrateQueue(template);
  } catch (error) {
    await stop();
    throw error;
  }
  return { url: server.url, stop };
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
