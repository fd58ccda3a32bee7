import pg from "pg";
import { expect, test } from "vitest";
import { disconnect, prisma } from "./client";
import { checkReadiness } from "./readiness";

test("a migrated database with a queue is ready", async () => {
  expect(await checkReadiness()).toEqual([
    { name: "database", isReady: true, detail: "answers" },
    { name: "migrations", isReady: true, detail: "applied" },
    { name: "queue", isReady: true, detail: "set up" },
  ]);
});

test("a migration that is not applied is named", async () => {
  const [first] = await prisma.$queryRaw<[{ name: string }]>`
    delete from _prisma_migrations where id = (select id from _prisma_migrations order by started_at limit 1) returning migration_name as name`;
  expect(await checkReadiness()).toContainEqual({
    name: "migrations",
    isReady: false,
    detail: expect.stringContaining(first.name),
  });
});

test("a database that takes no connections is named", async () => {
  const here = new URL(process.env.DATABASE_URL!);
  const elsewhere = new URL("/postgres", here);
  await disconnect();
  const client = new pg.Client({ connectionString: elsewhere.href });
  await client.connect();
  await client.query(`alter database ${here.pathname.slice(1)} allow_connections false`);
  await client.end();
  expect(await checkReadiness()).toMatchObject([{ name: "database", isReady: false }]);
});
