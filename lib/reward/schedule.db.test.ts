import { beforeEach, expect, test } from "vitest";
import { prisma } from "@/lib/db/client";
import { accessFor, aMember, aProject, anInstance } from "@/lib/testing/builders";
import { addPreferences } from "@/lib/testing/preferences";
import { lookForRetraining } from "./look-for-retraining";
import { measureReadiness } from "./queries";
import { scoreSoon } from "./queue-scoring";
import { retrainIfDue, scoreNewInstances, sweepReward } from "./schedule";
import { rewardSettings, type RewardSettings } from "./schema";
import { getRewardSettings, setRewardSettings } from "./settings";

beforeEach(async () => {
  await prisma.project.deleteMany();
  await prisma.$executeRaw`delete from graphile_worker._private_jobs`;
});

const minute = new Date("2026-11-23T03:00:00Z");

test("a training starts after as many new labels as the settings say, and one at a time", async () => {
  const { project, manage } = await aWorld({ isEnabled: true, retrainAfterLabels: 30, cron: null });
  await addPreferences(project.id, { prompts: 29 });
  await retrainIfDue(project.id);
  expect(await trainings(project.id)).toBe(0);
  await addPreferences(project.id, { prompts: 1, seed: 2 });
  await Promise.all([retrainIfDue(project.id), retrainIfDue(project.id), sweepReward(minute)]);
  expect(await trainings(project.id)).toBe(1);
  await prisma.run.updateMany({ data: { state: "succeeded", finishedAt: new Date() } });
  // The labels of the last training are not new.
  await sweepReward(minute);
  expect(await trainings(project.id)).toBe(1);
  await addPreferences(project.id, { prompts: 30, seed: 3 });
  await setRewardSettings(manage, { isEnabled: false, retrainAfterLabels: 30, cron: "* * * * *" });
  await sweepReward(minute);
  expect(await trainings(project.id)).toBe(1);
});

test("a training starts at its time, in UTC", async () => {
  const { project } = await aWorld({ isEnabled: true, retrainAfterLabels: null, cron: "0 3 * * 1" });
  await sweepReward(new Date("2026-11-23T04:00:00Z"));
  expect(await trainings(project.id)).toBe(0);
  await sweepReward(minute);
  expect(await trainings(project.id)).toBe(1);
  const snapshot = await prisma.snapshot.findFirstOrThrow({ where: { projectId: project.id } });
  expect(snapshot).toMatchObject({ hash: null, createdById: null, filter: { sources: ["human", "lm"], split: "all" } });
  const audit = await prisma.auditEvent.findFirstOrThrow({ where: { projectId: project.id, action: "reward.train" } });
  expect(audit).toMatchObject({ actor: "training schedule" });
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
