import { v7 as uuidv7 } from "uuid";
import { beforeEach, expect, test } from "vitest";
import type { Access } from "@/lib/auth/access";
import { prisma } from "@/lib/db/client";
import type { Instance, Project, User } from "@/lib/db/generated/client";
import { lmConfig } from "@/lib/judges/schema";
import { bookAnswers } from "@/lib/ledger/book";
import { inLocale } from "@/lib/say";
import { accessFor, aLabel, aMember, anInstance, aProject, aUser } from "@/lib/testing/builders";
import { applyPolicy } from "./apply";
import { decideAll, previewPolicy } from "./preview";
import { getRouting, listPolicies, listRoutes } from "./queries";
import { rerouteAfterScoring } from "./reroute-after-scoring";
import { policyListQuery, routeListQuery, type PolicyInput } from "./schema";

let project: Project;
let admin: User;
let access: Access<"routing:manage"> & Access<"routing:read">;

beforeEach(async () => {
  await prisma.project.deleteMany();
  admin = await aUser();
  project = await aProject({ overlap: 2, members: [{ user: admin, role: "admin" }] });
  access = (await accessFor(admin, project, "routing:manage")) as typeof access;
});

const apply = (policy: PolicyInput) => applyPolicy(access, { policy });
const preview = (policy: PolicyInput) => previewPolicy(access, { policy });
const half: PolicyInput = { kind: "random", humanShare: 0.5, dualShare: 0.2 };

async function instances(count: number): Promise<Instance[]> {
  const made: Instance[] = [];
  for (let n = 0; n < count; n++) made.push(await anInstance(project));
  return made;
}

async function aModel(version: number): Promise<void> {
  await prisma.rewardModel.updateMany({ where: { projectId: project.id }, data: { isActive: false } });
  const { id } = project;
  const parts = { config: {}, metrics: {}, gate: {}, artifact: Buffer.from("") };
  await prisma.rewardModel.create({
    data: { projectId: id, version, isActive: true, seed: 1, snapshotId: id, runId: id, ...parts },
  });
}

/** Members that disagree the more, the larger `spread` is. */
async function scored(instance: Instance, modelVersion: number, spread: number): Promise<void> {
  const { projectId, id: instanceId } = instance;
  await prisma.rewardScore.deleteMany({ where: { projectId, instanceId } });
  await prisma.rewardScore.createMany({
    data: [
      [spread, -spread],
      [0, 0],
    ].map((members, index) => ({
      ...{ projectId, instanceId, index, modelVersion, members, reward: 0, rewardWithSides: 0 },
    })),
  });
}

const routesNow = async () =>
  (await prisma.instance.findMany({ where: { projectId: project.id }, orderBy: { id: "asc" } })).map(
    ({ route }) => route,
  );
const lastRun = async () =>
  await prisma.run.findFirst({ where: { projectId: project.id, kind: "route" }, orderBy: { id: "desc" } });

test("a preview counts exactly what applying then does, and stores nothing", async () => {
  await instances(60);
  await apply({ kind: "random", humanShare: 0.3 });
  for (const policy of [half, { kind: "all-ai", dualShare: 0.1 }, { kind: "all-human", dualShare: 0 }] as const) {
    const expected = await preview(policy);
    expect((await getRouting(access)).current.version).toBe(expected.basedOn);
    const { result } = await applyPolicy(access, { policy, basedOn: expected.basedOn });
    expect(result).toMatchObject({ routes: expected.after, changed: expected.changed });
    expect(expected.moves.reduce((sum, { instances }) => sum + instances, 0)).toBe(expected.changed);
  }
});

test("the held-out test part is routed by the cut, but has no say in it", async () => {
  const made = await instances(8);
  await aModel(1);
  for (const [i, instance] of made.entries()) {
    await scored(instance, 1, i);
    // The four with the highest scores are held out.
    const split = i < 4 ? "train" : "test";
    await prisma.instance.updateMany({ where: { id: instance.id }, data: { split } });
  }
  const policy: PolicyInput = { kind: "uncertainty", humanShare: 0.5, dualShare: 0 };
  expect((await preview(policy)).after).toEqual({ human: 6, lm: 2, dual: 0 });
  await apply(policy);
  expect(await routesNow()).toEqual(["lm", "lm", ...Array<string>(6).fill("human")]);
});

