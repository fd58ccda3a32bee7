import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { prisma } from "@/lib/db/client";
import type { Project } from "@/lib/db/generated/client";
import { runTasks } from "@/lib/jobs/execute-run";
import { cancelRun, getRun } from "@/lib/jobs/runs";
import { accessFor, aLabelOf, aMember, aProject } from "@/lib/testing/builders";
import { addPreferences, tellingWords } from "@/lib/testing/preferences";
import { workOff } from "@/lib/testing/work-off";
import { startTrainer } from "./start-trainer";
import { listRewardModels, getRewardModel, readArtifact } from "@/lib/reward/queries";
import { promoteRewardModel } from "@/lib/reward/promote";
import { rollBackRewardModel } from "@/lib/reward/roll-back";
import { scoreRun } from "@/lib/reward/score-run";
import { endThread } from "@/lib/reward/scorer-thread-client";
import { startTraining } from "@/lib/reward/start-training";
import { trainResult, trainInput } from "@/lib/reward/schema";
import { trainRun } from "@/lib/reward/train-run";
import type { StartTrainer, Trainer } from "@/lib/reward/trainer-protocol";

const trainingMs = 300_000;

afterAll(endThread);

async function empty(): Promise<void> {
  await prisma.project.deleteMany();
  await prisma.$executeRaw`delete from graphile_worker._private_jobs`;
}

/** Labels of the texts with a bad word as dismissive and as a wrong step. */
async function markBadTexts(projectId: string, ids: readonly string[]): Promise<void> {
  const completions = await prisma.completion.findMany({ where: { projectId, instanceId: { in: [...ids] } } });
  for (const { instanceId, index, text } of completions) {
    const isBad = tellingWords.bad.some((word) => text!.includes(word));
    const spans = isBad ? [{ completion: index, start: 0, end: text!.length, category: "dismissive" }] : [];
    await aLabelOf({ projectId, id: instanceId }, "spans", { covered: [index], spans });
    await aLabelOf({ projectId, id: instanceId }, "steps", {
      completion: index,
      steps: [],
      firstError: isBad ? 0 : null,
    });
  }
}

