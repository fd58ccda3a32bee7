import { beforeEach, expect, test } from "vitest";
import { prisma } from "@/lib/db/client";
import type { Instance, Project, User } from "@/lib/db/generated/client";
import { refreshConsensus } from "@/lib/labels/consensus";
import type { Question } from "@/lib/projects/schema";
import { accessFor, aLabel, aLabelOf, aMember, anInstance, aProject, aUser } from "@/lib/testing/builders";
import { countInstances, getInstance, listInstances, listModels } from "./queries";
import { instanceListQuery } from "./schema";

let project: Project;
let researcher: User;

beforeEach(async () => {
  await prisma.project.deleteMany();
  researcher = await aUser();
  project = await aProject({ overlap: 2, members: [{ user: researcher, role: "researcher" }] });
});

const access = () => accessFor(researcher, project, "instance:read");

async function find(query: Record<string, unknown> = {}): Promise<string[]> {
  const { cursor: _, limit: __, ...filters } = instanceListQuery.parse(query);
  const { items } = await listInstances(await access(), instanceListQuery.parse(query));
  expect(await countInstances(await access(), filters)).toBe(items.length);
  return items.map(({ outsideId }) => outsideId);
}

async function aConsensus(
  instance: Instance,
  counts: { "0": number; "1": number; tie: number },
  preferred: 0 | 1 | "tie",
): Promise<void> {
  const labelCount = counts[0] + counts[1] + counts.tie;
  await prisma.consensus.create({
    data: {
      projectId: instance.projectId,
      instanceId: instance.id,
      question: "comparison",
      type: "comparison",
      aspect: "overall",
      target: "0-1",
      method: "majority",
      payload: {
        pair: [0, 1],
        preferred,
        bothBad: false,
        isDraw: Object.values(counts).filter((count) => count === Math.max(...Object.values(counts))).length > 1,
        strength: 0,
      },
      confidence: counts[preferred] / labelCount,
      counts: { human: counts, lm: { "0": 0, "1": 0, tie: 0 } },
      labelCount,
    },
  });
}

async function lend(instance: Instance, user: User): Promise<void> {
  await prisma.assignment.create({
    data: {
      projectId: instance.projectId,
      instanceId: instance.id,
      annotatorId: user.id,
      seed: 1,
      shownOrder: [1, 0],
      leaseUntil: new Date(Date.now() + 60_000),
    },
  });
}

test("pages follow each other without gaps or repeats", async () => {
  for (let i = 0; i < 5; i++) await anInstance(project, { outsideId: `n${i}` });
  const seen: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await listInstances(await access(), instanceListQuery.parse({ limit: 2, cursor }));
    seen.push(...page.items.map(({ outsideId }) => outsideId));
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  expect(seen).toEqual(["n0", "n1", "n2", "n3", "n4"]);
});

test("status tells how far the labelling is", async () => {
  const { user } = await aMember(project);
  await anInstance(project, { outsideId: "fresh" });
  await anInstance(project, { outsideId: "half", openSlots: 1 });
  await lend(await anInstance(project, { outsideId: "held", openSlots: 0 }), user);
  await anInstance(project, { outsideId: "done", openSlots: 0 });
  await anInstance(project, { outsideId: "textless", isLabelable: false });
  expect(await find({ status: "unlabelled" })).toEqual(["fresh"]);
  expect(await find({ status: "in-progress" })).toEqual(["half", "held"]);
  await anInstance(project, { outsideId: "waiting", route: "lm" });
  const judged = await anInstance(project, { outsideId: "judged", route: "lm" });
  await aLabel(judged, { source: "lm", annotator: "judge:x@1" });
  expect(await find({ status: "complete" })).toEqual(["done", "judged"]);
  expect(await find({ status: "waiting-for-ai" })).toEqual(["waiting"]);
  expect(await find({ status: "not-labelable" })).toEqual(["textless"]);
  const { items } = await listInstances(await access(), instanceListQuery.parse({}));
  expect(items.map(({ status }) => status)).toEqual([
    "unlabelled",
    "in-progress",
    "in-progress",
    "complete",
    "not-labelable",
    "waiting-for-ai",
    "complete",
  ]);
  expect(await getInstance(await access(), judged.id)).toMatchObject({ status: "complete", route: "lm" });
});

