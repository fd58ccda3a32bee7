import { beforeEach, expect, test } from "vitest";
import type { Access } from "@/lib/auth/access";
import { prisma } from "@/lib/db/client";
import type { Project } from "@/lib/db/generated/client";
import { runTasks } from "@/lib/jobs/execute-run";
import { defaultComparison, defaultTaskSchema } from "@/lib/projects/schema";
import { getRouting } from "@/lib/routing/queries";
import { accessFor, aLabel, aMember, anInstance, aProject } from "@/lib/testing/builders";
import { workOff } from "@/lib/testing/work-off";
import { openRm, type RewardScorer } from "./ask-rm";
import { createJudge } from "./create";
import { judgeRun } from "./judge-run";
import { getJudge } from "./queries";
import { getJudgeReport } from "./report";
import { createJudgeInput } from "./schema";
import { judgeRouted, startJudgeRun, waitingForJudge } from "./start-run";
import { updateJudge } from "./update";

type World = {
  project: Project;
  access: Access<"judge:manage"> & Access<"judge:run"> & Access<"judge:read">;
};

/** Of the scorers that were opened, those that were not closed. */
let open = 0;

beforeEach(async () => {
  await prisma.project.deleteMany();
  await prisma.$executeRaw`delete from graphile_worker._private_jobs`;
  open = 0;
});

async function aWorld(aspects = ["overall"]): Promise<World> {
  const question = { ...defaultComparison, aspects: aspects.map((id) => ({ id, name: id, definition: "" })) };
  const schema = { ...defaultTaskSchema, questions: [question] };
  const project = await aProject({ schema });
  const { user } = await aMember(project, { role: "admin" });
  return { project, access: (await accessFor(user, project, "judge:manage")) as World["access"] };
}

function add({ access }: World, fields: object = {}) {
  return createJudge(access, createJudgeInput.parse({ kind: "rm", name: "Model", isEnabled: false, ...fields }));
}

/** Makes a version of the reward model the one that serves. */
async function promote({ project: { id: projectId } }: World, version: number, aspect = "overall"): Promise<void> {
  await prisma.rewardModel.updateMany({ where: { projectId }, data: { isActive: false } });
  await prisma.rewardModel.create({
    data: {
      ...{ projectId, version, isActive: true, seed: 1, config: { aspect }, metrics: {}, gate: {} },
      ...{ snapshotId: projectId, runId: projectId, artifact: new Uint8Array() },
    },
  });
}

/** Works off the queue with a model whose reward is the length, with sides; by the text alone it would be the opposite. */
async function work(version: number | null): Promise<void> {
  const scorer = (): RewardScorer => ({
    version: version!,
    score: async (texts) =>
      texts.map(({ completion: { length } }) => ({ reward: -length, rewardWithSides: length / 10 })),
    close: async () => void (open -= 1),
  });
  const rm = openRm(async () => {
    if (version === null) return null;
    open += 1;
    return scorer();
  });
  const judge = judgeRun({ lm: () => expect.unreachable(), rm });
  await workOff(runTasks({ judge }));
  expect(open).toBe(0);
}

// Instances are judged side by side, so the order of their labels is chance.
const labels = () => prisma.label.findMany({ orderBy: [{ instanceId: "asc" }, { id: "asc" }] });

test("the promoted reward model labels what is routed to AI, and its labels are no votes", async () => {
  const world = await aWorld();
  await promote(world, 3);
  await anInstance(world.project, { route: "lm", completions: ["A completion that is long enough", "Short"] });
  await anInstance(world.project, { route: "lm", completions: ["Even", "Odd."] });
  const judge = await add(world);
  expect(judge).toMatchObject({
    kind: "rm",
    version: 2,
    config: { rewardModel: { version: 3, aspect: "overall" }, tieBelow: 0.55 },
  });

  const { id } = await startJudgeRun(world.access, judge.id, {});
  await work(3);
  const run = await prisma.run.findUniqueOrThrow({ where: { projectId_id: { projectId: world.project.id, id } } });
  expect(run).toMatchObject({
    state: "succeeded",
    result: {
      judge: "Model",
      version: 2,
      verdicts: 4,
      labels: 2,
      preferred: 1,
      tie: 1,
      inconsistent: 0,
      costMicros: 0,
    },
  });
  expect(await labels()).toMatchObject([
    { source: "rm", annotator: `judge:${judge.id}@2`, payload: { preferred: 0, strength: 2 } },
    { source: "rm", payload: { preferred: "tie", strength: 0 } },
  ]);
  const verdicts = await prisma.verdict.findMany({ orderBy: [{ instanceId: "asc" }, { id: "asc" }] });
  expect(JSON.parse(verdicts[0]!.rawText)).toEqual({ rewardModel: 3, rewards: { A: 3.2, B: 0.5 } });
  expect(await prisma.consensus.count()).toBe(0);
});

