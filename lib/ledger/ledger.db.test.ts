import { readFile, readdir } from "node:fs/promises";
import { v7 as uuidv7 } from "uuid";
import { expect, test } from "vitest";
import type { Access } from "@/lib/auth/access";
import { pool, prisma } from "@/lib/db/client";
import { accessFor, aLabel, aMember, anInstance, aProject } from "@/lib/testing/builders";
import { bookSubmission, type LmEntry } from "./book";
import { readLimits } from "./limits";
import { CapReached, openPurse } from "./purse";
import { setCaps, setPrices } from "./set-caps";

const anEntry: Omit<LmEntry, "id"> = {
  ...{ purpose: "judging", type: "comparison", answers: 1, costMicros: 100 },
  ...{ inputTokens: 10, cachedInputTokens: 4, outputTokens: 5 },
};

function entry(fields: Partial<LmEntry> = {}): LmEntry {
  return { id: uuidv7(), ...anEntry, ...fields };
}

type World = { projectId: string; judge: { id: string; version: number }; access: Access<"spending:manage"> };

async function aWorld(): Promise<World> {
  const project = await aProject({ currency: "EUR" });
  const { user } = await aMember(project, { role: "admin" });
  const { id } = await prisma.judge.create({ data: { projectId: project.id, name: "Longer", kind: "lm" } });
  const access = await accessFor(user, project, "spending:manage");
  return { projectId: project.id, judge: { id, version: 1 }, access };
}

function purseOf({ projectId, judge }: World, runId: string | null = null) {
  return openPurse({ projectId, judge, runId });
}

async function sumsOf(projectId: string): Promise<{ ledger: string; days: string }> {
  const { rows } = await pool.query<{ ledger: string; days: string }>(
    `select (select coalesce(sum(cost_micros), 0)::text from ledger where project_id = $1) as ledger,
      (select coalesce(sum(cost_micros), 0)::text from ledger_days where project_id = $1) as days`,
    [projectId],
  );
  return rows[0]!;
}

test("the sums of days are those of the ledger to the millionth, whoever books at the same time", async () => {
  const world = await aWorld();
  const purse = purseOf(world);
  const types = ["comparison", "rating", "spans", null] as const;
  await Promise.all(
    Array.from({ length: 40 }, (_, n) =>
      prisma.$transaction(async (db) => {
        const entries = types.map((type, i) => entry({ type, costMicros: 1 + n * 4 + i }));
        await purse.book(db, n % 2 === 0 ? entries : entries.toReversed());
      }),
    ),
  );
  const sum = String((160 * 161) / 2);
  expect(await sumsOf(world.projectId)).toEqual({ ledger: sum, days: sum });
  expect(await prisma.ledgerDay.count({ where: { projectId: world.projectId } })).toBe(4);
});

test("what is booked twice under one id is paid once", async () => {
  const world = await aWorld();
  const once = entry({ costMicros: 7 });
  for (const entries of [[once], [once, entry({ costMicros: 1 })]]) await purseOf(world).book(prisma, entries);
  expect(await sumsOf(world.projectId)).toEqual({ ledger: "8", days: "8" });
});

test("what is rolled back was not paid", async () => {
  const world = await aWorld();
  await expect(
    prisma.$transaction(async (db) => {
      await purseOf(world).book(db, [entry()]);
      throw new Error("no");
    }),
  ).rejects.toThrow("no");
  expect(await sumsOf(world.projectId)).toEqual({ ledger: "0", days: "0" });
});

test("an entry cannot be changed or removed but with its project, and outlives its instance and judge", async () => {
  const { projectId, judge } = await aWorld();
  await openPurse({ projectId, judge, runId: null }).book(prisma, [entry()]);
  await expect(prisma.$executeRaw`update ledger set cost_micros = 0`).rejects.toThrow(/record of what was paid/);
  await expect(prisma.$executeRaw`delete from ledger`).rejects.toThrow(/record of what was paid/);
  await prisma.instance.deleteMany({ where: { projectId } });
  await prisma.judge.deleteMany({ where: { projectId } });
  expect(await sumsOf(projectId)).toEqual({ ledger: "100", days: "100" });
  await prisma.project.delete({ where: { id: projectId } });
  expect(await sumsOf(projectId)).toEqual({ ledger: "0", days: "0" });
});

