import { runMigrations } from "graphile-worker";
import pg from "pg";
import { queueLogger } from "./queue-logger";

/** Creates or updates the job queue's own schema in the database at `url`. */
export async function migrateQueue(url: string): Promise<void> {
  // A pool of our own, because the queue does not wait until its own one has left the database.
  const pool = new pg.Pool({ connectionString: url, max: 1 });
  // The failing query reports what matters; unhandled, these events would end the process.
  const ignore = () => {};
  pool.on("error", ignore);
  pool.on("connect", (client) => client.on("error", ignore));
  try {
    await runMigrations({ pgPool: pool, logger: queueLogger });
  } finally {
    await pool.end();
  }
}
