import { v7 as uuidv7 } from "uuid";
import { expect, test } from "vitest";
import { prisma } from "@/lib/db/client";
import { builtInEncoder } from "@/lib/encoders/hashed";
import type { RunContext } from "@/lib/jobs/runs";
import { compareWithServing } from "./compare-with-serving";
import { loadCorrectness } from "./evaluation/load-correctness";
import type { PartFailure } from "./failures/schema";
import { loadPairFacts } from "./evaluation/pair-facts";
import { accessFor, aLabel, aLabelOf, aMember, anInstance, aProject } from "@/lib/testing/builders";
import { addPreferences } from "@/lib/testing/preferences";
import { listSuspects } from "./noise/list-suspects";
import { learningSettings, suspectListQuery, type LearningSettings } from "./noise/schema";
import { getRewardModel, listRewardModels } from "./queries";
import { modelConfig, type ModelConfig } from "./schema";
import { storeVersion } from "./store-version";
import { trainVersion } from "./trainer";
import { trainedVersion, type TrainedVersion, type TrainerJob } from "./trainer-protocol";
import { rewardDefaults } from "./training/config";
import { differences, findWhatChanged } from "./what-changed";

const training = { ...rewardDefaults, members: 2, hidden: 8 };

async function aJob(projectId: string, learning: LearningSettings = learningSettings.parse({})): Promise<TrainerJob> {
  const snapshotId = uuidv7();
  await prisma.snapshot.create({
    data: { projectId, id: snapshotId, name: "One", filter: {}, runId: uuidv7(), hash: "ab" },
  });
  const labels = await prisma.label.findMany({ where: { projectId }, select: { id: true, instanceId: true } });
  await prisma.snapshotLabel.createMany({
    data: labels.map(({ id: labelId, instanceId }) => ({ projectId, snapshotId, instanceId, labelId })),
  });
  const config: ModelConfig = modelConfig.parse({
    ...{ encoder: builtInEncoder, question: "comparison", aspect: "overall", lmWeight: 0.5, learning, training },
  });
  const run = await prisma.run.create({ data: { projectId, kind: "train", payload: {}, progress: {} } });
  return { projectId, runId: run.id, snapshotId, seed: 1, config };
}

test(
  "a training measures slices, learning, shifts and right answers, and stores the labels to look at again",
  { timeout: 120_000 },
  async () => {
    const project = await aProject();
    const ids = await addPreferences(project.id, { prompts: 240, lmEvery: 6, noise: 0.15 });
    await prisma.$transaction(
      ids.map((id, i) =>
        prisma.instance.update({
          where: { projectId_id: { projectId: project.id, id } },
          data: {
            meta: { domain: i % 2 === 0 ? "law" : "cooking 🍳 at home", tags: ["odd", 7], source: "somewhere" },
            ...(i % 3 === 0 && { gold: { type: "correctness", correct: [i % 2 === 0, i % 2 !== 0] } }),
          },
        }),
      ),
    );
    const job = await aJob(project.id);
    const made = trainedVersion.parse(await trainVersion(job, () => undefined));
    const { evaluation, noise } = made.metrics;
    const kinds = new Set(evaluation!.slices.map(({ by }) => by));
    expect([...kinds].sort()).toEqual([
      "agreement",
      "corpus",
      "domain",
      "labelled-by",
      "length",
      "route",
      "strength",
      "tag",
    ]);
    expect(evaluation!.learningCurve.points.at(-1)).toMatchObject({ share: 1, pairs: made.metrics.train.pairs });
    expect(evaluation!.outOfDistribution).toMatchObject({ field: "domain", domains: [{}, {}], skipped: null });
    expect(evaluation!.oneToMany!.prompts).toBeGreaterThan(5);
    expect(evaluation!.bestOfN).toMatchObject({
      by: "correctness",
      random: 0.5,
      points: [{ n: 1 }, { n: 2, oracle: 1 }],
    });
    expect(evaluation!.ceiling).toBeNull();
    expect(evaluation!.annotators[0]).toMatchObject({ annotator: "import:someone", source: "human", others: null });
    expect(noise).toMatchObject({ folds: 5, members: 2, treated: 0, lmWeight: 0.5, skipped: null });
    expect(noise!.pairs).toBe(made.metrics.train.pairs + made.metrics.validation.pairs);
    expect(made.suspects.filter(({ kind }) => kind === "hardest")).toHaveLength(100);

    // Trained again, all is the same but for how long it took.
    const again = await trainVersion(job, () => undefined);
    expect({ ...again.metrics, trainSeconds: 0, evaluation: { ...again.metrics.evaluation, seconds: 0 } }).toEqual({
      ...made.metrics,
      trainSeconds: 0,
      evaluation: { ...evaluation, seconds: 0 },
    });
    expect(again.artifact).toEqual(made.artifact);
    expect(again.suspects).toEqual(made.suspects);
  },
);

