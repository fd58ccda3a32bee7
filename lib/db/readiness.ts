import { readdir } from "node:fs/promises";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { isDatabaseDown, prisma } from "./client";

export type ReadinessCheck = { name: "database" | "migrations" | "queue"; isReady: boolean; detail: string };

/** A server that hangs must not make whoever asks hang, too. */
const waitSeconds = 3;

/** Whether the database answers, has this version's migrations and has the job queue. Never throws. */
export async function checkReadiness(): Promise<ReadinessCheck[]> {
  const late = new AbortController();
  try {
    return await Promise.race([
      check(),
      sleep(waitSeconds * 1000, unreachable(`gave no answer in ${waitSeconds} s`), late),
    ]);
  } catch (error) {
    return unreachable(isDatabaseDown(error) ? "cannot be reached" : "refused the check; see the log of this process");
  } finally {
    late.abort();
  }
}

async function check(): Promise<ReadinessCheck[]> {
  const [tables] = await prisma.$queryRaw<[{ migrations: boolean; queue: boolean }]>`
    select to_regclass('_prisma_migrations') is not null as migrations,
      to_regclass('graphile_worker.jobs') is not null as queue`;
  const missing = await findMissingMigrations(tables.migrations);
  return [
    { name: "database", isReady: true, detail: "answers" },
    {
      name: "migrations",
      isReady: missing.length === 0,
      detail: missing.length === 0 ? "applied" : `missing ${missing.join(", ")}; npm start applies them`,
    },
    { name: "queue", isReady: tables.queue, detail: tables.queue ? "set up" : "not set up; npm start does it" },
  ];
}

async function findMissingMigrations(hasTable: boolean): Promise<string[]> {
  const folder = path.join(process.cwd(), "prisma", "migrations");
  const entries = await readdir(folder, { withFileTypes: true });
  const wanted = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  if (!hasTable) return wanted;
  const rows = await prisma.$queryRaw<{ name: string }[]>`
    select migration_name as name from _prisma_migrations where finished_at is not null and rolled_back_at is null`;
  const applied = new Set(rows.map((row) => row.name));
  return wanted.filter((name) => !applied.has(name));
}

function unreachable(detail: string): ReadinessCheck[] {
  return [{ name: "database", isReady: false, detail }];
}
