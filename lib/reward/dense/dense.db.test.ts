import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeEach, expect, test } from "vitest";
import type { Access } from "@/lib/auth/access";
import { prisma } from "@/lib/db/client";
import type { Instance, Label, Project } from "@/lib/db/generated/client";
import { builtInEncoder } from "@/lib/encoders/hashed";
import { openFeatureEncoder } from "@/lib/reward/feature-encoder";
import { scoreInput, type ScoreOutput, type ScoreRequest } from "@/lib/reward/serving/schema";
import { scoreTexts } from "@/lib/reward/score";
import { endThread } from "@/lib/reward/scorer-thread-client";
import { accessFor, aLabelOf, aMember, anInstance, aProject } from "@/lib/testing/builders";
import { aRewardModel } from "@/lib/testing/reward-model";
import { denseDefaults } from "./config";
import { denseConfigOf } from "./config-of-project";
import type { DenseData } from "./data";
import { loadDenseData } from "./load";
import { segmentOutput, stepOutput } from "./outputs";
import { densePart } from "./part";
import type { DenseConfig } from "./schema";

let project: Project;
let access: Access<"reward:read">;

beforeEach(async () => {
  await prisma.project.deleteMany();
  project = await aProject();
  const { user } = await aMember(project, { role: "researcher" });
  access = await accessFor(user, project, "reward:read");
});
afterAll(endThread);

const config: DenseConfig = { ...denseDefaults, neutralSteps: "good", stepCut: "blank-line" };

/** What is learned from a snapshot of these labels. */
async function load(labels: Label[], own: DenseConfig = config): Promise<DenseData> {
  const snapshotId = uuidv7();
  const projectId = project.id;
  await prisma.snapshot.create({ data: { projectId, id: snapshotId, name: snapshotId, filter: {}, runId: uuidv7() } });
  await prisma.snapshotLabel.createMany({
    data: labels.map(({ id: labelId, instanceId }) => ({ projectId, snapshotId, instanceId, labelId })),
  });
  const encoder = await openFeatureEncoder({ projectId, config: builtInEncoder });
  return await loadDenseData(prisma, { projectId, snapshotId, config: own, lmWeight: 0.5, encoder });
}

const spans = (
  instance: Instance,
  covered: number[],
  marks: [number, number, number][],
  source: "human" | "lm" = "human",
) =>
  aLabelOf(
    instance,
    "spans",
    { covered, spans: marks.map(([completion, start, end]) => ({ completion, start, end, category: "wrong" })) },
    { source },
  );

test("segments have the share of those who looked and marked them, people and AI by their weights", async () => {
  const instance = await anInstance(project, {
    completions: ["It rains. It pours.", "Not looked at.", { text: null }],
  });
  const data = await load([
    await spans(instance, [0, 2], [[0, 0, 9]]),
    await spans(instance, [0], [[0, 10, 19]], "lm"),
  ]);
  expect(data.segments.heads).toEqual(["wrong"]);
  expect(data.segments.rows.map(({ targets, weights }) => [targets[0], weights[0]])).toEqual([
    [1 / 1.5, 1],
    [0.5 / 1.5, 1],
  ]);
  expect(data.steps.rows).toEqual([]);
  expect(await prisma.encoderVector.count()).toBe(0);
});

test("steps are those that were imported, else what the project's schema shows", async () => {
  const steps = ["One.", "Two.", "Three."];
  const imported = await anInstance(project, { completions: [{ text: "One. Two. Three.", steps, hasSteps: true }] });
  const cut = await anInstance(project, { completions: ["One.\n\nTwo.\nThree."] });
  const judged = async (instance: Instance, schemaVersion: number | null = null) =>
    await aLabelOf(instance, "steps", { completion: 0, steps: [], firstError: 1 }, { schemaVersion });
  const { rows } = (await load([await judged(imported)])).steps;
  expect(rows.map(({ targets, weights }) => (weights[0] === 0 ? null : targets[0]))).toEqual([1, 0, null]);
  const ofBlankLines = await load([await judged(cut)]);
  expect(ofBlankLines.steps.rows).toHaveLength(2);
  expect(ofBlankLines.firstErrors).toMatchObject([{ from: 0, to: 2, firstError: 1 }]);
  expect((await load([await judged(cut, null)], { ...config, stepCut: "line" })).steps.rows).toHaveLength(3);
  // Asked here of a schema that cuts nothing, somebody saw it as one step.
  await prisma.label.deleteMany();
  expect((await load([await judged(cut, 1)])).steps.rows).toEqual([]);
});

test("right and wrong solutions are those that were labelled, else imported, of the test part", async () => {
  const gold = { type: "correctness", correct: [true, false], basis: "answers" };
  const solution = { text: "One.", steps: ["One."], hasSteps: true };
  const [tested, trained] = [
    await anInstance(project, { split: "test", gold, completions: [solution, solution] }),
    await anInstance(project, { split: "train", gold, completions: [solution, solution] }),
  ];
  const correct = (value: boolean, completion: number) =>
    aLabelOf(tested, "binary", { completion, kind: "correct", value }, {});
  const [right, judged] = [
    await correct(true, 1),
    await aLabelOf(trained, "steps", { completion: 0, steps: [], firstError: null }),
  ];
  const data = await load([right, judged]);
  expect(data.outcomes.map(({ isRight, from, to }) => [isRight, to - from])).toEqual([
    [true, 1],
    [true, 1],
  ]);
  // Without a step that anybody judged there is no head for solutions to be told apart by.
  expect(await load([right])).toMatchObject({ steps: { rows: [] }, outcomes: [] });
});

