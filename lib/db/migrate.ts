import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import type { MigrationList, SchemaEngine } from "@prisma/schema-engine-wasm";
import pg from "pg";
import { AppError } from "@/lib/errors";
import { withSchemaEngine, type Datamodel } from "./schema-engine";

const prismaFolder = path.resolve(import.meta.dirname, "../../prisma");
const migrationsFolder = path.join(prismaFolder, "migrations");
const filters = { externalTables: [], externalEnums: [] };

/** Any constant will do, as long as nothing else in this database takes the same one. */
const advisoryLock = 7_263_361;

/**
 * Brings the database at `url` up to date with prisma/migrations and returns the names of the migrations it applied.
 * Each migration is one transaction. Processes that start together wait for each other.
 * Throws when the database does not answer, when a migration fails (it leaves no trace and is tried again at the next
 * call) and when the database knows migrations that this version does not have.
 */
export async function applyMigrations(url: string): Promise<string[]> {
  const migrationsList = await readMigrations();
  const datamodel = await readDatamodel();
  return withLock(url, () =>
    withSchemaEngine({ url, datamodel }, async (engine) => {
      await prepareHistory(engine, migrationsList);
      const { appliedMigrationNames } = await engine.applyMigrations({ migrationsList, filters });
      return appliedMigrationNames;
    }),
  );
}

/**
 * Writes prisma/migrations/<UTC time>_<name>/migration.sql with what schema.prisma has and the migrations do not, and
 * returns its path; undefined when there is no difference. `url` names a scratch server: a database is created on it
 * and dropped.
 */
export async function writeMigration({ url, name }: { url: string; name: string }): Promise<string | undefined> {
  const datamodel = await readDatamodel();
  const migrations = await readMigrations();
  const script = await withSchemaEngine({ url, datamodel }, async (engine) => {
    const { stdout } = await engine.diff({
      from: { tag: "migrations", ...migrations },
      to: { tag: "schemaDatamodel", files: [datamodel] },
      script: true,
      exitCode: null,
      filters,
    });
    return stdout ?? "";
  });
  if (isEmptyScript(script)) return undefined;
  const stamp = new Date().toISOString().replaceAll(/\D/g, "").slice(0, 14);
  const folder = path.join(migrationsFolder, `${stamp}_${name.toLowerCase().replaceAll(/[^a-z0-9]+/g, "_")}`);
  await mkdir(folder, { recursive: true });
  await writeFile(path.join(migrationsFolder, "migration_lock.toml"), 'provider = "postgresql"\n');
  const file = path.join(folder, "migration.sql");
  await writeFile(file, script);
  return file;
}

/**
 * The SQL that would turn the database at `url` into what schema.prisma says; empty when they agree.
 * CHECKs, triggers and partial indexes, which Prisma cannot express, are not compared.
 */
export async function findDrift(url: string): Promise<string> {
  const datamodel = await readDatamodel();
  return withSchemaEngine({ url, datamodel }, async (engine) => {
    const { stdout } = await engine.diff({
      from: { tag: "schemaDatasource", files: [datamodel], configDir: prismaFolder },
      to: { tag: "schemaDatamodel", files: [datamodel] },
      script: true,
      exitCode: null,
      filters,
    });
    return isEmptyScript(stdout ?? "") ? "" : (stdout ?? "");
  });
}

async function withLock<T>(url: string, work: () => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  client.on("error", () => {});
  try {
    await client.connect();
  } catch (cause) {
    const { host, pathname } = new URL(url);
    throw new AppError(
      "unavailable",
      `The database ${pathname.slice(1)} at ${host} cannot be reached: ${(cause as Error).message}. ` +
        `Check that the server runs and that host, port, user, password and database name in DATABASE_URL are right.`,
      { cause },
    );
  }
  try {
    await client.query("select pg_advisory_lock($1)", [advisoryLock]);
    return await work();
  } finally {
    // Ending the session gives the lock back.
    await client.end();
  }
}

async function prepareHistory(engine: SchemaEngine, migrationsList: MigrationList): Promise<void> {
  const { history, failedMigrationNames } = await engine.diagnoseMigrationHistory({
    migrationsList,
    optInToShadowDatabase: false,
    filters,
  });
  if (history && "unpersistedMigrationNames" in history) {
    throw new AppError(
      "conflict",
      `The database has migrations that this version of Tandem does not know: ` +
        `${history.unpersistedMigrationNames.join(", ")}. It was used by a newer version; start that one instead.`,
    );
  }
  // One that failed or was killed has been rolled back by the database; the engine only waits to be told so.
  for (const migrationName of failedMigrationNames) await engine.markMigrationRolledBack({ migrationName });
}

async function readDatamodel(): Promise<Datamodel> {
  const file = path.join(prismaFolder, "schema.prisma");
  return { path: file, content: await readFile(file, "utf8") };
}

async function readMigrations(): Promise<MigrationList> {
  const entries = await readdir(migrationsFolder, { withFileTypes: true }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return [];
    throw error;
  });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  const migrationDirectories = names.sort().map(async (name) => {
    const content = await readFile(path.join(migrationsFolder, name, "migration.sql"), "utf8");
    return { path: name, migrationFile: { path: "migration.sql", content: { tag: "ok" as const, value: content } } };
  });
  return {
    baseDir: migrationsFolder,
    lockfile: { path: "migration_lock.toml", content: 'provider = "postgresql"\n' },
    shadowDbInitScript: "",
    migrationDirectories: await Promise.all(migrationDirectories),
  };
}

function isEmptyScript(script: string): boolean {
  return script.split("\n").every((line) => line.trim() === "" || line.startsWith("--"));
}
