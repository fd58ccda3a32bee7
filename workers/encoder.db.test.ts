import { afterAll, beforeAll, expect, test } from "vitest";
import { prisma } from "@/lib/db/client";
import { encoderInput } from "@/lib/encoders/schema";
import { runTasks } from "@/lib/jobs/execute-run";
import { getEncoder, setEncoder } from "@/lib/reward/encoder-choice";
import { promoteRewardModel } from "@/lib/reward/promote";
import { listRewardModels } from "@/lib/reward/queries";
import { trainInput, type RewardModelView } from "@/lib/reward/schema";
import { scoreTexts } from "@/lib/reward/score";
import { scoreInput } from "@/lib/reward/serving/schema";
import { scoreRun } from "@/lib/reward/score-run";
import { endThread } from "@/lib/reward/scorer-thread-client";
import { startTraining } from "@/lib/reward/start-training";
import { sweepVectors } from "@/lib/reward/sweep-vectors";
import { trainRun } from "@/lib/reward/train-run";
import type { StartTrainer, TrainerMessage } from "@/lib/reward/trainer-protocol";
import { accessFor, aMember, aProject } from "@/lib/testing/builders";
import { addPreferences } from "@/lib/testing/preferences";
import { workOff } from "@/lib/testing/work-off";
import { startTrainer } from "./start-trainer";

// In the order of a project's life: each test goes on from what the one before has made.
const trainingMs = 300_000;

let world: Awaited<ReturnType<typeof aWorld>>;

beforeAll(async () => {
  await prisma.project.deleteMany();
  await prisma.$executeRaw`delete from graphile_worker._private_jobs`;
  world = await aWorld();
  await addPreferences(world.project.id, { prompts: 120 });
  await addPreferences(world.project.id, { prompts: 5, labelled: false, seed: 2 });
});
afterAll(endThread);

test("a model is chosen by its folder, and one that is not there is refused at the field", async () => {
  const { access, project } = world;
  expect((await getEncoder(access)).encoder).toEqual({ version: "hashed-w12-c345-1", width: 1024 });
  await expect(setEncoder(access, { model: { folder: "gpt", pooling: "mean" } })).rejects.toMatchObject({
    code: "invalid",
    message: expect.stringContaining("There is no model gpt in the models folder, which has tiny-bert,"),
    faults: [{ path: "model.folder" }],
  });
  for (const folder of ["../secrets", "/etc", "..", "a/b", ""]) {
    expect(encoderInput.safeParse({ model: { folder } }).success, folder).toBe(false);
  }
  const model = { folder: "tiny-bert", pooling: "mean" } as const;
  const { encoder, folders } = await setEncoder(access, { model });
  expect(encoder).toEqual({ version: expect.stringMatching(/^onnx-[0-9a-f]{32}-mean$/), width: 16, model });
  expect(folders).toEqual(["tiny-bert", "tiny-bert-fp16", "tiny-bert-int8", "tiny-llama"]);
  expect(await getEncoder(access)).toEqual({ encoder, folders, hasKey: false });
  expect((await setEncoder(access, { model: null })).encoder.model).toBeUndefined();
  expect(await prisma.auditEvent.count({ where: { projectId: project.id, action: "reward.encoder" } })).toBe(2);
});

test("a version of another encoder is compared with the one that serves", { timeout: trainingMs }, async () => {
  const { access } = world;
  const first = await train();
  expect(first.model.isActive).toBe(true);
  await setEncoder(access, { model: { folder: "tiny-bert", pooling: "mean" } });
  const { model, encoded } = await train({ killAt: 100 });
  expect(model.config.encoder).toMatchObject({ width: 16, model: { folder: "tiny-bert" } });
  expect(model.gate.comparison).toMatchObject({ version: first.model.version });
  // The second trainer went on from what the first, which was killed, had stored.
  const restart = encoded.findIndex((done, i) => i > 0 && done <= encoded[i - 1]!);
  expect(encoded[0]).toBe(0);
  expect(encoded[restart]).toBeGreaterThanOrEqual(100);
  expect(encoded.at(-1)).toBe(await prisma.encoderVector.count());
  const { encodedOn } = model.metrics;
  expect(["cpu", ...encodedOn!.others.map(({ provider }) => provider)]).toContain("webgpu");
  expect(encodedOn!.others.every(({ reason }) => reason !== "")).toBe(true);
});

test("a second training encodes nothing again and comes to the same model", { timeout: trainingMs }, async () => {
  const [before] = await versions();
  const stored = await prisma.encoderVector.count();
  const { model, encoded } = await train({ snapshotId: before!.snapshotId });
  expect(encoded).toEqual([stored]);
  const artifacts = await prisma.rewardModel.findMany({ where: { id: { in: [before!.id, model.id] } } });
  expect(Buffer.from(artifacts[0]!.artifact!).equals(Buffer.from(artifacts[1]!.artifact!))).toBe(true);
});