test("steps are learned as the task schema cuts them and the project's settings count neutral ones", async () => {
  expect(await denseConfigOf(prisma, project.id)).toMatchObject({ neutralSteps: "good", stepCut: "blank-line" });
  const asked = { id: "steps", type: "steps" as const, name: "Steps", definition: "", cut: "line" as const, flags: [] };
  const schema = { questions: [asked], reason: "off" as const };
  const other = await aProject({ schema, rewardSettings: { neutralSteps: "half" } });
  expect(await denseConfigOf(prisma, other.id)).toMatchObject({ neutralSteps: "half", stepCut: "line" });
});

const width = 1024;
const flat = (b: number) => ({ w: new Float32Array(3 * width), b });
const part = () =>
  densePart(
    [
      { output: segmentOutput("wrong"), head: flat(-1) },
      { output: stepOutput, head: { w: new Float32Array(3 * width).fill(0.3), b: 0 } },
    ],
    width,
  );

async function score(request: ScoreRequest): Promise<ScoreOutput> {
  return await scoreTexts(access, "active", scoreInput.parse(request));
}

test("segments and steps are scored where they are asked for, in the order of the request", async () => {
  await aRewardModel(project.id, { parts: [part()] });
  const completions = ["It rains. It pours.\n\nIt 😀 stops.", ""];
  const { items } = await score({
    items: [
      { prompt: "Why?", completions },
      { prompt: "Why?", completions, dense: true, aggregate: "mean" },
      { prompt: "Why?", completions: ["So."], dense: true, steps: [["So", "it", "is"]] },
    ],
  });
  const [plain, dense, given] = items.map((item) => item.completions) as [Scored, Scored, Scored];
  expect(plain[0]).not.toHaveProperty("segments");
  expect(dense[0]).toMatchObject(plain[0]!);
  expect(dense[0]!.segments!.map(({ start, end }) => [start, end])).toEqual([
    [0, 9],
    [10, 19],
    [21, 32],
  ]);
  expect(dense[0]!.segments![0]!.categories["wrong"]).toBeCloseTo(1 / (1 + Math.E), 6);
  expect(dense[0]!.steps!.map(({ index, text }) => [index, text])).toEqual([
    [0, "It rains. It pours."],
    [1, "It 😀 stops."],
  ]);
  const [first, second] = dense[0]!.steps!.map(({ good }) => good) as [number, number];
  expect(first).not.toBe(second);
  expect(dense[0]!.stepScore).toBeCloseTo((first + second) / 2, 12);
  expect(dense[1]).toMatchObject({ segments: [], steps: [], stepScore: null });
  expect(given[0]!.steps!.map(({ text }) => text)).toEqual(["So", "it", "is"]);
  expect(given[0]!.stepScore).toBe(Math.min(...given[0]!.steps!.map(({ good }) => good)));
});

type Scored = ScoreOutput["items"][number]["completions"];

test("a stored completion is scored by its own steps", async () => {
  await aRewardModel(project.id, { parts: [part()] });
  const solution = { text: "One. Two.", steps: ["One.", "Two."], hasSteps: true };
  const stored = await anInstance(project, { prompt: "Why?", completions: [solution, "One.\n\nTwo."] });
  const { items } = await score({ items: [{ instanceId: stored.id, dense: true }] });
  const [imported, cut] = items[0]!.completions as [Scored[number], Scored[number]];
  expect(imported.steps).toEqual(cut.steps);
});

test("a version that learned none says so, and too much text is refused before it is cut", async () => {
  await aRewardModel(project.id, { version: 1, isActive: false });
  await aRewardModel(project.id, { version: 2 });
  const item = { prompt: "Why?", completions: ["It rains."], dense: true };
  const { items } = await score({ items: [item] });
  expect(items[0]!.completions[0]).toMatchObject({ segments: null, steps: null, stepScore: null });
  await expect(score({ items: [{ ...item, completions: ["a".repeat(500_001)] }] })).rejects.toMatchObject({
    code: "invalid",
    message: expect.stringContaining("500001 characters"),
  });
  const many = "It rains. ".repeat(5000);
  await expect(score({ items: [{ ...item, completions: [many] }] })).rejects.toMatchObject({ code: "invalid" });
  expect(scoreInput.safeParse({ items: [{ ...item, steps: [] }] }).success).toBe(false);
});

test("what would keep the process or its scoring thread busy for seconds is refused: a long text, empty steps, a long prompt", async () => {
  await aRewardModel(project.id);
  const item = { prompt: "Why?", completions: ["It rains."], dense: true };
  const refused: [ScoreRequest["items"][number], string][] = [
    [{ ...item, completions: ["a".repeat(50_001)] }, "Completion 0 of item 0 has 50001 characters"],
    [{ ...item, steps: [new Array<string>(50_001).fill("")] }, "50001 segments and steps"],
    [{ ...item, prompt: "a".repeat(3_000_000), steps: [new Array<string>(200).fill("")] }, "steps and prompts"],
  ];
  for (const [request, words] of refused) {
    await expect(score({ items: [request] })).rejects.toMatchObject({
      code: "invalid",
      message: expect.stringContaining(words),
    });
  }
});
