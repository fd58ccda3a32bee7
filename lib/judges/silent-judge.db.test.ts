import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { Access } from "@/lib/auth/access";
import { prisma } from "@/lib/db/client";
import type { Project } from "@/lib/db/generated/client";
import { runTasks } from "@/lib/jobs/execute-run";
import { getRouting } from "@/lib/routing/queries";
import { accessFor, aMember, anInstance, aProject } from "@/lib/testing/builders";
import { after, preferring, startJudgeServer, type JudgeServer, type Script } from "@/lib/testing/judge-server";
import { workOff } from "@/lib/testing/work-off";
import { openLm } from "./ask-lm";
import { createJudge } from "./create";
import { judgeRun } from "./judge-run";
import { createJudgeInput, type JudgeView } from "./schema";
import { startJudgeRun } from "./start-run";

const byLength = preferring((text) => text.length);
let server: JudgeServer;

beforeAll(async () => {
  server = await startJudgeServer();
  await prisma.allowedHost.create({ data: { host: server.host } });
});
afterAll(() => server.stop());
beforeEach(async () => {
  await prisma.project.deleteMany();
  await prisma.$executeRaw`delete from graphile_worker._private_jobs`;
  server.requests.length = 0;
  server.follow(byLength);
});

type World = {
  project: Project;
  access: Access<"judge:manage"> & Access<"judge:run"> & Access<"routing:read">;
  judge: JudgeView;
};

/** A judge that asks one question at a time about instances 0, 1, 2 ... routed to AI. */
async function aWorld(instances: number): Promise<World> {
  const project = await aProject();
  const { user } = await aMember(project, { role: "admin" });
  const access = (await accessFor(user, project, "judge:manage")) as World["access"];
  for (let n = 0; n < instances; n += 1)
    await anInstance(project, { route: "lm", completions: [`A long completion ${n}.`, `Short ${n}.`] });
  const config = { baseUrl: server.baseUrl, model: "test-model", rubric: "Prefer the longer one.", concurrency: 1 };
  const judge = await createJudge(access, createJudgeInput.parse({ name: "Longer", config, isEnabled: false }));
  return { project, access, judge };
}

async function judgeNow({ access, judge }: World, scope: Parameters<typeof startJudgeRun>[2] = {}) {
  const { id } = await startJudgeRun(access, judge.id, scope);
  const handler = judgeRun({
    lm: (opened) => openLm(opened, { maxRetries: 5, pauseMs: 1 }),
    rm: () => expect.unreachable(),
  });
  await workOff(runTasks({ judge: handler }));
  return await prisma.run.findUniqueOrThrow({ where: { projectId_id: { projectId: access.projectId, id } } });
}

/** No answer about these instances. */
function silentOn(...instances: number[]): Script {
  return (asked) => (instances.some((n) => asked.a.endsWith(` ${n}.`)) ? { status: 500, body: "{}" } : byLength(asked));
}

test("a question without an answer is set aside, and the next run asks it again", async () => {
  const world = await aWorld(12);
  server.follow(silentOn(0, 1, 2, 3, 7, 11));
  expect(await judgeNow(world)).toMatchObject({
    ...{ state: "succeeded", error: null, progress: { done: 6, total: 12 } },
    result: { instances: 6, verdicts: 12, labels: 6, invalid: 0 },
  });
  server.follow(byLength);
  expect(await judgeNow(world)).toMatchObject({ state: "succeeded", result: { verdicts: 12, labels: 6 } });
});

test("five in a row without an answer stop the run, and the routing page can say so while instances wait", async () => {
  const world = await aWorld(12);
  server.follow(silentOn(1, 2, 3, 4, 5));
  const error = expect.stringMatching(/^Judge Longer got no answer \(500: .*run it again later\.$/);
  expect(await judgeNow(world)).toMatchObject({ state: "failed", error });
  expect(server.requests).toHaveLength(2 + 6 + 4 * 2);
  expect(await prisma.verdict.count()).toBe(2);
  // A judge that is off is not expected to go on.
  expect(await getRouting(world.access)).toMatchObject({ waiting: { instances: 11 }, stopped: [] });
  await prisma.judge.updateMany({ data: { isEnabled: true } });
  const stopped = [{ judgeId: world.judge.id, name: "Longer", error, nextTryAt: expect.any(String) }];
  expect(await getRouting(world.access)).toMatchObject({ waiting: { instances: 11 }, stopped });
  server.follow(byLength);
  expect(await judgeNow(world)).toMatchObject({ state: "succeeded" });
  expect(await getRouting(world.access)).toMatchObject({ waiting: { instances: 0 }, stopped: [] });
});

test("a run that got no answer at all fails, however few questions it had", async () => {
  const world = await aWorld(2);
  server.follow(silentOn(0, 1));
  expect(await judgeNow(world)).toMatchObject({ state: "failed", error: expect.stringContaining("got no answer") });
});

test("an instance that is routed to people while the run goes on is not asked about, unless it was named", async () => {
  const world = await aWorld(4);
  const { id: projectId } = world.project;
  const ids = (await prisma.instance.findMany({ where: { projectId }, orderBy: { id: "asc" } })).map(({ id }) => id);
  // Routes are read anew every quarter of a second.
  const rerouting: Script = async (asked) => {
    await prisma.instance.updateMany({ where: { projectId, id: { in: ids.slice(2) } }, data: { route: "human" } });
    return byLength(asked);
  };
  server.follow(after(150, rerouting));
  expect(await judgeNow(world)).toMatchObject({
    ...{ state: "succeeded", progress: { done: 2, total: 2 } },
    result: { instances: 2, labels: 2 },
  });
  expect(server.requests).toHaveLength(4);
  expect(await judgeNow(world, { instances: ids })).toMatchObject({ result: { labels: 2 } });
});
