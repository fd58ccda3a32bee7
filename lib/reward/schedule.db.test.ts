import { beforeEach, expect, test } from "vitest";
import type { Access } from "@/lib/auth/access";
import { prisma } from "@/lib/db/client";
import { refreshConsensus } from "@/lib/labels/consensus";
import { accessFor, aLabel, aLabelOf, aMember, anInstance, aProject } from "@/lib/testing/builders";
import { addPreferences } from "@/lib/testing/preferences";
import { lookForRetraining } from "./look-for-retraining";
import { measureReadiness } from "./queries";
import { scoreSoon } from "./queue-scoring";
import { retrainIfDue, scoreNewInstances, sweepReward } from "./schedule";
import { rewardSettings, trainInput, type RewardSettings } from "./schema";
import { getRewardSettings, setRewardSettings } from "./settings";
import { startTraining } from "./start-training";

beforeEach(async () => {
  await prisma.project.deleteMany();
  await prisma.rewardSweep.deleteMany();
  await prisma.$executeRaw`delete from graphile_worker._private_jobs`;
});

const minute = new Date("2026-11-23T03:00:00Z");

test("a training starts after as many new labels as the settings say, and one at a time", async () => {
  const { project, manage } = await aWorld({ isEnabled: true, retrainAfterLabels: 60, cron: null });
  await addPreferences(project.id, { prompts: 59 });
  await retrainIfDue(project.id);
  expect(await trainings(project.id)).toBe(0);
  await addPreferences(project.id, { prompts: 1, seed: 2 });
  await Promise.all([retrainIfDue(project.id), retrainIfDue(project.id), sweepReward(minute)]);
  expect(await trainings(project.id)).toBe(1);
  await prisma.run.updateMany({ data: { state: "succeeded", finishedAt: new Date() } });
  // The labels of the last training are not new.
  await sweepReward(minute);
  expect(await trainings(project.id)).toBe(1);
  await addPreferences(project.id, { prompts: 60, seed: 3 });
  await setRewardSettings(manage, { isEnabled: false, retrainAfterLabels: 60, cron: "* * * * *" });
  await sweepReward(minute);
  expect(await trainings(project.id)).toBe(1);
});

test("where nothing is asked that says which is better, nothing is trained by schedule, and by hand it is said why", async () => {
  const settings = { isEnabled: true, retrainAfterLabels: 1, cron: "0 3 * * 1" };
  const { project, manage } = await aWorld(settings);
  const critique = { id: "why", type: "critique", name: "Why", definition: "", isRequired: true, rewrite: "off" };
  await prisma.taskSchema.updateMany({
    where: { projectId: project.id },
    data: { payload: { questions: [critique], reason: "off" } },
  });
  await addPreferences(project.id, { prompts: 5 });
  await sweepReward(minute);
  expect(await trainings(project.id)).toBe(0);
  const admin = { ...manage } as typeof manage & Access<"reward:read"> & Access<"reward:train">;
  expect(await measureReadiness(admin)).toEqual({ labels: 0, trainPairs: 0, validationPairs: 0, newLabels: 0 });
  await expect(startTraining(admin, trainInput.parse({}))).rejects.toMatchObject({
    code: "conflict",
    message: expect.stringContaining("asks for nothing that says which completion is better"),
  });
});

test("a training starts at its time, in UTC", async () => {
  const { project } = await aWorld({ isEnabled: true, retrainAfterLabels: null, cron: "0 3 * * 1" });
  await addPreferences(project.id, { prompts: 60 });
  await sweepReward(new Date("2026-11-23T02:59:00Z"));
  expect(await trainings(project.id)).toBe(0);
  await sweepReward(minute);
  expect(await trainings(project.id)).toBe(1);
  const snapshot = await prisma.snapshot.findFirstOrThrow({ where: { projectId: project.id } });
  expect(snapshot).toMatchObject({ hash: null, createdById: null, filter: { sources: ["human", "lm"], split: "all" } });
  const audit = await prisma.auditEvent.findFirstOrThrow({ where: { projectId: project.id, action: "reward.train" } });
  expect(audit).toMatchObject({ actor: "training schedule", detail: { cron: "0 3 * * 1" } });
});