test("the version scores by its own encoder, whatever is chosen now", { timeout: trainingMs }, async () => {
  const { access, project } = world;
  const [version] = await versions();
  if (!version!.isActive) await promoteRewardModel(access, version!.id, { reason: "to see it score" });
  await setEncoder(access, { model: null });
  await work();
  const completions = await prisma.completion.findMany({ where: { projectId: project.id } });
  const scores = await prisma.rewardScore.findMany({ where: { projectId: project.id } });
  expect(scores).toHaveLength(completions.length);
  // The scoring run stored those of the texts that were not trained on.
  const stored = await prisma.encoderVector.count();
  expect(stored).toBe(new Set(completions.map(({ text }) => text)).size);

  const { instanceId, text } = completions[0]!;
  const kept = scores.find((score) => score.instanceId === instanceId && score.index === completions[0]!.index)!;
  const input = scoreInput.parse({ items: [{ prompt: "?", completions: [text, "A text of nobody"] }] });
  const { items } = await scoreTexts(access, "active", input);
  expect(items[0]!.completions[0]!.reward).toBeCloseTo(kept.reward, 5);
  expect(await prisma.encoderVector.count()).toBe(stored);
});

test("a version scores alike where the operator asks for WebGPU", { timeout: trainingMs }, async () => {
  const { access } = world;
  const [version] = await versions();
  const input = scoreInput.parse({ items: [{ prompt: "?", completions: ["A text of nobody", "Another one"] }] });
  const score = async () => (await scoreTexts(access, version!.id, input)).items[0]!.completions;
  const onCpu = await score();
  // A thread has the environment as it was when it started.
  await endThread();
  process.env.TANDEM_PROVIDER = "webgpu";
  process.env.VK_ICD_FILENAMES ??= "/usr/lib/chromium/vk_swiftshader_icd.json";
  const onGpu = await score();
  delete process.env.TANDEM_PROVIDER;
  await endThread();
  onGpu.forEach(({ reward }, i) => expect(reward).toBeCloseTo(onCpu[i]!.reward, 3));
});

test("a version whose encoder is gone or has changed says so", async () => {
  const { access } = world;
  const [version] = await versions();
  const input = scoreInput.parse({ items: [{ prompt: "?", completions: ["A text of nobody"] }] });
  const spoil = async (path: string, value: string) => {
    await prisma.$executeRaw`
      update reward_models set config = jsonb_set(config, ${path}::text[], to_jsonb(${value}::text)) where id = ${version!.id}::uuid`;
    return await scoreTexts(access, version!.id, input).catch((error: unknown) => error);
  };
  const number = version!.version;
  expect(await spoil("{encoder,version}", "onnx-other")).toMatchObject({
    code: "conflict",
    message: expect.stringMatching(new RegExp(`^Version ${number} .*The files of model tiny-bert have changed`)),
  });
  expect(await spoil("{encoder,model,folder}", "gone")).toMatchObject({
    code: "conflict",
    message: expect.stringMatching(new RegExp(`^Version ${number} .*There is no model gone in the models folder`)),
  });
});

test("vectors go with the last completion of their text, and with the last version of their encoder", async () => {
  const { project } = world;
  expect(await sweepVectors()).toBe(0);
  const stored = await prisma.encoderVector.count();
  const texts = () => prisma.completion.findMany({ where: { projectId: project.id }, distinct: ["text"] });
  await prisma.instance.deleteMany({ where: { outsideId: { startsWith: "p2-" } } });
  const left = (await texts()).length;
  expect(await sweepVectors()).toBe(stored - left);
  expect(await prisma.encoderVector.count()).toBe(left);
  await prisma.rewardModel.deleteMany({ where: { config: { path: ["encoder", "width"], equals: 16 } } });
  expect(await sweepVectors()).toBe(left);
});

async function aWorld() {
  const project = await aProject();
  const { user } = await aMember(project, { role: "admin" });
  const access = await accessFor(user, project, "reward:train");
  // An admin holds all of these; the proofs are joined for brevity.
  return {
    project,
    access: access as typeof access &
      Awaited<ReturnType<typeof accessFor<"reward:manage">>> &
      Awaited<ReturnType<typeof accessFor<"reward:read">>>,
  };
}

/** Trains to the end; also says how many texts were encoded at each news of it. The first trainer is killed at so many. */
async function train({ snapshotId, killAt }: { snapshotId?: string; killAt?: number } = {}) {
  await startTraining(world.access, trainInput.parse({ snapshotId }));
  const encoded: number[] = [];
  let isKilled = false;
  await work((job) => {
    const trainer = startTrainer(job);
    trainer.onMessage((message) => {
      const news = message as TrainerMessage;
      if (news.kind !== "encoded") return;
      encoded.push(news.done);
      if (killAt === undefined || isKilled || news.done < killAt) return;
      isKilled = true;
      trainer.kill();
    });
    return trainer;
  });
  return { model: (await versions())[0]!, encoded };
}

async function versions(): Promise<RewardModelView[]> {
  return (await listRewardModels(world.access, { limit: 9 })).items;
}

/** Works off the queue as the worker process does. */
async function work(start: StartTrainer = startTrainer): Promise<void> {
  const taskList = runTasks({ train: trainRun(start), score: scoreRun });
  await workOff(taskList);
}