test("a preview's decisions let other requests have their turn", async () => {
  let turns = 0;
  const timer = setInterval(() => turns++, 0);
  const candidates = Array.from({ length: 50_000 }, (_, i) => ({ id: `instance ${i}`, score: null, hasImages: false }));
  const policy = { kind: "all-ai", dualShare: 0, lmWeight: 0.5, seed: 1, version: 2 } as const;
  expect(await decideAll(policy, candidates)).toHaveLength(50_000);
  clearInterval(timer);
  expect(turns).toBeGreaterThan(10);
});

test("a preview says what is still to come from people and judges, and what it may cost", async () => {
  const [labelled] = await instances(5);
  await aLabel(labelled!);
  expect(await preview({ kind: "all-ai" })).toMatchObject({
    before: { human: 4, lm: 0, dual: 0 },
    after: { human: 0, lm: 4, dual: 0 },
    changed: 4,
    moves: [{ from: "human", to: "lm", instances: 4 }],
    isEstimate: false,
    humanLabels: { before: 8, after: 0 },
    // Both orders of one aspect.
    verdicts: { before: 0, after: 8 },
    costMicros: null,
  });
  const config = lmConfig.parse({
    ...{ baseUrl: "https://api.example.org/v1", model: "m", rubric: "r" },
    ...{ inputPriceMicros: 2_000_000, outputPriceMicros: 0 },
  });
  const { id: judgeId } = await prisma.judge.create({
    data: { projectId: project.id, name: "Judge", kind: "lm", versions: { create: { version: 1, config } } },
  });
  // Some 1,500 characters of instructions and two short texts: about 390 tokens at 2 millionths.
  const { costMicros } = await preview({ kind: "all-ai" });
  expect(costMicros!.before).toBe(0);
  expect(costMicros!.after).toBeGreaterThan(8 * 2 * 375);
  expect(costMicros!.after).toBeLessThan(8 * 2 * 420);
  const paid = { inputTokens: 1, cachedInputTokens: 0, outputTokens: 1, costMicros: 500, answers: 1 };
  await bookAnswers(prisma, { projectId: project.id, judge: { id: judgeId, version: 1 }, runId: null }, [
    { id: uuidv7(), purpose: "judging", type: "comparison", ...paid },
  ]);
  expect((await preview({ kind: "all-ai" })).costMicros).toEqual({ before: 0, after: 4000 });
});

test("a preview of another weight counts the consensus to recompute, and moves nothing", async () => {
  const [made] = await instances(3);
  await aLabel(made!, { source: "lm", annotator: "import:a" });
  expect(await preview({ kind: "all-human", lmWeight: 1 })).toMatchObject({ changed: 0, reweighed: 1 });
  expect(await preview({ kind: "all-human" })).toMatchObject({ changed: 0, reweighed: 0 });
});

test("routing tells how far each route is, and what waits for an AI that is not there", async () => {
  const made = await instances(6);
  await prisma.instance.updateMany({
    where: { id: { in: made.slice(2, 4).map(({ id }) => id) } },
    data: { route: "lm", openSlots: 0 },
  });
  await prisma.instance.updateMany({
    where: { id: { in: made.slice(4).map(({ id }) => id) } },
    data: { route: "dual", openSlots: 0 },
  });
  await prisma.instance.update({
    where: { projectId_id: { projectId: project.id, id: made[0]!.id } },
    data: { openSlots: 0 },
  });
  await aLabel(made[2]!, { source: "lm", annotator: `judge:${project.id}@1` });
  await aLabel(made[4]!, { source: "lm", annotator: `judge:${project.id}@1` });
  const { user } = await aMember(project);
  await prisma.assignment.create({
    data: {
      ...{ projectId: project.id, instanceId: made[5]!.id, annotatorId: user.id, state: "leased", seed: 1 },
      ...{ shownOrder: [0, 1], leaseUntil: new Date(Date.now() + 60_000) },
    },
  });
  await anInstance(project, { isLabelable: false });
  expect(await getRouting(access)).toMatchObject({
    current: { version: 1, sentence: "Send every instance to people.", createdBy: null },
    progress: [
      { route: "human", instances: 2, doneByPeople: 1, doneByAi: null, done: 1 },
      { route: "lm", instances: 2, doneByPeople: null, doneByAi: 1, done: 1 },
      { route: "dual", instances: 2, doneByPeople: 1, doneByAi: 1, done: 1 },
    ],
    open: 3,
    waiting: { instances: 2, hasJudge: false },
    model: null,
    runId: null,
  });
});

