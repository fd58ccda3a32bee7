import { chmod, mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { startEmbedded } from "@/lib/db/embedded";
import { applyMigrations } from "@/lib/db/migrate";
import { migrateQueue } from "@/lib/jobs/migrate-queue";

/** An empty database of its own, as durable as a site's, for workers without a site. */
export async function startDatabase(): Promise<{ url: string; stop: () => Promise<void> }> {
  const folder = await mkdtemp(path.join(os.tmpdir(), "tandem-bench-"));
  // The server's account, which is another one when this runs as root, has to get through.
  await chmod(folder, 0o711);
  const { url, stop } = await startEmbedded({ dataDir: path.join(folder, "postgres") });
  await applyMigrations(url);
  await migrateQueue(url);
  return {
    url,
    stop: async () => {
      await stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
