import { beforeEach, expect, test } from "vitest";
import { prisma } from "@/lib/db/client";
import { accountKey, closeAccount, takeSlots } from "./account";
import { Closed, openLimiter, type Limiter } from "./limiter";

const account = accountKey("a project", "https://api.example.org/v1", "sk-one");
const never = new AbortController().signal;
const tenMinutes = 600_000;

beforeEach(() => prisma.providerAccount.deleteMany());

function limits(requestsPerMinute: number | null, tokensPerMinute: number | null = null) {
  return { requestsPerMinute, tokensPerMinute };
}

/** Sends requests as fast as it may, so many at once, and says when each began. */
async function work(limiter: Limiter, requests: number, { atOnce = 4, tokens = 10 } = {}): Promise<number[]> {
  const began: number[] = [];
  let left = requests;
  const askInTurn = async () => {
    while (left-- > 0) {
      await limiter.enter(tokens, never);
      began.push(performance.now());
    }
  };
  await Promise.all(Array.from({ length: atOnce }, askInTurn));
  return began;
}

/** The most requests in any stretch of so many milliseconds. */
function mostWithin(ms: number, began: number[]): number {
  return Math.max(...began.map((start) => began.filter((at) => at >= start && at < start + ms).length));
}

test("two workers together do not exceed the limit, and both get on", async () => {
  const workers = [1, 2].map(() => openLimiter(account, limits(1200), tenMinutes));
  const started = performance.now();
  const began = await Promise.all(workers.map((limiter) => work(limiter, 25)));
  const all = began.flat().sort((a, b) => a - b);
  // 20 a second: the last of 50 begins after 49 pauses of 50 ms, and not much later.
  expect(all.at(-1)! - all[0]!).toBeGreaterThan(49 * 50 - 20);
  expect(all.at(-1)! - started).toBeLessThan(49 * 50 + 1_500);
  expect(mostWithin(990, all)).toBeLessThanOrEqual(21);
  // Neither waits until the other has finished.
  expect(Math.abs(began[0]!.at(-1)! - began[1]!.at(-1)!)).toBeLessThan(1_000);
});

test("while a judge with the smaller limit is at work it counts for the other too, and a minute later no more", async () => {
  await takeSlots(account, limits(60), { count: 1, tokensEach: 10, owedTokens: 0 });
  const one = { count: 1, tokensEach: 10, owedTokens: 0 };
  expect(await takeSlots(account, limits(600), one)).toMatchObject({ paceMs: 1000 });
  expect(await takeSlots(account, limits(null), one)).toMatchObject({ paceMs: 1000 });
  await prisma.providerAccount.updateMany({ data: { requestsSeenAt: new Date(Date.now() - 61_000) } });
  expect(await takeSlots(account, limits(600), one)).toMatchObject({ paceMs: 100 });
});

test("tokens count by what requests took, not by what was thought", async () => {
  const limiter = openLimiter(account, limits(null, 60_000), tenMinutes);
  const began: number[] = [];
  for (let n = 0; n < 3; n += 1) {
    await limiter.enter(100, never);
    began.push(performance.now());
    limiter.settle(100, 500);
  }
  // 1,000 tokens a second: what the first took is known to the second, which the third waits for.
  expect(began[1]! - began[0]!).toBeGreaterThan(80);
  expect(began[2]! - began[1]!).toBeGreaterThan(480);
});

test("a small limit of requests and one of tokens: the slower counts", async () => {
  const slots = await takeSlots(account, limits(600, 60_000), { count: 2, tokensEach: 500, owedTokens: 0 });
  expect(slots.paceMs).toBe(500);
  const next = await takeSlots(account, limits(600, 60_000), { count: 1, tokensEach: 10, owedTokens: 0 });
  expect(next.paceMs).toBe(100);
  expect(next.startsInMs).toBeGreaterThan(900);
});

test("an account that is closed is closed for all of its workers until then", async () => {
  const [one, other] = [1, 2].map(() => openLimiter(account, limits(null), tenMinutes));
  const closed = performance.now();
  await one!.close(700);
  await Promise.all([one!.enter(10, never), other!.enter(10, never)]);
  expect(performance.now() - closed).toBeGreaterThan(690);
});

test("what waits for its moment while the account is closed waits on", async () => {
  const slow = openLimiter(account, limits(40), tenMinutes);
  await slow.enter(10, never);
  const waiting = slow.enter(10, never);
  await closeAccount(account, 2_000);
  const closed = performance.now();
  await waiting;
  expect(performance.now() - closed).toBeGreaterThan(1_950);
});

test("a pause longer than a caller waits is told, not waited for; another key is another account", async () => {
  await closeAccount(account, 3_600_000);
  const error = await openLimiter(account, limits(null), tenMinutes)
    .enter(10, never)
    .catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(Closed);
  expect((error as Closed).forMs).toBeGreaterThan(3_590_000);
  const other = accountKey("a project", "https://api.example.org/v1", "sk-two");
  await openLimiter(other, limits(null), tenMinutes).enter(10, never);
});

test("waiting ends when the caller gives up", async () => {
  const limiter = openLimiter(account, limits(1), tenMinutes);
  await limiter.enter(10, never);
  await expect(limiter.enter(10, AbortSignal.timeout(50))).rejects.toThrow();
});

test("without limits nothing is stored, and a thousand requests cost a query a second", async () => {
  const started = performance.now();
  await work(openLimiter(account, limits(null), tenMinutes), 1_000);
  expect(performance.now() - started).toBeLessThan(1_000);
  expect(await prisma.providerAccount.count()).toBe(0);
});

test("those who wait are given their moments together, and a busy caller takes some ahead", async () => {
  const before = await queries();
  await work(openLimiter(account, limits(60_000), tenMinutes), 500, { atOnce: 16 });
  expect((await queries()) - before).toBeLessThan(100);
});

/** How often the account's row was updated. */
async function queries(): Promise<number> {
  await prisma.$queryRaw`select pg_stat_force_next_flush()::text`;
  const [{ updates }] = await prisma.$queryRaw<[{ updates: number }]>`
    select n_tup_upd::int as updates from pg_stat_user_tables where relname = 'provider_accounts'`;
  return updates;
}