test("words, phrases, exclusions and an outside id find instances", async () => {
  const texts = ["The quick brown fox", "A brown bear, quick to anger", "Nothing here"];
  for (const [i, text] of texts.entries()) {
    const { id } = await anInstance(project, { outsideId: `t/${i}`, prompt: text });
    await prisma.$executeRaw`update instances set search = to_tsvector('simple', ${text}) where id = ${id}::uuid`;
  }
  expect(await find({ q: "quick" })).toEqual(["t/0", "t/1"]);
  expect(await find({ q: '"quick brown"' })).toEqual(["t/0"]);
  expect(await find({ q: "quick -bear" })).toEqual(["t/0"]);
  expect(await find({ q: "t/2" })).toEqual(["t/2"]);
  expect(await find({ q: "' or 1=1 --" })).toEqual([]);
});

test("source, model, route and split filter, alone and together", async () => {
  const one = await anInstance(project, {
    outsideId: "one",
    completions: [
      { text: "a", model: "m1" },
      { text: "b", model: "m2" },
    ],
  });
  const two = await anInstance(project, {
    outsideId: "two",
    split: "test",
    route: "lm",
    completions: [
      { text: "a", model: "m2" },
      { text: "b", model: null },
    ],
  });
  await aLabel(one, { source: "lm", annotator: "import:judge" });
  await aLabel(two, { source: "human", isCurrent: false });
  expect(await find({ source: "lm" })).toEqual(["one"]);
  expect(await find({ source: "human" })).toEqual([]);
  expect(await find({ model: "m1" })).toEqual(["one"]);
  expect(await find({ model: "m2" })).toEqual(["one", "two"]);
  expect(await find({ route: "lm" })).toEqual(["two"]);
  expect(await find({ split: "test" })).toEqual(["two"]);
  expect(await find({ model: "m2", split: "train", source: "lm" })).toEqual(["one"]);
  expect(await listModels(await access())).toEqual(["m1", "m2"]);
});

test("agreement tells unanimous labels, majorities and draws apart", async () => {
  await aConsensus(await anInstance(project, { outsideId: "alone" }), { "0": 1, "1": 0, tie: 0 }, 0);
  await aConsensus(await anInstance(project, { outsideId: "same" }), { "0": 0, "1": 3, tie: 0 }, 1);
  await aConsensus(await anInstance(project, { outsideId: "most" }), { "0": 2, "1": 1, tie: 0 }, 0);
  await aConsensus(await anInstance(project, { outsideId: "most-tie" }), { "0": 1, "1": 0, tie: 2 }, "tie");
  await aConsensus(await anInstance(project, { outsideId: "draw" }), { "0": 1, "1": 1, tie: 0 }, "tie");
  await aConsensus(await anInstance(project, { outsideId: "draw-tie" }), { "0": 1, "1": 0, tie: 1 }, "tie");
  expect(await find({ agreement: "unanimous" })).toEqual(["same"]);
  expect(await find({ agreement: "majority" })).toEqual(["most", "most-tie"]);
  expect(await find({ agreement: "draw" })).toEqual(["draw", "draw-tie"]);
  const { items } = await listInstances(await access(), instanceListQuery.parse({ agreement: "draw" }));
  expect(items.map(({ consensus }) => consensus)).toEqual([
    { preferred: "tie", confidence: 0, isDraw: true, labelCount: 2 },
    { preferred: "tie", confidence: 0.5, isDraw: true, labelCount: 2 },
  ]);
});