test("routes and policies are listed by pages, routes by kind too, with the decision that counts", async () => {
  const made = await instances(12);
  await apply({ kind: "random", humanShare: 0.5, dualShare: 0.3 });
  const all: string[] = [];
  for (let cursor: string | undefined; ;) {
    const page = await listRoutes(access, routeListQuery.parse({ limit: 5, cursor }));
    all.push(...page.items.map(({ instanceId }) => instanceId));
    for (const item of page.items) expect(item).toMatchObject({ policyVersion: 2 });
    if (page.nextCursor === null) break;
    cursor = page.nextCursor;
  }
  expect(all).toEqual(made.map(({ id }) => id));
  const routes = await routesNow();
  for (const route of ["human", "lm", "dual"] as const) {
    const { items } = await listRoutes(access, routeListQuery.parse({ route }));
    expect(items.map(({ instanceId }) => instanceId)).toEqual(all.filter((_, i) => routes[i] === route));
  }
  const drawn = await inLocale("zh-Hans", () => listRoutes(access, routeListQuery.parse({ route: "dual" })));
  for (const item of drawn.items) expect(item.reason).toMatch(/^抽给人工和 AI：30\s% 的样本，随机抽取（策略 2）$/);
  await apply({ kind: "all-ai" });
  const first = await listPolicies(access, policyListQuery.parse({ limit: 2 }));
  expect(first.items.map(({ version, createdBy }) => [version, createdBy])).toEqual([
    [3, admin.email],
    [2, admin.email],
  ]);
  const rest = await listPolicies(access, policyListQuery.parse({ limit: 2, cursor: first.nextCursor }));
  expect([rest.items.map(({ version }) => version), rest.nextCursor]).toEqual([[1], null]);
});

test("new scores make the next version of an uncertainty policy and a run that routes by it, once", async () => {
  const made = await instances(8);
  await apply({ kind: "uncertainty", humanShare: 0.25 });
  const reroute = () => prisma.$transaction((db) => rerouteAfterScoring(db, project.id));
  expect(await reroute()).toBeNull();
  await aModel(1);
  for (const [i, instance] of made.entries()) await scored(instance, 1, i);
  const run = await reroute();
  expect(await lastRun()).toMatchObject({
    id: run!.id,
    createdById: null,
    payload: { version: 3, redraw: true, reweigh: false },
  });
  const { items } = await listPolicies(access, policyListQuery.parse({}));
  expect(items[0]).toMatchObject({ version: 3, createdBy: null, policy: { modelVersion: 1, threshold: { share: 1 } } });
  expect((await getRouting(access)).model).toEqual({ version: 1, scored: 8 });

  await apply({ kind: "uncertainty", humanShare: 0.25 });
  expect(await routesNow()).toEqual(["lm", "lm", "lm", "lm", "lm", "lm", "human", "human"]);
  expect(await reroute()).toBeNull();
  const late = await anInstance(project);
  expect(await reroute()).toBeNull();
  await scored(late, 1, 1);
  expect(await reroute()).not.toBeNull();
  await aModel(2);
  expect(await reroute()).not.toBeNull();
});

test("new scores change nothing under another policy", async () => {
  const [made] = await instances(1);
  await aModel(1);
  await scored(made!, 1, 1);
  expect(await prisma.$transaction((db) => rerouteAfterScoring(db, project.id))).toBeNull();
  expect((await getRouting(access)).current.version).toBe(1);
});
