import { afterAll, beforeAll, expect, test } from "vitest";
import { prisma } from "@/lib/db/client";
import { runTasks } from "@/lib/jobs/execute-run";
import { setEncoder } from "@/lib/reward/encoder-choice";
import { readModelCard } from "@/lib/reward/model-card";
import { getRewardModel, listRewardModels } from "@/lib/reward/queries";
import { trainInput, type RewardModelView } from "@/lib/reward/schema";
import { endThread } from "@/lib/reward/scorer-thread-client";
import { startTraining } from "@/lib/reward/start-training";
import { trainRun } from "@/lib/reward/train-run";
import { accessFor, aLabelOf, aMember, aProject } from "@/lib/testing/builders";
import { startEmbeddingsServer, type EmbeddingsServer } from "@/lib/testing/embeddings-server";
import { addPreferences } from "@/lib/testing/preferences";
import { workOff } from "@/lib/testing/work-off";
import { startTrainer } from "./start-trainer";

// In the order of a project's life: each test goes on from what the one before has made.
const trainingMs = 300_000;
const longest = 1000;
const key = "sk-embeddings-test-key-1234";

let server: EmbeddingsServer;
let world: Awaited<ReturnType<typeof aWorld>>;

beforeAll(async () => {
  await prisma.project.deleteMany();
  await prisma.allowedHost.deleteMany();
  await prisma.$executeRaw`delete from graphile_worker._private_jobs`;
  server = await startEmbeddingsServer({ key });
  await prisma.allowedHost.create({ data: { host: server.host } });
  world = await aWorld();
});
afterAll(async () => {
  await server.stop();
  await prisma.allowedHost.deleteMany();
  await endThread();
});

test("where every text is read, a version is whole", { timeout: trainingMs }, async () => {
  const version = await train();
  expect(version.metrics.failures).toEqual([]);
  expect(version.metrics.dense!.segments!.heads).toHaveLength(1);
  expect(version.metrics.evaluation!.consistency).not.toBeNull();
  expect(version.isActive).toBe(true);
  expect(await readModelCard(world.access, version.id)).not.toContain("could not be made");
});

test(
  "a prompt that is refused costs the parts that read prompts, and nothing else",
  { timeout: trainingMs },
  async () => {
    const { access } = world;
    server.readAtMost(longest);
    const version = await train();
    const { failures, dense, evaluation, noise, preference, tastes } = version.metrics;
    expect(failures.map(({ part }) => part)).toEqual(["gate", "dense", "consistency"]);
    for (const { reason } of failures) {
      expect(reason).toMatch(/makes no embeddings of a text \(400: .*\)\. Shorten or remove it, or choose an endpoint/);
      expect(reason).not.toContain(key);
    }
    expect(dense).toBeNull();
    expect(evaluation).toMatchObject({ consistency: null, oneToMany: { prompts: 0 }, learningCurve: { cutTo: null } });
    expect([noise, preference, tastes]).not.toContain(null);
    const card = await readModelCard(access, version.id);
    expect(card).toContain("## What could not be made");
    expect(card).toContain("- The heads for segments and steps could not be made. http://");
    expect(card).toContain("- Prompts that resemble each other could not be made.");
    // There was no gate before either, as nobody compared aspects.
    const missing = "Version 1 has what could not be made for this one: the heads for segments and steps.";
    expect(version.gate.rules).toContainEqual({
      rule: "parts",
      isPassed: false,
      reason: expect.stringContaining(missing),
    });
    expect(version.isActive).toBe(false);
  },
);

test(
  "a completion that the endpoint refuses ends the training, as the main heads read it",
  { timeout: trainingMs },
  async () => {
    const { access, project } = world;
    server.readAtMost(longest);
    await prisma.completion.updateMany({
      where: { projectId: project.id, instanceId: world.ids[0]!, index: 0 },
      data: { text: "long ".repeat(longest) },
    });
    const { id } = await startTraining(access, trainInput.parse({}));
    await work();
    const run = await prisma.run.findUniqueOrThrow({ where: { projectId_id: { projectId: project.id, id } } });
    expect(run).toMatchObject({
      state: "failed",
      error: expect.stringContaining("makes no embeddings of a text (400"),
    });
    expect(await prisma.rewardModel.count({ where: { projectId: project.id } })).toBe(2);
  },
);

/** A project of several aspects whose texts an endpoint reads, with spans on all of them, and a very long prompt in the test part. */
async function aWorld() {
  const aspects = ["overall", "kind", "true"].map((id) => ({ id, name: id, definition: "" }));
  const asked = { id: "comparison", type: "comparison" as const, scale: 5 as const, bothBad: false, aspects };
  const project = await aProject({ schema: { questions: [asked], reason: "off" } });
  const { user } = await aMember(project, { role: "admin" });
  const ids = await addPreferences(project.id, { prompts: 200 });
  const { id } = await prisma.instance.findFirstOrThrow({ where: { projectId: project.id, split: "test" } });
  await prisma.instance.update({
    where: { projectId_id: { projectId: project.id, id } },
    data: { prompt: "Why? ".repeat(longest) },
  });
  const first = await prisma.completion.findMany({ where: { projectId: project.id, index: 0 } });
  for (const { projectId, instanceId, text } of first) {
    const span = { completion: 0, start: 0, end: text!.length, category: "wrong" };
    await aLabelOf({ projectId, id: instanceId }, "spans", { covered: [0, 1], spans: [span] });
  }
  const access = await accessFor(user, project, "reward:train");
  // An admin holds all of these; the proofs are joined for brevity.
  const all = access as typeof access &
    Awaited<ReturnType<typeof accessFor<"reward:manage">>> &
    Awaited<ReturnType<typeof accessFor<"reward:read">>>;
  await setEncoder(all, { endpoint: { baseUrl: server.baseUrl, model: "embed-1", apiKey: key } });
  return { project, access: all, ids };
}

async function train(): Promise<RewardModelView> {
  await startTraining(world.access, trainInput.parse({}));
  await work();
  const [newest] = (await listRewardModels(world.access, { limit: 1 })).items;
  return await getRewardModel(world.access, newest!.id);
}

/** Works off the queue as the worker process does. */
async function work(): Promise<void> {
  const taskList = runTasks({ train: trainRun(startTrainer) });
  await workOff(taskList);
}