test("a sweep that comes late makes up for the minutes since the last, an hour at most, with one training", async () => {
  const at = (time: string) => sweepReward(new Date(`2026-11-23T${time}:00Z`));
  const { project } = await aWorld({ isEnabled: true, retrainAfterLabels: null, cron: "0,5 3 * * *" });
  await addPreferences(project.id, { prompts: 60 });
  // The first sweep of all knows of none before.
  await at("03:06");
  expect(await trainings(project.id)).toBe(0);
  await prisma.rewardSweep.update({ where: { id: 1 }, data: { minute: new Date("2026-11-23T02:58:00Z") } });
  await at("03:40");
  expect(await trainings(project.id)).toBe(1);
  await prisma.run.updateMany({ data: { state: "succeeded", finishedAt: new Date() } });
  await at("03:41");
  await at("03:00");
  expect(await trainings(project.id)).toBe(1);
  await prisma.rewardSweep.update({ where: { id: 1 }, data: { minute: new Date("2026-11-23T02:58:00Z") } });
  await at("04:30");
  expect(await trainings(project.id)).toBe(1);
});

test("what goes wrong with one project costs the others nothing", async () => {
  const broken = await aWorld();
  const { project } = await aWorld({ isEnabled: true, retrainAfterLabels: null, cron: "0 3 * * *" });
  await addPreferences(project.id, { prompts: 60 });
  await prisma.project.update({
    where: { id: broken.project.id },
    data: { rewardSettings: { isEnabled: true, retrainAfterLabels: "many", cron: null } },
  });
  await sweepReward(minute);
  expect(await trainings(broken.project.id)).toBe(0);
  expect(await trainings(project.id)).toBe(1);
});

test("labels stay new after a training that came to nothing, which is tried again an hour later", async () => {
  const { project } = await aWorld({ isEnabled: true, retrainAfterLabels: 60, cron: null });
  await addPreferences(project.id, { prompts: 60 });
  await retrainIfDue(project.id);
  const hoursAgo = (hours: number) => new Date(Date.now() - hours * 3_600_000);
  const ended = [
    { state: "cancelled" as const, error: null },
    { state: "failed" as const, error: "An unexpected error stopped the train 5 times. Start it again." },
    { state: "failed" as const, error: "The worker ended unexpectedly at every attempt. Start the train again." },
  ];
  for (const [i, end] of ended.entries()) {
    const { id } = await prisma.run.findFirstOrThrow({ where: { projectId: project.id }, orderBy: { id: "desc" } });
    const where = { projectId_id: { projectId: project.id, id } };
    await prisma.run.update({ where, data: { ...end, finishedAt: hoursAgo(0.5) } });
    await retrainIfDue(project.id);
    expect(await trainings(project.id)).toBe(i + 1);
    await prisma.run.update({ where, data: { finishedAt: hoursAgo(1.5) } });
    await retrainIfDue(project.id);
    expect(await trainings(project.id)).toBe(i + 2);
  }
  await prisma.run.updateMany({
    where: { state: "queued" },
    data: { state: "failed", error: "There are too few pairs to train on.", finishedAt: hoursAgo(2) },
  });
  await retrainIfDue(project.id);
  expect(await trainings(project.id)).toBe(4);
});

test("what is due waits while the labels are too few to train on, and starts once they are enough", async () => {
  const { project } = await aWorld({ isEnabled: true, retrainAfterLabels: 60, cron: "0 3 * * *" });
  const tie = { preferred: "tie" as const, strength: 0 };
  await addPreferences(project.id, { prompts: 100, answer: () => tie });
  await retrainIfDue(project.id);
  await sweepReward(minute);
  expect(await trainings(project.id)).toBe(0);
  // Enough to learn from, and none to stop by.
  const decided = await addPreferences(project.id, { prompts: 60, seed: 2 });
  const validating = await prisma.$queryRaw<{ id: string }[]>`
    select id from instances where project_id = ${project.id}::uuid and id = any(${decided}::uuid[]) and split = 'train'
      and ('x' || substr(prompt_hash, 9, 8))::bit(32)::bigint % 100 < 20`;
  await prisma.completion.updateMany({
    where: { projectId: project.id, instanceId: { in: validating.map(({ id }) => id) }, index: 1 },
    data: { text: null },
  });
  await retrainIfDue(project.id);
  await sweepReward(minute);
  expect(await trainings(project.id)).toBe(0);
  await addPreferences(project.id, { prompts: 60, seed: 3 });
  await retrainIfDue(project.id);
  expect(await trainings(project.id)).toBe(1);
});

