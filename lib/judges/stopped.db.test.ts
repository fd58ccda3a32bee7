import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { Access } from "@/lib/auth/access";
import { prisma } from "@/lib/db/client";
import type { Run } from "@/lib/db/generated/client";
import { runTasks } from "@/lib/jobs/execute-run";
import { cancelRun } from "@/lib/jobs/runs";
import { getRouting } from "@/lib/routing/queries";
import { accessFor, aMember, anInstance, aProject } from "@/lib/testing/builders";
import { preferring, startJudgeServer, type JudgeServer, type Script } from "@/lib/testing/judge-server";
import { workOff } from "@/lib/testing/work-off";
import { openLm } from "./ask-lm";
import { createJudge } from "./create";
import { judgeRun } from "./judge-run";
import { createJudgeInput, type JudgeView } from "./schema";
import { startJudgeRun } from "./start-run";
import { resumeStopped } from "./stopped";
import { updateJudge } from "./update";

const key = "sk-right";
const byLength = preferring((text) => text.length);
const broken: Script = () => ({ status: 503, body: "{}" });
let server: JudgeServer;

beforeAll(async () => {
  server = await startJudgeServer({ key });
  await prisma.allowedHost.create({ data: { host: server.host } });
});
afterAll(() => server.stop());
beforeEach(async () => {
  await prisma.project.deleteMany();
  await prisma.providerAccount.deleteMany();
  await prisma.$executeRaw`delete from graphile_worker._private_jobs`;
  server.requests.length = 0;
  server.follow(byLength);
});

type World = {
  projectId: string;
  access: Access<"judge:manage"> & Access<"judge:run"> & Access<"routing:read"> & Access<"run:cancel">;
  judge: JudgeView;
};

/** A judge that is switched on, asks one question at a time, and has judged none yet of instances 0, 1, 2 ... routed to AI. */
async function aWorld(instances: number, apiKey = key): Promise<World> {
  const project = await aProject();
  const { user } = await aMember(project, { role: "admin" });
  const access = (await accessFor(user, project, "judge:manage")) as World["access"];
  for (let n = 0; n < instances; n += 1)
    await anInstance(project, { route: "lm", completions: [`A long completion ${n}.`, `Short ${n}.`] });
  const config = { baseUrl: server.baseUrl, model: "test-model", rubric: "Prefer the longer one.", concurrency: 1 };
  const judge = await createJudge(access, createJudgeInput.parse({ name: "Longer", config, apiKey }));
  return { projectId: project.id, access, judge };
}

/** Does the judging that is queued, as a worker would. */
async function work(): Promise<void> {
  const handler = judgeRun({
    lm: (opened) => openLm(opened, { maxRetries: 1, pauseMs: 1 }),
    rm: () => expect.unreachable(),
  });
  await workOff(runTasks({ judge: handler }));
}

/** Lets so many minutes pass since everything that has happened, then comes the sweep and does what is due. */
async function later({ projectId }: World, minutes: number): Promise<Run[]> {
  const seconds = minutes * 60;
  await prisma.$executeRaw`
    update runs set started_at = started_at - make_interval(secs => ${seconds}),
      finished_at = finished_at - make_interval(secs => ${seconds}) where project_id = ${projectId}::uuid`;
  await prisma.$executeRaw`
    update verdicts set created_at = created_at - make_interval(secs => ${seconds}) where project_id = ${projectId}::uuid`;
  await resumeStopped();
  await work();
  return await prisma.run.findMany({ where: { projectId }, orderBy: { id: "asc" } });
}

/** Minutes from the end of the newest run until the next; null where no more will begin by itself. */
async function pauseOf({ access, projectId }: World): Promise<number | null> {
  const { finishedAt } = await prisma.run.findFirstOrThrow({ where: { projectId }, orderBy: { id: "desc" } });
  const [stopped] = (await getRouting(access)).stopped;
  if (!stopped || stopped.nextTryAt === null) return null;
  return (Date.parse(stopped.nextTryAt) - finishedAt!.getTime()) / 60_000;
}

