import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { Access } from "@/lib/auth/access";
import { pool, prisma } from "@/lib/db/client";
import { runTasks } from "@/lib/jobs/execute-run";
import { listRuns } from "@/lib/jobs/runs";
import { setCaps } from "@/lib/ledger/set-caps";
import { getRouting } from "@/lib/routing/queries";
import { accessFor, aMember, anInstance, aProject } from "@/lib/testing/builders";
import { preferring, startJudgeServer, type JudgeServer } from "@/lib/testing/judge-server";
import { workOff } from "@/lib/testing/work-off";
import { openLm } from "./ask-lm";
import { createJudge } from "./create";
import { forecastRun } from "./forecast/forecast";
import { judgeRun } from "./judge-run";
import { getJudgeReport } from "./report";
import { createJudgeInput, lmConfig, type JudgeView } from "./schema";
import { resumeStopped } from "./stopped";
import { tryJudge } from "./try";

let server: JudgeServer;

beforeAll(async () => {
  server = await startJudgeServer({ key: "sk-right" });
  await prisma.allowedHost.create({ data: { host: server.host } });
});
afterAll(() => server.stop());
beforeEach(async () => {
  await prisma.project.deleteMany();
  await prisma.$executeRaw`delete from graphile_worker._private_jobs`;
  server.requests.length = 0;
  server.follow(preferring((text) => text.length));
});

type World = {
  projectId: string;
  access: Access<"judge:manage"> &
    Access<"judge:read"> &
    Access<"spending:manage"> &
    Access<"routing:read"> &
    Access<"run:read">;
  judge: JudgeView;
};

async function aWorld(instances: number): Promise<World> {
  const project = await aProject();
  const { user } = await aMember(project, { role: "admin" });
  const access = (await accessFor(user, project, "judge:manage")) as World["access"];
  for (let n = 0; n < instances; n += 1)
    await anInstance(project, { route: "lm", completions: [`A long completion ${n}.`, `Short ${n}.`] });
  const judge = await createJudge(
    access,
    createJudgeInput.parse({ name: "Longer", config: config(), apiKey: "sk-right" }),
  );
  return { projectId: project.id, access, judge };
}

function config() {
  const prices = { inputPriceMicros: 1_000_000, outputPriceMicros: 2_000_000, maxOutputTokens: 100 };
  return lmConfig.parse({ baseUrl: server.baseUrl, model: "test-model", rubric: "Prefer the longer one.", ...prices });
}

async function work(): Promise<void> {
  const handler = judgeRun({
    lm: (opened) => openLm(opened, { maxRetries: 0, pauseMs: 1 }),
    rm: () => expect.unreachable(),
  });
  await workOff(runTasks({ judge: handler }));
}

type Sums = { verdicts: string; judging: string; trial: string; requests: number };

/** Counted in SQL, apart from the product's own sums. */
async function sumsOf(projectId: string): Promise<Sums> {
  const { rows } = await pool.query<Sums>(
    `select (select coalesce(sum(cost_micros), 0)::text from verdicts where project_id = $1) as verdicts,
      (select coalesce(sum(cost_micros), 0)::text from ledger where project_id = $1 and purpose = 'judging') as judging,
      (select coalesce(sum(cost_micros), 0)::text from ledger where project_id = $1 and purpose = 'trial') as trial,
      (select count(*)::int from ledger where project_id = $1) as requests`,
    [projectId],
  );
  return rows[0]!;
}

test("verdicts and try-outs cost what the ledger says, to the millionth", async () => {
  const { projectId, access, judge } = await aWorld(3);
  await work();
  const trial = await tryJudge(access, { config: config(), judgeId: judge.id });
  const sums = await sumsOf(projectId);
  expect(Number(sums.verdicts)).toBeGreaterThan(0);
  expect(sums).toEqual({
    verdicts: sums.verdicts,
    judging: sums.verdicts,
    trial: String(trial.costMicros),
    requests: 8,
  });
  expect(await prisma.spendingHold.count()).toBe(0);
  await prisma.instance.deleteMany({ where: { projectId } });
  expect(await sumsOf(projectId)).toEqual({ ...sums, verdicts: "0" });
});

