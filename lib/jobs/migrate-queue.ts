import { runMigrations } from "graphile-worker";
import { queueLogger } from "./queue-logger";

/** Creates or updates the job queue's own schema in the database at `url`. */
export async function migrateQueue(url: string): Promise<void> {
  await runMigrations({ connectionString: url, maxPoolSize: 1, logger: queueLogger });
}