test("settings change what is learned and leave the stored labels as they are", { timeout: 120_000 }, async () => {
  const project = await aProject();
  await addPreferences(project.id, { prompts: 160, lmEvery: 2, noise: 0.25 });
  const before = await prisma.label.findMany({ where: { projectId: project.id }, orderBy: { id: "asc" } });
  const train = async (learning?: LearningSettings): Promise<TrainedVersion> => {
    const job = await aJob(project.id, learning);
    const version = await trainVersion(job, () => undefined);
    const run: RunContext = { ...job, payload: {}, checkpoint: null, createdById: null, save: async () => undefined };
    const progress = { done: 0, total: null, unit: "steps" };
    await storeVersion(run, { ...job, makesSnapshot: false }, { version, history: version.metrics.history, progress });
    return version;
  };
  const plain = await train();
  await prisma.rewardModel.updateMany({ where: { projectId: project.id }, data: { isActive: true } });
  await aLabel(await prisma.instance.findFirstOrThrow({ where: { projectId: project.id } }));
  const settings = learningSettings.parse({ noise: { kind: "drop", certainty: 0.5 }, balancesDomains: true });
  const treated = await train(settings);
  expect(treated.metrics.noise!.treated).toBeGreaterThan(0);
  expect(treated.artifact).not.toEqual(plain.artifact);

  const { user } = await aMember(project, { role: "admin" });
  const access = await accessFor(user, project, "reward:read");
  const { items } = await listRewardModels(access, { limit: 10 });
  expect(items.map(({ version, metrics }) => [version, metrics.evaluation])).toEqual([
    [2, null],
    [1, null],
  ]);
  const second = await getRewardModel(access, items[0]!.id);
  expect(second.metrics.evaluation!.slices.length).toBeGreaterThan(0);
  expect(await listSuspects(access, second.id, suspectListQuery.parse({ kind: "hardest" }))).toMatchObject({
    total: treated.suspects.filter(({ kind }) => kind === "hardest").length,
  });
  expect(await findWhatChanged(access, second)).toMatchObject({
    version: 1,
    labels: { added: 1, gone: 0 },
    config: [
      { name: "learning.balancesDomains", before: "false", now: "true" },
      { name: "learning.noise.certainty", before: "none", now: "0.5" },
      { name: "learning.noise.kind", before: "none", now: "drop" },
    ],
    before: { logLoss: plain.metrics.withSides.logLoss },
  });
  const after = await prisma.label.findMany({ where: { projectId: project.id }, orderBy: { id: "asc" } });
  expect(after.slice(0, -1)).toEqual(before);
});

test("endpoints differ by address and model; the numbers that tell the model apart are not told", () => {
  const of = (model: string, first: number): ModelConfig =>
    modelConfig.parse({
      encoder: { version: model, width: 3, endpoint: { baseUrl: "https://a.test/v1", model, probe: [first, 0] } },
      ...{ aspect: "overall", lmWeight: 0.5, training },
    });
  expect(differences(of("small", 0.1), of("large", 0.2)).map(({ name }) => name)).toEqual([
    "encoder.endpoint.model",
    "encoder.version",
  ]);
});