describe("a project with labels", () => {
  let world: World;
  let open: string[];
  beforeAll(async () => {
    await empty();
    world = await aWorld();
    await markBadTexts(world.project.id, await addPreferences(world.project.id, { prompts: 200, lmEvery: 3 }));
    open = await addPreferences(world.project.id, { prompts: 10, labelled: false, seed: 2 });
  });

  test("trains a version that serves and scores everything", { timeout: trainingMs }, async () => {
    const { project, access } = world;
    const { id: runId } = await startTraining(access, trainInput.parse({}));
    await expect(startTraining(access, trainInput.parse({}))).rejects.toMatchObject({ code: "conflict" });
    await work();

    const run = await getRun(access, runId);
    expect(run).toMatchObject({ state: "succeeded", error: null });
    const result = trainResult.parse(run.result);
    expect(result).toMatchObject({ phase: "done", version: 1, isPromoted: true });
    expect(result.history.length).toBeGreaterThan(2);

    const [model] = (await listRewardModels(access, { limit: 9 })).items;
    expect(model).toMatchObject({ version: 1, isActive: true, seed: 1, runId });
    expect(model!.gate).toMatchObject({ isPassed: true, comparedWith: null, isWeakEvidence: true });
    const { metrics } = model!;
    const labels = metrics.train.pairs + metrics.validation.pairs + metrics.test.pairs;
    expect(labels).toBe(200);
    expect(metrics.withSides.accuracy!.mean).toBeGreaterThan(0.7);
    expect(metrics.rewardQuantiles).toHaveLength(201);
    expect(metrics.bySource.map(({ source }) => source)).toEqual(["human", "lm"]);
    // Where it was trained, and why on none of the others.
    expect(metrics.provider!.others.map(({ reason }) => reason)).not.toContain("");
    expect([metrics.provider!.provider, ...metrics.provider!.others.map(({ provider }) => provider)]).toContain("cpu");
    expect(metrics.shuffledLabels!.interval[0]).toBeLessThan(0.5);
    expect(metrics.shuffledLabels!.interval[1]).toBeGreaterThan(0.5);
    // Segments and steps are learned from the same snapshot, into the same file.
    const { segments, steps } = metrics.dense!;
    expect(segments!.heads.map(({ name }) => name)).toEqual(["dismissive"]);
    expect(segments!.heads[0]!.f1!.value).toBeGreaterThan(
      segments!.heads[0]!.test.positives / segments!.heads[0]!.test.rows,
    );
    expect(steps!.head.accuracy!.value).toBeGreaterThan(steps!.majority!.value);
    expect((await readArtifact(access, "active")).bytes.length).toBe(model!.artifactBytes);
    const snapshot = await prisma.snapshot.findFirstOrThrow({ where: { projectId: project.id } });
    expect(snapshot).toMatchObject({ id: model!.snapshotId, hash: model!.snapshotHash });
    expect(await prisma.trainingCheckpoint.count()).toBe(0);
    const audit = await prisma.auditEvent.findMany({ where: { projectId: project.id }, orderBy: { id: "asc" } });
    expect(audit.map(({ action }) => action)).toEqual(["reward.train", "reward.promote"]);

    await work();
    const scores = await prisma.rewardScore.findMany({ where: { projectId: project.id } });
    expect(scores).toHaveLength(2 * 210);
    expect(scores.every(({ modelVersion, members }) => modelVersion === 1 && members.length === 5)).toBe(true);
    expect(scores.filter(({ instanceId }) => open.includes(instanceId))).toHaveLength(20);
  });

  test(
    "trains to the same bits when the trainer is killed, going on from its last epoch",
    { timeout: trainingMs },
    async () => {
      const { access } = world;
      const [whole] = await prisma.rewardModel.findMany();
      let trainers = 0;
      // Killed as soon as an epoch of its own is stored, twice.
      const kill: StartTrainer = (job) => {
        const trainer = startTrainer(job);
        if (++trainers > 2) return trainer;
        return onEpoch(trainer, 2 * trainers, () => trainer.kill());
      };
      await startTraining(access, trainInput.parse({ seed: whole!.seed, snapshotId: whole!.snapshotId }));
      await work(kill);
      expect(trainers).toBe(3);
      const resumed = await prisma.rewardModel.findFirstOrThrow({ where: { version: 2 } });
      expect(Buffer.from(resumed.artifact!).equals(Buffer.from(whole!.artifact!))).toBe(true);
      const historyOf = ({ metrics }: { metrics: unknown }) => (metrics as { history: unknown }).history;
      expect(historyOf(resumed)).toEqual(historyOf(whole!));
    },
  );

  test(
    "has an older version promoted by hand, one that was held back with a reason only",
    { timeout: trainingMs },
    async () => {
      const { project, access } = world;
      // Labels that say the opposite make a version that is worse on the test part.
      await addPreferences(project.id, { prompts: 300, noise: 0.5, seed: 3 });
      const served = (await listRewardModels(access, { limit: 9 })).items.find(({ isActive }) => isActive)!;
      await startTraining(access, trainInput.parse({}));
      await work();
      const { items } = await listRewardModels(access, { limit: 9 });
      const newest = items.find(({ version }) => version === 3)!;
      const before = items.find(({ version }) => version === served.version)!;
      expect(newest.gate).toMatchObject({
        comparedWith: served.version,
        comparison: { version: served.version },
      });
      expect(newest.gate.rules.map(({ rule }) => rule)).toEqual(["loss", "calibration", "groups", "drift"]);
      const [active, other] = newest.isActive ? [newest, before] : [before, newest];
      await expect(promoteRewardModel(access, active.id, {})).rejects.toMatchObject({ code: "conflict" });
      if (other === newest)
        await expect(promoteRewardModel(access, other.id, {})).rejects.toMatchObject({ code: "invalid" });
      await promoteRewardModel(access, other.id, { reason: "to compare them in use" });
      expect(await getRewardModel(access, other.id)).toMatchObject({ isActive: true });
      expect(await getRewardModel(access, active.id)).toMatchObject({ isActive: false });
      await work();
      const scores = await prisma.rewardScore.findMany({ where: { projectId: project.id } });
      expect(new Set(scores.map(({ modelVersion }) => modelVersion))).toEqual(new Set([other.version]));
      const back = await rollBackRewardModel(access, { reason: "Scores praise lists" });
      expect(back).toMatchObject({ id: active.id, isActive: true });
      const [event] = await prisma.auditEvent.findMany({ where: { projectId: project.id }, orderBy: { id: "desc" } });
      expect(event).toMatchObject({
        action: "reward.promote",
        detail: { version: active.version, before: other.version, why: "rollback", reason: "Scores praise lists" },
      });
    },
  );
});

