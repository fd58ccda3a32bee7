import { PrismaPg } from "@prisma/adapter-pg";
import pg from "pg";
import { expect, test } from "vitest";
import { disconnect, isDatabaseDown, pool, prisma } from "./client";
import { PrismaClient } from "./generated/client";

const killOthers = () =>
  pool.query(
    "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()",
  );

test("a lost connection fails the query in hand, says so, and the next query gets a new one", async () => {
  const waiting = prisma.$queryRaw`select pg_sleep(30)`.catch((error: unknown) => error);
  await expect.poll(async () => (await killOthers()).rowCount).toBeGreaterThan(0);
  expect(isDatabaseDown(await waiting)).toBe(true);
  expect(await prisma.user.count()).toBe(0);
});

test("a connection that is lost while it is lent out does not end the process", async () => {
  const client = await pool.connect();
  await killOthers();
  const failure = await client.query("select 1").catch((error: unknown) => error);
  expect(isDatabaseDown(failure)).toBe(true);
  client.release(true);
});

test("a server that does not answer is told from a statement that it refuses", async () => {
  const nowhere = new PrismaClient({ adapter: new PrismaPg("postgresql://127.0.0.1:1/none"), errorFormat: "minimal" });
  const closed = new pg.Client("postgresql://127.0.0.1:1/none");
  expect(isDatabaseDown(await nowhere.user.count().catch((error: unknown) => error))).toBe(true);
  expect(isDatabaseDown(await closed.connect().catch((error: unknown) => error))).toBe(true);
  expect(isDatabaseDown(await prisma.$queryRaw`select nonsense`.catch((error: unknown) => error))).toBe(false);
  expect(isDatabaseDown(await pool.query("select nonsense").catch((error: unknown) => error))).toBe(false);
  expect(isDatabaseDown(undefined)).toBe(false);
});

test("after disconnecting the next query connects again", async () => {
  await disconnect();
  expect(await prisma.user.count()).toBe(0);
});
