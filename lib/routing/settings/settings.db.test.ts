import { beforeEach, expect, test } from "vitest";
import { v7 as uuidv7 } from "uuid";
import type { Access } from "@/lib/auth/access";
import { prisma } from "@/lib/db/client";
import type { Project } from "@/lib/db/generated/client";
import { accessFor, aMember, aProject } from "@/lib/testing/builders";
import { addDualLabels } from "@/lib/testing/dual-labels";
import { aRewardModel } from "@/lib/testing/reward-model";
import type { FitModel, FitReport } from "../fits/schema";
import { routingSettings, type RoutingSettings } from "./schema";
import { getRoutingSettings, setRoutingSettings } from "./settings";
import { startDueFits } from "./start-due-fits";

type Admin = Access<"routing:manage"> & Access<"routing:read">;

beforeEach(async () => {
  await prisma.project.deleteMany();
  await prisma.$executeRaw`delete from graphile_worker._private_jobs`;
});

async function aWorld(refit: Partial<RoutingSettings["refit"]>): Promise<{ project: Project; access: Admin }> {
  const project = await aProject();
  const { user } = await aMember(project, { role: "admin" });
  const access = (await accessFor(user, project, "routing:manage")) as Admin;
  await setRoutingSettings(access, routingSettings.parse({ refit }));
  return { project, access };
}

async function causes(): Promise<unknown[]> {
  const runs = await prisma.run.findMany({ where: { kind: "routing-fit" }, orderBy: { id: "asc" } });
  return runs.map(({ payload }) => (payload as { cause: string }).cause);
}

/** A fit as it would be stored by now, of labels by a judge. */
async function aFit({ id: projectId }: Project, judge: string): Promise<void> {
  await prisma.run.updateMany({ where: { projectId }, data: { state: "succeeded", finishedAt: new Date() } });
  const figure = { value: 0.8, interval: null };
  const report: FitReport = {
    data: {
      ...{ question: "comparison", aspect: "overall", pairs: 60, prompts: 60, drawn: 0, undecided: 0, withoutText: 0 },
      ...{ judgeAccuracy: figure, humanAccuracy: null, encoder: "e", modelVersion: null, tagged: 0 },
      judges: [{ judge, name: "Judge", labels: 60 }],
    },
    ...{ learned: null, reason: "test", backtest: { seeds: 0, curves: [] }, risks: [] },
  };
  const model: FitModel = { gain: null, errors: null, confidences: {} };
  const made = { projectId, version: 1, runId: uuidv7(), seed: 1, cause: "hand" };
  await prisma.routingFit.create({ data: { ...made, report, model } });
}

test("settings are kept as they are set, and a schedule that cannot be read is refused at its field", async () => {
  const { access } = await aWorld({});
  expect(await getRoutingSettings(access)).toEqual(routingSettings.parse({}));
  const settings = routingSettings.parse({
    ...{ refit: { cron: "0 3 * * 1", everyLabels: 500, onChange: true }, appliesRefits: true, fallsBack: false },
    scheduled: { policy: { kind: "all-human" }, at: "2999-12-01T00:00:00Z" },
  });
  await setRoutingSettings(access, settings);
  expect(await getRoutingSettings(access)).toEqual(settings);
  const wrong = { ...settings, refit: { ...settings.refit, cron: "at three" } };
  await expect(setRoutingSettings(access, wrong)).rejects.toMatchObject({
    code: "invalid",
    faults: [{ path: "cron" }],
  });
  const past = { ...settings, scheduled: { ...settings.scheduled!, at: "2026-01-01T00:00:00Z" } };
  await expect(setRoutingSettings(access, past)).rejects.toThrow(/has passed. Read the settings again/);
  expect(await prisma.auditEvent.count({ where: { action: "routing.settings" } })).toBe(2);
});

test("a fit starts at its time and once, also when no sweep came for most of a day", async () => {
  const { project } = await aWorld({ cron: "0 3 26 * *" });
  await addDualLabels(project.id, { instances: 60, people: 1 });
  await startDueFits(new Date("2126-11-26T02:59:00Z"));
  expect(await causes()).toEqual([]);
  await startDueFits(new Date("2126-11-26T23:20:00Z"));
  expect(await causes()).toEqual(["schedule"]);
  const createdAt = new Date("2126-11-26T23:20:00Z");
  await prisma.run.updateMany({ data: { createdAt, state: "succeeded", finishedAt: createdAt } });
  await startDueFits(new Date("2126-11-27T00:20:00Z"));
  expect(await causes()).toEqual(["schedule"]);
});

test("a fit starts after so many new instances labelled by both, and not where they are too few for any", async () => {
  const { project } = await aWorld({ everyLabels: 10 });
  await addDualLabels(project.id, { instances: 15, people: 1 });
  await startDueFits();
  expect(await causes()).toEqual([]);
  await addDualLabels(project.id, { instances: 45, people: 1, seed: 2 });
  await startDueFits();
  await startDueFits();
  expect(await causes()).toEqual(["labels"]);
  await aFit(project, "import:strict");
  await addDualLabels(project.id, { instances: 9, people: 1, seed: 3 });
  await startDueFits();
  expect(await causes()).toHaveLength(1);
  await addDualLabels(project.id, { instances: 1, people: 1, seed: 4 });
  await startDueFits();
  expect(await causes()).toEqual(["labels", "labels"]);
});

test("a fit that failed or was cancelled is left alone for a day", async () => {
  const { project } = await aWorld({ everyLabels: 10 });
  await addDualLabels(project.id, { instances: 60, people: 1 });
  await startDueFits();
  await prisma.run.updateMany({ data: { state: "cancelled", finishedAt: new Date() } });
  await startDueFits();
  expect(await causes()).toHaveLength(1);
  await startDueFits(new Date(Date.now() + 25 * 3_600_000));
  expect(await causes()).toHaveLength(2);
});

test("another reward model is a reason for a fit, as is a judge's version once it has labelled enough", async () => {
  const { project } = await aWorld({ onChange: true });
  const judge = await prisma.judge.create({
    data: {
      ...{ projectId: project.id, name: "Strict", kind: "lm" as const, version: 2 },
      versions: { create: [1, 2].map((version) => ({ version, config: {} })) },
    },
  });
  await addDualLabels(project.id, { instances: 60, people: 1, judge: `judge:${judge.id}@1` });
  await startDueFits();
  expect(await causes()).toEqual([]);
  await aFit(project, `judge:${judge.id}@1`);
  await addDualLabels(project.id, { instances: 40, people: 1, judge: `judge:${judge.id}@2`, seed: 2 });
  await startDueFits();
  expect(await causes()).toEqual([]);
  await addDualLabels(project.id, { instances: 10, people: 1, judge: `judge:${judge.id}@2`, seed: 3 });
  await startDueFits();
  expect(await causes()).toEqual(["judge"]);
  await prisma.run.updateMany({ data: { state: "succeeded", finishedAt: new Date() } });
  await prisma.judge.updateMany({ data: { isEnabled: false } });
  await aRewardModel(project.id);
  await startDueFits();
  expect(await causes()).toEqual(["judge", "model"]);
});
