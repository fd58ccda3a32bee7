import { PrismaPg } from "@prisma/adapter-pg";
import pg from "pg";
import { env } from "@/lib/env";
import { log } from "@/lib/log";
import { PrismaClient, type Prisma } from "./generated/client";

/** The client or a transaction on it: what a verb takes that may run inside one. */
export type Db = PrismaClient | Prisma.TransactionClient;

type Connection = { prisma: PrismaClient; pool: pg.Pool };

// Hot reload evaluates this module again and again; the process keeps one pool.
const kept = globalThis as { tandemConnection?: Connection };

/** Codes of Prisma, of the system's sockets and of PostgreSQL (57P0x: going down or starting up). */
const unreachable = new Set(
  "P1001 P1002 P1017 ECONNREFUSED ECONNRESET EPIPE ETIMEDOUT ENOTFOUND 57P01 57P02 57P03 DatabaseNotReachable ConnectionClosed".split(
    " ",
  ),
);

/** The database of this process, connected on first use. */
export const prisma: PrismaClient = lazily(() => connection().prisma);

/** The pool under `prisma`, for what Prisma cannot do: COPY, LISTEN, cursors and graphile-worker's jobs. */
export const pool: pg.Pool = lazily(() => connection().pool);

/** Closes every connection of this process; the next query opens new ones. */
export async function disconnect(): Promise<void> {
  const { tandemConnection } = kept;
  delete kept.tandemConnection;
  await tandemConnection?.prisma.$disconnect();
  await tandemConnection?.pool.end();
}

/** Whether an error from `prisma` or `pool` says that the server cannot be reached or went away, rather than refused. */
export function isDatabaseDown(error: unknown): boolean {
  if (typeof error !== "object" || error === null) return false;
  const { code, kind, message, cause, meta } = error as Record<string, unknown>;
  return (
    unreachable.has(String(code ?? kind)) ||
    /^Connection terminated|is not queryable$|^timeout exceeded when trying to connect/.test(String(message)) ||
    isDatabaseDown(cause) ||
    isDatabaseDown((meta as { driverAdapterError?: unknown } | undefined)?.driverAdapterError)
  );
}

/**
 * Whether an error says that a transaction waited too long for a connection, or ran longer than it may: the database
 * works, but has more to do than it can. The transaction left nothing behind.
 */
export function isDatabaseBusy(error: unknown): boolean {
  const { code, message } = (error ?? {}) as { code?: unknown; message?: unknown };
  // The same code stands for using a transaction after its end, which is a fault of ours.
  return code === "P2028" && /Unable to start a transaction|expired transaction/.test(String(message));
}

function connection(): Connection {
  return (kept.tandemConnection ??= connect());
}

function connect(): Connection {
  const { DATABASE_URL, TANDEM_DB_POOL } = env();
  const pool = new pg.Pool({ connectionString: DATABASE_URL, max: TANDEM_DB_POOL, connectionTimeoutMillis: 10_000 });
  // A restart of PostgreSQL breaks connections, idle or lent out. Without handlers that would end the process; with
  // them the query in hand fails, if there is one, and the pool makes a new connection.
  const onError = ({ message }: Error) => log.warn({ reason: message }, "A database connection was lost");
  pool.on("error", onError);
  pool.on("connect", (client) => client.on("error", onError));
  // Milliseconds: how long a burst of requests may wait for a connection, and a transaction for locks.
  const transactionOptions = { maxWait: 10_000, timeout: 20_000 };
  // Minimal: the default puts a piece of our source text into every error.
  const prisma = new PrismaClient({ adapter: new PrismaPg(pool), errorFormat: "minimal", transactionOptions });
  return { pool, prisma };
}

/** Stands for a value that is made when something of it is first used. */
function lazily<T extends object>(make: () => T): T {
  return new Proxy({} as T, {
    get(_, key) {
      const target = make();
      const value: unknown = Reflect.get(target, key, target);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
}