test("what is routed to both is not the reward model's, and its labels leave instances open", async () => {
  const world = await aWorld();
  const { id: projectId } = world.project;
  await promote(world, 1);
  await anInstance(world.project, { route: "lm", completions: ["A completion that is long enough", "Short"] });
  const dual = await anInstance(world.project, { route: "dual", openSlots: 0 });
  const judge = await add(world, { isEnabled: true });
  expect(await waitingForJudge(projectId)).toEqual({ instances: 1, hasJudge: false });
  await work(1);
  expect(await labels()).toMatchObject([{ source: "rm" }]);
  expect((await getJudgeReport(world.access, judge.id)).pending).toBe(0);
  const routing = () => getRouting(world.access as unknown as Access<"routing:read">);
  const waiting = { instances: 1, hasJudge: false };
  expect(await routing()).toMatchObject({ open: 2, waiting, progress: [{}, { done: 1 }, { done: 0, doneByAi: 0 }] });

  // Asked for by name it does label it, which is no label of an AI beside people's.
  await startJudgeRun(world.access, judge.id, { instances: [dual.id] });
  await work(1);
  expect(await labels()).toHaveLength(2);
  expect(await routing()).toMatchObject({ open: 2, waiting, progress: [{}, { done: 1 }, { done: 0, doneByAi: 0 }] });
  await aLabel(dual, { source: "lm", annotator: `judge:${projectId}@1` });
  expect(await routing()).toMatchObject({
    ...{ open: 1, waiting: { instances: 0, hasJudge: true } },
    progress: [{}, { done: 1 }, { done: 1, doneByAi: 1 }],
  });
});

test("only the aspect that the model learned is answered", async () => {
  const world = await aWorld(["helpful", "harmless"]);
  await promote(world, 1, "harmless");
  await anInstance(world.project, { route: "lm", completions: ["A completion that is long enough", "Short"] });
  const judge = await add(world);
  await startJudgeRun(world.access, judge.id, {});
  await work(1);
  expect((await labels()).map(({ aspect }) => aspect)).toEqual(["harmless"]);
  expect((await getJudgeReport(world.access, judge.id)).pending).toBe(0);
});

test("without a promoted model it waits, and the promotion begins its work", async () => {
  const world = await aWorld();
  await anInstance(world.project, { route: "lm", completions: ["A completion that is long enough", "Short"] });
  const judge = await add(world, { isEnabled: true });
  expect(judge).toMatchObject({ version: 1, config: { rewardModel: null } });
  expect(await prisma.run.count()).toBe(0);
  expect(await waitingForJudge(world.project.id)).toEqual({ instances: 1, hasJudge: false });
  await expect(startJudgeRun(world.access, judge.id, {})).rejects.toMatchObject({
    code: "conflict",
    message: expect.stringContaining("no version is promoted"),
  });

  await promote(world, 1);
  await prisma.$transaction((db) => judgeRouted(db, world.project.id));
  expect(await waitingForJudge(world.project.id)).toEqual({ instances: 1, hasJudge: true });
  await work(1);
  expect(await labels()).toHaveLength(1);
});

test("a newer model is the next version and judges again", async () => {
  const world = await aWorld();
  await anInstance(world.project, { route: "lm", completions: ["A completion that is long enough", "Short"] });
  await promote(world, 1);
  const judge = await add(world, { isEnabled: true });
  await work(1);
  await promote(world, 2);
  await prisma.$transaction((db) => judgeRouted(db, world.project.id));
  await work(2);
  expect(await getJudge(world.access, judge.id)).toMatchObject({
    version: 3,
    config: { rewardModel: { version: 2 } },
    labels: 2,
  });
  expect((await labels()).map(({ annotator }) => annotator.split("@")[1])).toEqual(["2", "3"]);
});

test("a model that is promoted as a run begins is not taken for the one before", async () => {
  const world = await aWorld();
  await anInstance(world.project, { route: "lm", completions: ["A completion that is long enough", "Short"] });
  await promote(world, 1);
  const judge = await add(world);
  for (const [version, words] of [
    [2, "Version 2 of the reward model was promoted"],
    [null, "no version is promoted"],
  ] as const) {
    const { id } = await startJudgeRun(world.access, judge.id, {});
    await work(version);
    expect(
      await prisma.run.findUniqueOrThrow({ where: { projectId_id: { projectId: world.project.id, id } } }),
    ).toMatchObject({ state: "failed", error: expect.stringContaining(words) });
  }
  expect(await labels()).toEqual([]);
});

test("its threshold can be changed, an address it has not", async () => {
  const world = await aWorld();
  const judge = await add(world);
  expect(await updateJudge(world.access, judge.id, { tieBelow: 0.7 })).toMatchObject({
    version: 2,
    config: { tieBelow: 0.7 },
  });
  await expect(updateJudge(world.access, judge.id, { apiKey: "sk-none" })).rejects.toMatchObject({
    code: "invalid",
    faults: [{ path: "apiKey" }],
  });
});
