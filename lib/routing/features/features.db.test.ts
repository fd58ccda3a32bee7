import { afterAll, beforeEach, expect, test } from "vitest";
import type { Access } from "@/lib/auth/access";
import { prisma } from "@/lib/db/client";
import type { Project } from "@/lib/db/generated/client";
import { importRun } from "@/lib/datasets/import-run";
import { encodeHashed } from "@/lib/encoders/hashed";
import { replaceInstances } from "@/lib/instances/insert";
import { runTasks } from "@/lib/jobs/execute-run";
import { cancelRun } from "@/lib/jobs/runs";
import { setEncoder } from "@/lib/reward/encoder-choice";
import { endThread } from "@/lib/reward/scorer-thread-client";
import { disagreement } from "@/lib/stats/disagreement";
import type { PolicyPayload } from "../schema";
import { accessFor, aLabel, aMember, anInstance, aProject } from "@/lib/testing/builders";
import { aRewardModel } from "@/lib/testing/reward-model";
import { workOff } from "@/lib/testing/work-off";
import { computeFeatures } from "./compute";
import { featuresRun } from "./features-run";
import { featuresSoon, measureNew, measureWhereNeeded } from "./queue";
import { readAllFeatures, readFeatures } from "./read";
import { getFeatures, getInstanceFeatures, startFeatures } from "./start";
import { textNumbersOf } from "./text-numbers";

/** The threads take seconds to begin. */
const timeout = 120_000;

let project: Project;
let access: Access<"routing:manage"> & Access<"routing:read"> & Access<"run:cancel"> & Access<"reward:manage">;

beforeEach(async () => {
  await prisma.project.deleteMany();
  await prisma.$executeRaw`delete from graphile_worker._private_jobs`;
  project = await aProject();
  const { user } = await aMember(project, { role: "admin" });
  access = (await accessFor(user, project, "routing:manage")) as typeof access;
});
afterAll(endThread);

async function work(): Promise<void> {
  const tasks = runTasks({ "routing-features": featuresRun, import: importRun });
  const others = {
    "features-new": async (payload: unknown) => await measureNew((payload as { projectId: string }).projectId),
  };
  await workOff({ ...tasks, ...others });
}

const runOf = (id: string) => prisma.run.findUniqueOrThrow({ where: { projectId_id: { projectId: project.id, id } } });
const featuresOf = async (id: string) => await readAllFeatures(prisma, project.id, id);

test("a run measures every instance once, and what it stored is read back", { timeout }, async () => {
  const texts = ["The Rhine is long.", "- The Rhine\n- and the Elbe"];
  const instance = await anInstance(project, { prompt: "Which rivers?", completions: texts });
  const talk = await anInstance(project, {
    messages: [
      { role: "user", content: "Hello there" },
      { role: "assistant", content: "Hi" },
    ],
    completions: ["a", "b", "c"],
  });
  const unseen = await anInstance(project, { isLabelable: false, completions: [{ text: null }, "x"] });
  expect(await getFeatures(access)).toMatchObject({ computed: 0, pending: 2, runId: null });
  const { id } = await startFeatures(access);
  expect(await startFeatures(access)).toEqual({ id });
  await work();
  expect(await runOf(id)).toMatchObject({
    state: "succeeded",
    result: { instances: 2 },
    progress: { done: 2, total: 2 },
  });
  expect(await getFeatures(access)).toMatchObject({ computed: 2, pending: 0, runId: id });
  const known = textNumbersOf(
    { prompt: "Which rivers?", completions: texts },
    texts.map((text) => encodeHashed(text)),
  );
  expect(await featuresOf(instance.id)).toEqual({ numbers: known, tags: [] });
  expect((await featuresOf(talk.id)).numbers).toMatchObject({ prompt_length: 3, longer_length: 1 });
  expect(await featuresOf(unseen.id)).toEqual({ numbers: {}, tags: [] });
  expect(await getInstanceFeatures(access, instance.id)).toEqual({
    ...{ version: "texts-1/words:hashed-w12-c345-1/cosine:hashed-w12-c345-1", numbers: known, tags: [] },
  });
  const stranger = await anInstance(await aProject());
  await expect(getInstanceFeatures(access, stranger.id)).rejects.toMatchObject({ code: "not_found" });
  const again = await startFeatures(access);
  await work();
  expect((await runOf(again.id)).result).toMatchObject({ instances: 0 });
});