describe("a training", () => {
  beforeEach(empty);

  test("that a lost worker leaves is finished by another one", { timeout: trainingMs }, async () => {
    const { project, access } = await aWorld();
    await addPreferences(project.id, { prompts: 120 });
    const { id: runId } = await startTraining(access, trainInput.parse({}));
    const stop = new AbortController();
    // As the queue does when its worker ends: the run hands itself on from its checkpoint.
    const ending = runTasks({ train: trainRun((job) => onEpoch(startTrainer(job), 2, () => stop.abort())) });
    const helpers = { job: { attempts: 1 }, abortSignal: stop.signal };
    await ending.train({ projectId: project.id, runId }, helpers as never);
    expect(await getRun(access, runId)).toMatchObject({ state: "queued" });
    const kept = await prisma.trainingCheckpoint.findFirstOrThrow({ where: { runId } });
    expect(kept.epoch).toBeGreaterThanOrEqual(2);
    const epochs: number[] = [];
    await work((job) => {
      const trainer = startTrainer(job);
      trainer.onMessage((message) => {
        const news = message as { kind: string; history?: unknown[] };
        if (news.kind === "epoch") epochs.push(news.history!.length - 1);
      });
      return trainer;
    });
    // PostgreSQL may commit one more epoch of the killed trainer after `kept` was read; from the beginning it would be 1.
    expect(epochs[0]).toBeGreaterThanOrEqual(kept.epoch);
    expect(await getRun(access, runId)).toMatchObject({ state: "succeeded" });
  });

  test("is cancelled within two seconds, and leaves no trainer", { timeout: trainingMs }, async () => {
    const { project, access } = await aWorld();
    await addPreferences(project.id, { prompts: 400 });
    const cancelOne = async (): Promise<number> => {
      const { id: runId } = await startTraining(access, trainInput.parse({}));
      let trainer: Trainer | undefined;
      const done = work((job) => (trainer = startTrainer(job)));
      await until(async () => (await getRun(access, runId)).result?.phase === "training");
      const asked = performance.now();
      await cancelRun(access, runId);
      await until(async () => (await getRun(access, runId)).finishedAt !== null);
      const took = performance.now() - asked;
      expect(await getRun(access, runId)).toMatchObject({ state: "cancelled" });
      expect(await trainer!.ended).toContain("SIGKILL");
      await done;
      return took;
    };
    // The quickest of a few: what else the machine does only ever adds time.
    let took = await cancelOne();
    for (let again = 0; again < 3 && took >= 2000; again++) took = await cancelOne();
    expect(took).toBeLessThan(2000);
    expect(await prisma.rewardModel.count()).toBe(0);
  });

  test.each([
    ["no labels", 0, undefined],
    ["three labels", 3, undefined],
    ["only ties", 60, () => ({ preferred: "tie" as const, strength: 0 })],
  ])("on %s fails and says what is needed", { timeout: trainingMs }, async (_, prompts, answer) => {
    const { project, access } = await aWorld();
    await addPreferences(project.id, { prompts, ...(answer && { answer }) });
    const { id: runId } = await startTraining(access, trainInput.parse({}));
    await work();
    const run = await getRun(access, runId);
    expect(run.state).toBe("failed");
    expect(run.error).toContain("at least 20 pairs of completions that are not ties");
    expect(await prisma.rewardModel.count()).toBe(0);
  });
});

type World = Awaited<ReturnType<typeof aWorld>>;

async function aWorld() {
  const project: Project = await aProject();
  const { user } = await aMember(project, { role: "admin" });
  const access = await accessFor(user, project, "reward:train");
  // An admin holds all of these; the proofs are joined for brevity.
  return {
    project,
    access: access as typeof access &
      Awaited<ReturnType<typeof accessFor<"reward:manage">>> &
      Awaited<ReturnType<typeof accessFor<"reward:read">>> &
      Awaited<ReturnType<typeof accessFor<"run:read">>> &
      Awaited<ReturnType<typeof accessFor<"run:cancel">>>,
  };
}

function onEpoch(trainer: Trainer, epoch: number, act: () => void): Trainer {
  trainer.onMessage((message) => {
    const news = message as { kind: string; history?: unknown[] };
    if (news.kind === "epoch" && news.history!.length > epoch) act();
  });
  return trainer;
}

/** Works off the queue as the worker process does. */
async function work(start: StartTrainer = startTrainer): Promise<void> {
  await workOff(runTasks({ train: trainRun(start), score: scoreRun }));
}

async function until(condition: () => Promise<boolean>): Promise<void> {
  while (!(await condition())) await sleep(50);
}