test("the suspects of a version are listed by kind and annotator, with addresses for those who may read the members", async () => {
  const project = await aProject();
  const member = await aMember(project);
  const [instanceId] = await addPreferences(project.id, { prompts: 1 });
  const model = await prisma.rewardModel.create({
    data: {
      ...{ projectId: project.id, version: 1, seed: 1, config: {}, metrics: {}, gate: {}, artifact: new Uint8Array() },
      ...{ snapshotId: project.id, runId: project.id },
    },
  });
  const suspect = {
    projectId: project.id,
    modelId: model.id,
    instanceId: instanceId!,
    question: "comparison",
    target: "0-1",
    answer: 1,
    mu: -2,
    sd: 0.5,
    wrong: 0.9,
  };
  await prisma.rewardSuspect.createMany({
    data: [
      { ...suspect, kind: "suspicious", rank: 1, annotators: ["import:someone"] },
      { ...suspect, kind: "suspicious", rank: 0, annotators: [`user:${member.userId}`, "import:someone"] },
      { ...suspect, kind: "hardest", rank: 0, annotators: [] },
    ],
  });
  const { user } = await aMember(project, { role: "researcher" });
  const access = await accessFor(user, project, "reward:read");
  const list = await listSuspects(access, model.id, suspectListQuery.parse({}));
  const { email } = await prisma.user.findUniqueOrThrow({ where: { id: member.userId } });
  expect(list).toMatchObject({
    total: 2,
    items: [
      { rank: 0, outsideId: "p1-0", annotators: [{ annotatorEmail: email }, { annotatorEmail: null }] },
      { rank: 1 },
    ],
  });
  expect(list.annotators.map(({ annotator, labels }) => [annotator, labels])).toEqual([
    ["import:someone", 2],
    [`user:${member.userId}`, 1],
  ]);
  const mine = suspectListQuery.parse({ annotator: `user:${member.userId}` });
  expect((await listSuspects(access, model.id, mine)).total).toBe(1);
  await expect(listSuspects(access, uuidv7(), suspectListQuery.parse({}))).rejects.toThrow("There is no reward model");
});

test("a serving version whose endpoint is switched off leaves the new one without a comparison, not without a training", async () => {
  const project = await aProject();
  const job = await aJob(project.id);
  const endpoint = { baseUrl: "http://gone.invalid/v1", model: "m", probe: [1] };
  const config = modelConfig.parse({ ...job.config, encoder: { version: "endpoint-x", width: 1, endpoint } });
  const { projectId, snapshotId, runId, seed } = job;
  await prisma.rewardModel.create({
    data: {
      ...{ projectId, snapshotId, runId, seed, config, id: uuidv7(), version: 7, isActive: true },
      ...{ metrics: {}, gate: {}, artifact: new Uint8Array(1) },
    },
  });
  const failures: PartFailure[] = [];
  const compared = await compareWithServing({
    ...{ job, failures, data: null!, predicted: null!, artifact: null! },
    facts: { pairs: [], domainField: null },
  });
  expect(compared).toEqual({ activeVersion: 7, comparison: null });
  expect(failures).toMatchObject([{ part: "comparison", reason: expect.stringContaining("gone.invalid") }]);
});

test("of an instance that was deleted while a training read its texts, nothing is known", async () => {
  const project = await aProject();
  const origins = [{ instanceId: uuidv7(), question: "comparison", target: "0-1", labels: [] }];
  const { pairs } = await loadPairFacts(prisma, { projectId: project.id, origins });
  expect(pairs).toEqual([{ corpus: null, domain: null, tags: [], route: null, agreement: null }]);
});

test("what a reward model said of an answer is no truth to measure one by", async () => {
  const project = await aProject();
  const gold = { type: "correctness", correct: [true, false], basis: "answers" };
  const instance = await anInstance(project, { split: "test", gold, completions: ["Right.", "Wrong."] });
  for (const [completion, value] of [false, true].entries()) {
    await aLabelOf(instance, "binary", { completion, kind: "correct", value }, { source: "rm", annotator: "rm:1" });
  }
  expect(await loadCorrectness(prisma, await aJob(project.id))).toMatchObject([{ isRight: [true, false] }]);
});
