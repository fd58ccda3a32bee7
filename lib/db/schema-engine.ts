import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { PrismaPg } from "@prisma/adapter-pg";
import {
  bindMigrationAwareSqlAdapterFactory,
  ColumnTypeEnum,
  type ErrorRegistry,
  type SqlDriverAdapter,
} from "@prisma/driver-adapter-utils";
import * as bindings from "@prisma/schema-engine-wasm/schema_engine_bg";
import type { SchemaEngine } from "@prisma/schema-engine-wasm";
import pg from "pg";

export type Datamodel = { path: string; content: string };

let loaded: Promise<void> | undefined;
let panicMessage: string | undefined;

/**
 * Runs `use` with Prisma's official schema engine, as WebAssembly, connected to the database at `url`.
 * The command line tool of the same name would have to be downloaded; this one comes with npm.
 */
export async function withSchemaEngine<T>(
  { url, datamodel }: { url: string; datamodel: Datamodel },
  use: (engine: SchemaEngine) => Promise<T>,
): Promise<T> {
  await (loaded ??= load());
  const pools: pg.Pool[] = [];
  const factory = bindMigrationAwareSqlAdapterFactory({
    provider: "postgres",
    adapterName: "@prisma/adapter-pg",
    connect: () => connect(openPool(url, pools)),
    connectToShadowDb: () => connectToShadow(url, pools),
  });
  try {
    const engine = await bindings.SchemaEngine.new(
      { datamodels: [[datamodel.path, datamodel.content]] },
      () => {},
      factory,
    );
    const result = await use(engine);
    engine.free();
    return result;
  } catch (error) {
    throw explain(error, factory.errorRegistry);
  } finally {
    await Promise.all(pools.filter((pool) => !pool.ended).map((pool) => pool.end()));
  }
}

async function load(): Promise<void> {
  const require = createRequire(import.meta.url);
  const folder = path.dirname(require.resolve("@prisma/schema-engine-wasm"));
  const wasm = await readFile(path.join(folder, "schema_engine_bg.wasm"));
  const { instance } = await WebAssembly.instantiate(wasm, {
    "./schema_engine_bg.js": withIdleTimers(bindings as unknown as WebAssembly.ModuleImports),
  });
  // Where the engine leaves the reason before it aborts with a bare "unreachable".
  Object.assign(globalThis, {
    PRISMA_WASM_PANIC_REGISTRY: { set_message: (message: string) => (panicMessage = message) },
  });
  bindings.__wbg_set_wasm(instance.exports);
  (instance.exports.__wbindgen_start as () => void)();
}

/** The engine leaves the 10 s timer of its lock running, which would keep a finished process waiting for it. */
function withIdleTimers(imports: WebAssembly.ModuleImports): WebAssembly.ModuleImports {
  const entries = Object.entries(imports).map(([name, value]) => {
    if (!name.startsWith("__wbg_setTimeout_")) return [name, value];
    const setTimer = value as (...args: unknown[]) => NodeJS.Timeout;
    return [name, (...args: unknown[]) => setTimer(...args).unref()];
  });
  return Object.fromEntries(entries) as WebAssembly.ModuleImports;
}

function openPool(url: string, pools: pg.Pool[]): pg.Pool {
  const pool = new pg.Pool({ connectionString: url, max: 4 });
  // A server that goes away fails the query in hand; an idle connection's error has nobody to tell.
  pool.on("error", () => {});
  pools.push(pool);
  return pool;
}

/** OID of PostgreSQL's internal one-byte type "char". */
const CHAR_OID = 18;

/**
 * Two repairs of the adapter. It cuts scripts at every semicolon and sends the pieces one by one, which breaks function
 * bodies and leaves half a migration behind on failure: one simple query takes the whole script and is one transaction.
 * And it refuses "char", the type of a column in the engine's own catalogue queries.
 */
async function connect(pool: pg.Pool): Promise<SqlDriverAdapter> {
  const query = pool.query.bind(pool) as (...args: unknown[]) => Promise<pg.QueryResult>;
  const charColumns = new WeakMap<unknown[], number[]>();
  pool.query = (async (...args: unknown[]) => {
    const result = await query(...args);
    if (!Array.isArray(result.fields)) return result;
    const chars = result.fields.flatMap((field, i) => (field.dataTypeID === CHAR_OID ? [i] : []));
    for (const i of chars) result.fields[i]!.dataTypeID = pg.types.builtins.TEXT;
    charColumns.set(result.rows, chars);
    return result;
  }) as typeof pool.query;

  const adapter = await new PrismaPg(pool).connect();
  const queryRaw = adapter.queryRaw.bind(adapter);
  adapter.queryRaw = async (statement) => {
    const result = await queryRaw(statement);
    for (const i of charColumns.get(result.rows) ?? []) result.columnTypes[i] = ColumnTypeEnum.Character;
    return result;
  };
  adapter.executeScript = async (script) => {
    await query(script);
  };
  return adapter;
}

/** The adapter's own version keeps to the connection string's database, and drops its database while still connected. */
async function connectToShadow(url: string, pools: pg.Pool[]): Promise<SqlDriverAdapter> {
  const main = openPool(url, pools);
  const database = `tandem_shadow_${globalThis.crypto.randomUUID().replaceAll("-", "")}`;
  await main.query(`CREATE DATABASE ${database}`);
  const shadowUrl = new URL(url);
  shadowUrl.pathname = `/${database}`;
  const pool = openPool(shadowUrl.href, pools);
  const adapter = await connect(pool);
  adapter.dispose = async () => {
    await pool.end();
    await main.query(`DROP DATABASE IF EXISTS ${database} WITH (FORCE)`);
    await main.end();
  };
  return adapter;
}

/** The engine reports a JavaScript error by number only (the registry has the error itself) and a panic not at all. */
function explain(error: unknown, registry: ErrorRegistry): unknown {
  if (error instanceof WebAssembly.RuntimeError) {
    loaded = undefined;
    return new Error(`The schema engine failed: ${panicMessage ?? error.message}`, { cause: error });
  }
  const id = /External error id#(\d+)/.exec(error instanceof Error ? error.message : String(error))?.[1];
  return (id !== undefined && registry.consumeError(Number(id))?.error) || error;
}
