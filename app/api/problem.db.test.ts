import { setTimeout as sleep } from "node:timers/promises";
import { PrismaPg } from "@prisma/adapter-pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { PrismaClient } from "@/lib/db/generated/client";
import { env } from "@/lib/env";
import { problem } from "./problem";

let narrow: PrismaClient;

beforeAll(() => {
  narrow = new PrismaClient({ adapter: new PrismaPg({ connectionString: env().DATABASE_URL, max: 1 }) });
});
afterAll(() => narrow.$disconnect());

async function documentOf(failing: Promise<unknown>) {
  const error = await failing.then(
    () => expect.unreachable(),
    (reason: unknown) => reason,
  );
  const response = problem(error, "request-1");
  return { status: response.status, retryAfter: response.headers.get("retry-after"), ...(await response.json()) };
}

const unavailable = { status: 503, code: "unavailable", retryAfter: "2", detail: expect.stringContaining("too much") };

test("a transaction that gets no connection in time is unavailable, not a fault", async () => {
  const busy = narrow.$transaction((tx) => tx.$queryRaw`select pg_sleep(1)::text`);
  await sleep(200);
  const waiting = narrow.$transaction((tx) => tx.user.count(), { maxWait: 100 });
  expect(await documentOf(waiting)).toMatchObject(unavailable);
  await busy;
});

test("so is one that runs longer than it may", async () => {
  const slow = narrow.$transaction(
    async (tx) => {
      await sleep(300);
      return tx.user.count();
    },
    { timeout: 100 },
  );
  expect(await documentOf(slow)).toMatchObject(unavailable);
});

test("using a transaction after its end stays a fault of ours", async () => {
  const ended = await narrow.$transaction((tx) => Promise.resolve(tx));
  expect(await documentOf(ended.user.count())).toMatchObject({ status: 500, code: "internal" });
});