test("a cancelled run keeps its batches, and the next does the rest", { timeout }, async () => {
  await prisma.instance.createMany({
    data: Array.from({ length: 105 }, (_, i) => ({
      ...{ projectId: project.id, outsideId: `n${i}`, prompt: "Why?", contentHash: `${i}`, promptHash: "p" },
      ...{ split: "train", route: "human", isLabelable: true, openSlots: 1 },
    })),
  });
  const { id } = await startFeatures(access);
  const watched = computeFeatures({
    projectId: project.id,
    onBatch: async (_, done) => {
      if (done > 100) throw new Error("stop");
    },
  });
  await expect(watched).rejects.toThrow("stop");
  expect(await getFeatures(access)).toMatchObject({ computed: 100, pending: 5 });
  await cancelRun(access, id);
  await work();
  expect((await runOf(id)).state).toBe("cancelled");
  const next = await startFeatures(access);
  await work();
  expect((await runOf(next.id)).result).toMatchObject({ instances: 5 });
});

test("only the instances that are named are computed", async () => {
  const instances = [await anInstance(project), await anInstance(project), await anInstance(project)];
  const ids = [instances[1]!.id];
  const onBatch = async () => undefined;
  expect(await computeFeatures({ projectId: project.id, ids, onBatch })).toMatchObject({ instances: 1 });
  expect((await prisma.routingFeatures.findMany()).map(({ instanceId }) => instanceId)).toEqual(ids);
});

test("with another encoder the numbers are unknown until they are computed by its vectors", { timeout }, async () => {
  const instance = await anInstance(project, { completions: ["cats sit on mats", "the dog runs"] });
  const onBatch = async () => undefined;
  await computeFeatures({ projectId: project.id, onBatch });
  const { cosine } = (await featuresOf(instance.id)).numbers;
  await setEncoder(access, { model: { folder: "tiny-bert", pooling: "mean" } });
  expect(await featuresOf(instance.id)).toEqual({ numbers: {}, tags: [] });
  expect(await getFeatures(access)).toMatchObject({ computed: 0, pending: 1 });
  await computeFeatures({ projectId: project.id, onBatch });
  const { numbers } = await featuresOf(instance.id);
  expect(numbers.cosine).not.toBeCloseTo(cosine!, 3);
  expect(numbers.cosine).toBeLessThanOrEqual(1 + 1e-6);
  // Those of completions are kept for the training of the reward model.
  expect(await prisma.encoderVector.count()).toBe(2);
});

test("new texts of an instance have no numbers yet", async () => {
  const instance = await anInstance(project);
  await computeFeatures({ projectId: project.id, onBatch: async () => undefined });
  const replaced = await prisma.instance.findFirstOrThrow({ where: { id: instance.id } });
  expect(Object.keys((await featuresOf(instance.id)).numbers)).not.toEqual([]);
  await prisma.$transaction((db) =>
    replaceInstances(db, project.id, project.overlap, [{ ...replaced, completions: [], annotators: 0 } as never]),
  );
  expect((await featuresOf(instance.id)).numbers).toEqual({});
});

test("new instances are measured by themselves where the policy goes by their features", async () => {
  await anInstance(project);
  const soon = async () => {
    await prisma.$transaction((db) => featuresSoon(db, project.id));
    await prisma.$executeRaw`update graphile_worker._private_jobs set run_at = now()`;
    await work();
    return await prisma.routingFeatures.count();
  };
  expect(await soon()).toBe(0);
  await measureWhereNeeded();
  expect(await prisma.run.count()).toBe(0);
  const settings = { dualShare: 0, lmWeight: 0.5, seed: 1, humanShare: 0.5, pacing: null };
  const payload: PolicyPayload = { kind: "learned", ...settings, fitVersion: 1, threshold: null };
  await prisma.policy.updateMany({ data: { payload } });
  expect(await soon()).toBe(1);
  // Also those that came with another encoder, by and by.
  await anInstance(project);
  await measureWhereNeeded();
  await measureWhereNeeded();
  expect(await prisma.run.count({ where: { kind: "routing-features", state: "queued" } })).toBe(1);
});