test("consensus of other types than comparisons is no agreement, and nothing that a list shows", async () => {
  const rated = await anInstance(project, { outsideId: "rated" });
  for (const value of ["yes", "no"]) await aLabelOf(rated, "rating", { completion: 0, aspect: "overall", value });
  for (const value of [true, true]) await aLabelOf(rated, "binary", { completion: 0, value, kind: "thumb" });
  for (const start of [0, 1])
    await aLabelOf(rated, "spans", {
      covered: [0],
      spans: [{ completion: 0, start, end: 2, category: "error" }],
    });
  for (const ranks of [
    [1, 2],
    [2, 1],
  ])
    await aLabelOf(rated, "ranking", { ranks });
  await refreshConsensus(prisma, project.id, [rated.id]);
  for (const agreement of ["unanimous", "majority", "draw"]) expect(await find({ agreement })).toEqual([]);
  const both = await anInstance(project, { outsideId: "both" });
  await aLabelOf(both, "binary", { completion: 0, value: true, kind: "thumb" }, { aspect: "overall" });
  for (const preferred of [1, 1] as const) await aLabel(both, { question: "preference", payload: { preferred } });
  await refreshConsensus(prisma, project.id, [both.id]);
  expect(await find({ agreement: "unanimous" })).toEqual(["both"]);
  const { items } = await listInstances(await access(), instanceListQuery.parse({}));
  expect(items.map(({ consensus }) => consensus)).toEqual([
    null,
    { preferred: 1, confidence: 1, isDraw: false, labelCount: 2 },
  ]);
  const { consensus } = await getInstance(await access(), rated.id);
  expect(consensus.map(({ type, confidence }) => [type, confidence])).toEqual([
    ["binary", 1],
    ["ranking", 0],
    ["rating", 0],
    ["spans", 0.75],
  ]);
});

test("an instance comes with everything about it, all revisions included", async () => {
  const { user } = await aMember(project);
  const instance = await anInstance(project, { outsideId: "q", meta: { topic: "law" }, openSlots: 1 });
  await lend(instance, user);
  await aLabel(instance, { userId: user.id, isCurrent: false });
  await aLabel(instance, { userId: user.id, revision: 2, payload: { preferred: 1 } });
  await aLabel(instance, { source: "lm", annotator: "import:judge" });
  const detail = await getInstance(await access(), instance.id);
  expect(detail).toMatchObject({
    outsideId: "q",
    meta: { topic: "law" },
    status: "in-progress",
    completions: [{ outsideId: "a", model: "model-0", steps: null }, { outsideId: "b" }],
    routes: [{ route: "human", propensity: 1, reason: "test" }],
    assignments: [{ annotatorEmail: user.email, state: "leased", shownOrder: [1, 0] }],
  });
  expect(detail.labels.map(({ revision, isCurrent, annotatorEmail }) => [revision, isCurrent, annotatorEmail])).toEqual(
    [
      [1, false, user.email],
      [2, true, user.email],
      [1, true, null],
    ],
  );
});

test("completions come with the steps that are judged, cut as the task schema says unless they were imported", async () => {
  const completions = ["one\ntwo", { text: "a. b.", steps: ["a.", " b."], hasSteps: true }];
  const steps: Question = { id: "steps", type: "steps", name: "Steps", definition: "", cut: "line", flags: [] };
  const judged = await aProject({
    schema: { questions: [steps], reason: "off" },
    members: [{ user: researcher, role: "researcher" }],
  });
  const stepsOf = async (one: Project) => {
    const { id } = await anInstance(one, { completions });
    const read = await getInstance(await accessFor(researcher, one, "instance:read"), id);
    return read.completions.map(({ steps, judgedSteps }) => [steps, judgedSteps]);
  };
  const imported = ["a.", " b."];
  expect(await stepsOf(judged)).toEqual([
    [null, ["one\n", "two"]],
    [imported, imported],
  ]);
  expect(await stepsOf(project)).toEqual([
    [null, null],
    [imported, null],
  ]);
});

test("instances of another project are not there", async () => {
  const other = await anInstance(await aProject());
  await expect(getInstance(await access(), other.id)).rejects.toMatchObject({ code: "not_found" });
  expect(await find()).toEqual([]);
  const { user } = await aMember(project);
  await expect(accessFor(user, project, "instance:read")).rejects.toMatchObject({ code: "forbidden" });
});
