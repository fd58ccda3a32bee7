import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { applyMigrations } from "@/lib/db/migrate";
import { AppError } from "@/lib/errors";
import { migrateQueue } from "@/lib/jobs/migrate-queue";

/** For how long a server that is just starting may refuse connections. */
const waitSeconds = 6;

/** PostgreSQL's answers that no waiting changes: wrong password or account, no such database. */
const refusals = new Set(["28P01", "28000", "3D000"]);

/**
 * Waits for the database at `url` and brings its schema and its job queue up to date. Processes that do this at once
 * wait for each other. Throws an AppError within 10 s when the database cannot be reached.
 */
export async function prepareDatabase(url: string): Promise<{ applied: string[] }> {
  await waitUntilReachable(url);
  const applied = await applyMigrations(url);
  await migrateQueue(url);
  return { applied };
}

async function waitUntilReachable(url: string): Promise<void> {
  const deadline = Date.now() + waitSeconds * 1000;
  for (;;) {
    try {
      return await connectOnce(url, deadline - Date.now());
    } catch (error) {
      const { code } = error as { code?: string };
      if (refusals.has(String(code)) || Date.now() + 500 > deadline) throw unreachable(url, error);
    }
    await sleep(500);
  }
}

async function connectOnce(connectionString: string, timeoutMs: number): Promise<void> {
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: Math.max(1000, timeoutMs) });
  client.on("error", () => {});
  try {
    await client.connect();
  } finally {
    await client.end().catch(() => {});
  }
}

function unreachable(url: string, cause: unknown): AppError {
  const { host, pathname } = new URL(url);
  const { code, message, errors } = cause as { code?: string; message?: string; errors?: Error[] };
  // A name with several addresses fails with one error for each and no message of its own.
  const stated = message || errors?.[0]?.message || String(code);
  const reason = /timeout|terminated unexpectedly/.test(stated) ? `no answer within ${waitSeconds} s` : stated;
  return new AppError(
    "unavailable",
    `The database ${pathname.slice(1)} at ${host} cannot be used: ${reason}.\n` +
      "Check DATABASE_URL and that PostgreSQL runs there and lets this machine in, or unset DATABASE_URL to use the embedded database.",
    { cause },
  );
}