test("margins and disagreement are the serving model's, as means over the pairs of completions", async () => {
  const instance = await anInstance(project, { completions: ["a", "b", "c"] });
  await aRewardModel(project.id, { version: 2 });
  const members = [
    [0, 2],
    [1, 1],
    [5, -1],
  ];
  await prisma.rewardScore.createMany({
    data: members.map((of, index) => ({
      ...{ projectId: project.id, instanceId: instance.id, index, modelVersion: 2, members: of },
      ...{ reward: (of[0]! + of[1]!) / 2, rewardWithSides: 0 },
    })),
  });
  const { margin, disagreement: stored } = (await featuresOf(instance.id)).numbers;
  expect(margin).toBeCloseTo((0 + 1 + 1) / 3, 12);
  const known = (disagreement([-1, 1]) + disagreement([-5, 3]) + disagreement([-4, 2])) / 3;
  expect(stored).toBeCloseTo(known, 12);
  // They have no say in who labels it.
  expect((await readFeatures(prisma, project.id, [instance.id])).get(instance.id)).toEqual({ numbers: {}, tags: [] });
  await prisma.rewardModel.updateMany({ data: { isActive: false } });
  expect(await featuresOf(instance.id)).toEqual({ numbers: {}, tags: [] });
});

test("judges tell how unsure they were, and those of an import do not", async () => {
  const judge = { id: "01900000-0000-7000-8000-000000000001", version: 3 };
  const instance = await anInstance(project);
  const place = { projectId: project.id, instanceId: instance.id, judgeId: judge.id, judgeVersion: judge.version };
  const said = [
    { shownOrder: "0-1", sample: 0, outcome: { kind: "preferred", preferred: 0, strength: 1 } },
    { shownOrder: "1-0", sample: 0, outcome: { kind: "preferred", preferred: 1, strength: 1 } },
    { shownOrder: "0-1", sample: 1, outcome: { kind: "preferred", preferred: 0, strength: 1 } },
    { shownOrder: "1-0", sample: 1, outcome: { kind: "tie" } },
    { shownOrder: "0-1", sample: 2, outcome: { kind: "tie" } },
    { shownOrder: "1-0", sample: 2, outcome: { kind: "invalid" } },
  ];
  await prisma.verdict.createMany({
    data: said.map((one) => ({
      ...{ ...place, ...one, question: "comparison", aspect: "overall", target: "0-1", rawText: "" },
      ...{ inputTokens: 0, outputTokens: 0, latencyMs: 0, costMicros: 0n, repairs: 0 },
    })),
  });
  const meta = { outcome: "preferred", verdictIds: [], confidence: 0.75, basis: "samples" };
  const annotator = `judge:${judge.id}@${judge.version}`;
  await aLabel(instance, { source: "lm", annotator: "import:gpt", meta: { confidence: "sure" } });
  expect((await featuresOf(instance.id)).numbers).toEqual({});
  await aLabel(instance, { source: "lm", annotator, meta });
  expect((await featuresOf(instance.id)).numbers).toEqual({
    judge_uncertainty: 0.25,
    // Both samples that have both orders differ between them.
    judge_flip: 1,
    // Of the first order two of three pairs, of the other its one pair.
    judge_sample_disagreement: (2 / 3 + 1) / 2,
  });
});

test("tags are anybody's before a classifier's, and lists in free words count as present", async () => {
  const [byLm, byTool] = [await anInstance(project), await anInstance(project)];
  const tag = (instanceId: string, source: "lm" | "tool", dimension: string, value: string) =>
    prisma.instanceTag.create({
      data: { projectId: project.id, instanceId, source, dimension, value, place: 0, annotator: "x", method: "m" },
    });
  await tag(byLm.id, "lm", "expertise_level", "general public");
  await tag(byLm.id, "lm", "format_constraints", "word limit");
  await tag(byLm.id, "lm", "format_constraints", "json");
  await tag(byLm.id, "tool", "expertise_level", "expert domain knowledge");
  await tag(byLm.id, "tool", "type_of_in_context_material", "present");
  await tag(byTool.id, "tool", "expertise_level", "expert domain knowledge");
  expect((await featuresOf(byLm.id)).tags).toEqual(["expertise_level: general public", "format_constraints: present"]);
  expect((await featuresOf(byTool.id)).tags).toEqual(["expertise_level: expert domain knowledge"]);
});