test("a person's time costs what an hour costs then, and a later price changes nothing", async () => {
  const { projectId, access } = await aWorld();
  const time = { projectId, userId: access.userId, activeMs: 90_000, types: ["comparison" as const] };
  await bookSubmission(prisma, time);
  await setPrices(access, { currency: "EUR", hourPriceMicros: 30_000_000 });
  await bookSubmission(prisma, { ...time, types: ["comparison", "rating"] });
  await bookSubmission(prisma, { ...time, activeMs: 1, types: [] });
  await setPrices(access, { currency: "EUR", hourPriceMicros: 60_000_000 });
  const entries = await prisma.ledgerEntry.findMany({ where: { projectId }, orderBy: { id: "asc" } });
  expect(entries).toMatchObject([
    { costMicros: 0n, type: "comparison", answers: 1, activeMs: 90_000 },
    { costMicros: 750_000n, type: null, answers: 2 },
    { costMicros: 8n, type: null, answers: 0 },
  ]);
  expect(await prisma.auditEvent.findMany({ where: { projectId }, orderBy: { id: "asc" } })).toMatchObject([
    { action: "spending.prices", detail: { currency: "EUR", hourPriceMicros: 30_000_000 } },
    { action: "spending.prices", detail: { currency: "EUR", hourPriceMicros: 60_000_000 } },
  ]);
});

test("days and months are those of UTC, wherever the database thinks it is", async () => {
  const { projectId } = await aWorld();
  const client = await pool.connect();
  try {
    await client.query("set time zone 'America/New_York'");
    const insert = `insert into ledger (project_id, id, at, kind, purpose, answers, cost_micros) values ($1, gen_random_uuid(), $2, 'lm', 'trial', 1, 1)`;
    // New York leaves summer time between the two.
    for (const at of [
      "2026-10-31T23:59:59.999Z",
      "2026-11-01T00:00:00Z",
      "2026-11-01T06:30:00Z",
      "2026-11-01T23:59:59Z",
    ])
      await client.query(insert, [projectId, at]);
  } finally {
    await client.query("reset time zone");
    client.release();
  }
  const days = await prisma.ledgerDay.findMany({ where: { projectId }, orderBy: { day: "asc" } });
  expect(days.map(({ day, answers }) => [day.toISOString().slice(0, 10), Number(answers)])).toEqual([
    ["2026-10-31", 1],
    ["2026-11-01", 3],
  ]);
});

test("however many ask at once, what is paid stays under the cap, and all of it can be used", async () => {
  const world = await aWorld();
  await setCaps(world.access, { judgeId: world.judge.id, day: 1_000, month: null, total: null });
  const runIds = [1, 2, 3].map((n) => `00000000-0000-7000-8000-00000000000${n}`);
  const asked = await Promise.all(
    runIds.map(async (runId) => {
      const purse = purseOf(world, runId);
      let answers = 0;
      const ask = async (): Promise<unknown> => {
        for (;;) {
          try {
            await purse.reserve(300);
          } catch (error) {
            return error;
          }
          await purse.book(prisma, [entry({ costMicros: 90 })]);
          await purse.release(300);
          answers += 1;
        }
      };
      const ends = await Promise.all([ask(), ask(), ask(), ask()]);
      for (const end of ends) expect(end).toBeInstanceOf(CapReached);
      return answers;
    }),
  );
  // 8 x 90 = 720, and one more may cost 300.
  expect(asked.reduce((sum, n) => sum + n, 0)).toBe(8);
  expect(await sumsOf(world.projectId)).toEqual({ ledger: "720", days: "720" });
  expect(await readLimits(world.projectId, "each")).toMatchObject([
    { spentMicros: 720, heldMicros: 0, judge: "Longer" },
  ]);
  const midnight = new Date(new Date().setUTCHours(24, 0, 0, 0));
  const stops = await prisma.capStop.findMany({ where: { projectId: world.projectId } });
  expect(stops.map(({ until }) => until)).toEqual(runIds.map(() => midnight));
});