test("questions that a run set aside are asked again a minute later, and none is paid twice", async () => {
  const world = await aWorld(4);
  server.follow((asked) => (asked.a.endsWith(" 2.") ? broken(asked) : byLength(asked)));
  await work();
  expect((await getRouting(world.access)).stopped).toMatchObject([
    { name: "Longer", error: "No answer came to the questions about 1 of its instances." },
  ]);
  expect(await later(world, 0)).toHaveLength(1);
  server.requests.length = 0;
  server.follow(byLength);
  expect(await later(world, 1)).toMatchObject([{ state: "succeeded" }, { state: "succeeded", createdById: null }]);
  expect(server.requests.every(({ a, b }) => `${a}${b}`.includes(" 2."))).toBe(true);
  expect(await prisma.verdict.count()).toBe(8);
  expect(await later(world, 60)).toHaveLength(2);
});

test("a provider that stays away is asked after ever longer pauses, and after a day no more", async () => {
  const world = await aWorld(2);
  server.follow(broken);
  await work();
  const pauses: number[] = [];
  for (let pause = await pauseOf(world); pause !== null; pause = await pauseOf(world)) {
    pauses.push(pause);
    expect(pauses.length).toBeLessThan(20);
    expect(await later(world, pause - 0.5)).toHaveLength(pauses.length);
    expect(await later(world, 0.5)).toHaveLength(pauses.length + 1);
  }
  expect(pauses.slice(0, 4).map(Math.round)).toEqual([1, 1, 2, 4]);
  expect(pauses.every((pause, n) => n < 2 || pause === 360 || pause / pauses[n - 1]! >= 1.9)).toBe(true);
  const hours = pauses.reduce((sum, pause) => sum + pause, 0) / 60;
  expect(hours).toBeGreaterThan(24);
  expect(hours).toBeLessThan(31);
  expect((await getRouting(world.access)).stopped).toMatchObject([{ nextTryAt: null }]);
  expect(await later(world, 10_000)).toHaveLength(pauses.length + 1);
});

test("a provider that wants a long pause is not asked before, by this run or another judge of its account", async () => {
  const world = await aWorld(2);
  server.follow(() => ({ status: 429, headers: { "retry-after": "7200" } }));
  await work();
  expect(server.requests).toHaveLength(1);
  expect(await pauseOf(world)).toBeCloseTo(120, 0);
  expect(await later(world, 60)).toHaveLength(1);
  const config = { ...world.judge.config, model: "another-model" };
  const input = { name: "Other", config, apiKey: key, isEnabled: false };
  const other = await createJudge(world.access, createJudgeInput.parse(input));
  await startJudgeRun(world.access, other.id, {});
  await work();
  expect(await prisma.run.findFirstOrThrow({ orderBy: { id: "desc" } })).toMatchObject({
    ...{ state: "failed", error: expect.stringMatching(/^The provider of judge Other takes no more requests/) },
  });
  expect(server.requests).toHaveLength(1);
});

test("an answer that can be read ends the long pauses", async () => {
  const world = await aWorld(3);
  server.follow(broken);
  await work();
  for (const minutes of [1, 2, 4]) await later(world, minutes);
  expect(await pauseOf(world)).toBeCloseTo(7, 0);
  server.follow((asked) => (asked.a.endsWith(" 0.") || asked.b.endsWith(" 0.") ? byLength(asked) : broken(asked)));
  await later(world, 8);
  expect(await pauseOf(world)).toBe(1);
});

test("a refused key costs one request a try, and a valid one is used at the next", async () => {
  const world = await aWorld(3, "sk-wrong");
  await work();
  expect(await later(world, 1)).toMatchObject([{ state: "failed" }, { state: "failed" }]);
  await updateJudge(world.access, world.judge.id, { apiKey: key });
  expect((await later(world, 2)).at(-1)).toMatchObject({ state: "succeeded", progress: { done: 3, total: 3 } });
  expect((await getRouting(world.access)).stopped).toEqual([]);
});

test("judging that somebody cancelled, or whose judge is off, does not begin again by itself", async () => {
  const world = await aWorld(1);
  const { id } = await prisma.run.findFirstOrThrow();
  await cancelRun(world.access, id);
  expect(await later(world, 1)).toHaveLength(1);
  const other = await aWorld(1, "sk-wrong");
  await work();
  await updateJudge(other.access, other.judge.id, { isEnabled: false });
  expect(await later(other, 1)).toHaveLength(1);
});

test("a run that waits already is enough", async () => {
  const world = await aWorld(1, "sk-wrong");
  await work();
  await prisma.$executeRaw`update runs set finished_at = finished_at - interval '1 minute'`;
  await resumeStopped();
  await resumeStopped();
  expect(await prisma.run.findMany({ where: { projectId: world.projectId, state: "queued" } })).toHaveLength(1);
});