test("a schedule that cannot be read is refused, and settings start switched off", async () => {
  const { project, manage } = await aWorld();
  const read = await accessFor((await aMember(project, { role: "researcher" })).user, project, "reward:read");
  expect(await getRewardSettings(read)).toEqual({ isEnabled: false, retrainAfterLabels: null, cron: null });
  const bad = rewardSettings.parse({ isEnabled: true, cron: "every day" });
  await expect(setRewardSettings(manage, bad)).rejects.toMatchObject({ code: "invalid", faults: [{ path: "cron" }] });
});

test("labels ask for a look only where a number is set, and once for many", async () => {
  const { project } = await aWorld();
  await lookForRetraining(project.id);
  expect(await jobs("retrain-due")).toBe(0);
  await prisma.project.update({
    where: { id: project.id },
    data: { rewardSettings: { isEnabled: true, retrainAfterLabels: 5, cron: null } },
  });
  await lookForRetraining(project.id);
  await lookForRetraining(project.id);
  expect(await jobs("retrain-due")).toBe(1);
});

test("new instances are scored where a version serves, and not where none does", async () => {
  const { project } = await aWorld();
  await anInstance(project);
  await prisma.$transaction((db) => scoreSoon(db, project.id));
  expect(await jobs("score-new")).toBe(0);
  const ids = { projectId: project.id, snapshotId: project.id, runId: project.id };
  await prisma.rewardModel.create({
    data: { ...ids, version: 4, seed: 1, config: {}, metrics: {}, gate: {}, artifact: Buffer.from(""), isActive: true },
  });
  await prisma.$transaction((db) => scoreSoon(db, project.id));
  await prisma.$transaction((db) => scoreSoon(db, project.id));
  expect(await jobs("score-new")).toBe(1);
  await scoreNewInstances(project.id);
  await scoreNewInstances(project.id);
  expect(await prisma.run.findMany({ where: { kind: "score" } })).toMatchObject([{ payload: { version: 4 } }]);
});

test("readiness counts the decided pairs as training would", async () => {
  const { project } = await aWorld();
  const read = await accessFor((await aMember(project, { role: "researcher" })).user, project, "reward:read");
  expect(await measureReadiness(read)).toEqual({ labels: 0, trainPairs: 0, validationPairs: 0, newLabels: 0 });
  await addPreferences(project.id, { prompts: 40 });
  expect((await measureReadiness(read)).newLabels).toBe(40);
  const instanceIds = await addPreferences(project.id, { prompts: 20, seed: 2, labelled: false });
  for (const id of instanceIds) {
    const instance = { projectId: project.id, id };
    await aLabel(instance, { aspect: "style" });
    await aLabel(instance, { question: "second-look" });
    await aLabelOf(instance, "binary", { completion: 0, value: true, kind: "thumb" });
  }
  const all = await prisma.instance.findMany({ where: { projectId: project.id } });
  await prisma.$transaction((db) =>
    refreshConsensus(
      db,
      project.id,
      all.map(({ id }) => id),
    ),
  );
  // Answers on an aspect or to a question that no model learns count nowhere, and no more do those of other types.
  const inTrain = all.filter(({ id, split }) => split === "train" && !instanceIds.includes(id)).length;
  const readiness = await measureReadiness(read);
  expect(readiness).toMatchObject({ labels: inTrain, newLabels: 40 });
  expect(readiness.trainPairs + readiness.validationPairs).toBe(inTrain);
});

async function aWorld(settings?: RewardSettings) {
  const project = await aProject();
  const { user } = await aMember(project, { role: "admin" });
  const manage = await accessFor(user, project, "reward:manage");
  if (settings) await setRewardSettings(manage, settings);
  return { project, manage };
}

async function trainings(projectId: string): Promise<number> {
  return await prisma.run.count({ where: { projectId, kind: "train" } });
}

async function jobs(name: string): Promise<number> {
  const [row] = await prisma.$queryRaw<[{ count: number }]>`
    select count(*)::int as count from graphile_worker.jobs where task_identifier = ${name}`;
  return row.count;
}