test("the reason names the cap that stays full longest, in words", async () => {
  const world = await aWorld();
  await purseOf(world).book(prisma, [entry({ costMicros: 19_870_000 })]);
  await setCaps(world.access, { judgeId: world.judge.id, day: 20_000_000, month: null, total: null });
  const tomorrow = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
  await expect(purseOf(world).reserve(150_000)).rejects.toThrow(
    `Judge Longer stopped at the cap of 20.00\u00a0EUR a day, 19.87\u00a0EUR spent, and the next question may cost 0.15\u00a0EUR; raise it or wait until ${tomorrow} 00:00 UTC.`,
  );
  await purseOf(world).reserve(130_000);
  await setCaps(world.access, { judgeId: null, day: null, month: null, total: 19_900_000 });
  await expect(openPurse({ ...world, judge: null, runId: null }).reserve(40_000)).rejects.toThrow(
    /^The try-out stopped at the project's cap of 19\.90\u00a0EUR in all, .*; raise it\.$/,
  );
});

test("what costs nothing goes on where more than the cap is spent", async () => {
  const world = await aWorld();
  const purse = purseOf(world);
  await purse.book(prisma, [entry({ costMicros: 2_000 })]);
  await setCaps(world.access, { judgeId: null, day: 1_000, month: null, total: null });
  await purse.reserve(0);
  await purse.release(0);
  await expect(purse.reserve(1)).rejects.toThrow(CapReached);
});

test("what a dead process held comes free, and one who waits for it can give up", async () => {
  const world = await aWorld();
  await setCaps(world.access, { judgeId: null, day: null, month: 1_000, total: null });
  await purseOf(world).reserve(900);
  const giveUp = new AbortController();
  const waiting = purseOf(world).reserve(500, giveUp.signal);
  giveUp.abort(new Error("no more"));
  await expect(waiting).rejects.toThrow("no more");
  const patient = purseOf(world).reserve(500);
  await prisma.$executeRaw`update spending_holds set expires_at = now() - interval '1 second'`;
  await patient;
  expect(await readLimits(world.projectId, null)).toMatchObject([{ period: "month", heldMicros: 500, spentMicros: 0 }]);
});

test("what cost something before there was a ledger is in it", async () => {
  const { projectId, judge, access } = await aWorld();
  const instance = await anInstance(await prisma.project.findUniqueOrThrow({ where: { id: projectId } }));
  await prisma.verdict.create({
    data: {
      ...{
        projectId,
        instanceId: instance.id,
        judgeId: judge.id,
        judgeVersion: 1,
        question: "comparison",
        aspect: "overall",
        target: "0-1",
      },
      ...{ shownOrder: "0-1", outcome: { kind: "tie", reasoning: null }, rawText: "", latencyMs: 1, repairs: 0 },
      ...{ inputTokens: 7, outputTokens: 3, costMicros: 1234, createdAt: new Date("2026-03-29T00:30:00Z") },
    },
  });
  const said = { userId: access.userId, activeMs: 5_000, createdAt: new Date("2026-03-30T12:00:00Z") };
  await aLabel(instance, { ...said, submissionId: instance.id });
  await aLabel(instance, { ...said, submissionId: instance.id, aspect: "tone" });
  await aLabel(instance, { activeMs: null });
  const folder = (await readdir("prisma/migrations")).find((name) => name.endsWith("_ledger"))!;
  const migration = await readFile(`prisma/migrations/${folder}/migration.sql`, "utf8");
  const backfill = migration.slice(migration.indexOf("-- What was paid before"));
  await pool.query(backfill);
  const days = await prisma.ledgerDay.findMany({ where: { projectId }, orderBy: { day: "asc" } });
  expect(days).toMatchObject([
    { kind: "lm", day: new Date("2026-03-29"), answers: 1n, inputTokens: 7n, outputTokens: 3n, costMicros: 1234n },
    { kind: "human", day: new Date("2026-03-30"), answers: 2n, activeMs: 5_000n, costMicros: 0n, type: "comparison" },
  ]);
});