test("an answer that could not be read is in the ledger, also where none comes to the repair", async () => {
  const { projectId } = await aWorld(2);
  server.follow((asked) => (asked.isRepair ? { status: 500 } : { text: "Both are fine." }));
  await work();
  expect(await prisma.verdict.count()).toBe(0);
  const costs = server.requests
    .filter(({ isRepair }) => !isRepair)
    .map(({ messages }) => Math.ceil(messages.map(({ content }) => content).join("").length / 4) + 2 * 4);
  expect(costs.length).toBeGreaterThan(0);
  expect(await sumsOf(projectId)).toMatchObject({
    ...{ judging: String(costs.reduce((sum, cost) => sum + cost, 0)), requests: costs.length },
  });
  expect(await prisma.ledgerEntry.count({ where: { projectId, answers: { not: 0 } } })).toBe(0);
  expect(await prisma.spendingHold.count()).toBe(0);
});

test("a cap ends judging before it is passed, and judging goes on by itself when it is raised", async () => {
  const { projectId, access, judge } = await aWorld(20);
  await setCaps(access, { judgeId: judge.id, day: 50_000, month: null, total: null });
  await work();
  const spent = Number((await sumsOf(projectId)).verdicts);
  expect(spent).toBeGreaterThan(0);
  expect(spent).toBeLessThanOrEqual(50_000);
  expect(await prisma.run.findFirstOrThrow()).toMatchObject({
    state: "failed",
    error: expect.stringMatching(/^Judge Longer stopped at the cap of 0\.05\sUSD a day, .* raise it or wait until /),
  });
  expect((await getJudgeReport(access, judge.id)).runs).toMatchObject([{ state: "failed", stoppedAtCap: true }]);
  expect((await listRuns(access, { limit: 1 })).items).toMatchObject([{ kind: "judge", stoppedAtCap: true }]);
  const midnight = new Date(new Date().setUTCHours(24, 0, 0, 0)).toISOString();
  expect((await getRouting(access)).stopped).toMatchObject([{ name: "Longer", atCap: true, nextTryAt: midnight }]);
  const asked = server.requests.length;
  await resumeStopped();
  await work();
  expect(server.requests).toHaveLength(asked);
  await setCaps(access, { judgeId: judge.id, day: null, month: null, total: null });
  await resumeStopped();
  await work();
  expect((await getRouting(access)).stopped).toEqual([]);
  const sums = await sumsOf(projectId);
  expect(sums).toMatchObject({ judging: sums.verdicts, requests: 40 });
  expect(await prisma.verdict.count()).toBe(40);
});

test("a forecast from texts becomes one from verdicts, and says what fits under the cap", async () => {
  const { projectId, access, judge } = await aWorld(30);
  const run = await accessFor(
    await prisma.user.findUniqueOrThrow({ where: { id: access.userId } }),
    access,
    "judge:run",
  );
  const first = await forecastRun(run, judge.id, {});
  expect(first).toMatchObject({ basis: "texts", instances: 30, verdicts: 60, sample: 60, seconds: null, caps: [] });
  await work();
  const paid = Number((await sumsOf(projectId)).verdicts);
  expect(first.costMicros.low).toBeLessThan(paid);
  expect(first.costMicros.high).toBeGreaterThan(paid);
  const project = await prisma.project.findUniqueOrThrow({ where: { id: projectId } });
  for (let n = 0; n < 20; n += 1)
    await anInstance(project, { route: "lm", completions: [`A long completion ${n}.`, `Short ${n}.`] });
  await setCaps(access, { judgeId: judge.id, day: Math.round(paid * 1.2), month: null, total: paid * 10 });
  const next = await forecastRun(run, judge.id, {});
  expect(next).toMatchObject({ basis: "verdicts", verdicts: 40, sample: 60, caps: [{ fits: "no" }, { fits: "yes" }] });
  expect(next.costMicros.expected / ((paid * 40) / 60)).toBeCloseTo(1, 1);
  expect(next.caps[0]!.verdicts! / 12).toBeCloseTo(1, 0);
  expect(next.seconds).toBeGreaterThan(0);
});

test("a cap in all is left to people", async () => {
  const { access } = await aWorld(1);
  await setCaps(access, { judgeId: null, day: null, month: null, total: 10 });
  await work();
  expect(server.requests).toHaveLength(0);
  expect((await getRouting(access)).stopped).toMatchObject([
    { error: expect.stringMatching(/^Judge Longer stopped at the project's cap of .* in all/), nextTryAt: null },
  ]);
  await expect(tryJudge(access, { config: config(), apiKey: "sk-right" })).rejects.toThrow(/^The try-out stopped at/);
});
