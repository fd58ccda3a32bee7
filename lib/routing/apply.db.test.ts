import { v7 as uuidv7 } from "uuid";
import { beforeEach, expect, test } from "vitest";
import { nextAssignment } from "@/lib/assignments/lease";
import { releaseAssignment } from "@/lib/assignments/release";
import type { Access } from "@/lib/auth/access";
import { uploadImport } from "@/lib/datasets/upload";
import { importRun } from "@/lib/datasets/import-run";
import { prisma } from "@/lib/db/client";
import type { Instance, Project, User } from "@/lib/db/generated/client";
import { runTasks } from "@/lib/jobs/execute-run";
import { cancelRun, type RunHandler } from "@/lib/jobs/runs";
import { refreshConsensus } from "@/lib/labels/consensus";
import { accessFor, aLabel, aMember, anInstance, aProject, aUser } from "@/lib/testing/builders";
import { workOff } from "@/lib/testing/work-off";
import { applyPolicy, mostAtOnce } from "./apply";
import { decide } from "./decide";
import { lockWeight } from "./policy";
import { routeRun } from "./route-run";
import type { Policy, PolicyInput } from "./schema";

let project: Project;
let admin: User;
let access: Access<"routing:manage">;

beforeEach(async () => {
  await prisma.project.deleteMany();
  await prisma.$executeRaw`delete from graphile_worker._private_jobs`;
  admin = await aUser();
  project = await aProject({ overlap: 2, members: [{ user: admin, role: "admin" }] });
  access = await accessFor(admin, project, "routing:manage");
});

const allAi: PolicyInput = { kind: "all-ai" };
const half: PolicyInput = { kind: "random", humanShare: 0.5, dualShare: 0.2 };
const apply = (policy: PolicyInput, basedOn?: number) => applyPolicy(access, { policy, ...(basedOn && { basedOn }) });

async function instances(count: number): Promise<Instance[]> {
  const made: Instance[] = [];
  for (let n = 0; n < count; n++) made.push(await anInstance(project));
  return made;
}

/** Many open instances, as an import would leave them. */
async function manyInstances(count: number): Promise<void> {
  await prisma.$executeRaw`
    with i as (
      insert into instances (project_id, id, outside_id, prompt, content_hash, prompt_hash, split, route, is_labelable, open_slots)
      select ${project.id}::uuid, gen_random_uuid(), 'many' || n, 'p', '', '', 'train', 'human', true, ${project.overlap}::int
      from generate_series(1, ${count}::int) n returning project_id, id
    ), c as (
      insert into completions (project_id, instance_id, index, outside_id, text, steps)
      select project_id, id, n, n::text, 'c', '{}' from i, generate_series(0, 1) n
    )
    insert into routes (project_id, instance_id, policy_version, route, propensity, reason)
    select project_id, id, 1, 'human', 1, 'test' from i`;
}

async function lend(
  instance: Instance,
  user: User,
  state: "leased" | "submitted" | "skipped" | "expired",
): Promise<void> {
  const { projectId, id } = instance;
  const leaseUntil = new Date(Date.now() + 60_000);
  await prisma.assignment.create({
    data: { projectId, instanceId: id, annotatorId: user.id, state, seed: 1, shownOrder: [0, 1], leaseUntil },
  });
}

const stored = () =>
  prisma.instance.findMany({
    where: { projectId: project.id },
    include: { routes: { orderBy: { policyVersion: "asc" } } },
    orderBy: { id: "asc" },
  });
const storedPolicy = async (version: number): Promise<Policy> => {
  const { payload } = await prisma.policy.findUniqueOrThrow({
    where: { projectId_version: { projectId: project.id, version } },
  });
  return { ...(payload as Policy), version };
};

async function work(handler: RunHandler = routeRun): Promise<void> {
  const never: RunHandler = () => Promise.reject(new Error("not in this test"));
  const taskList = runTasks({ import: importRun, snapshot: never, judge: never, route: handler });
  await workOff(taskList);
}

/** Nobody is asked about what only AI labels, and the rest has its overlap less those who labelled or hold it. */
async function expectSlotsInOrder(): Promise<void> {
  const wrong = await prisma.$queryRaw`
    select i.id, i.route, i.open_slots from instances i
    where i.project_id = ${project.id}::uuid and i.open_slots <> case when i.route = 'lm' then 0 else ${project.overlap}::int - (
      select count(*)::int from assignments a
      where a.project_id = i.project_id and a.instance_id = i.id and a.state in ('leased', 'submitted')) end`;
  expect(wrong).toEqual([]);
}

test("the new version is stored and current, open instances are routed by it, and it is audited", async () => {
  await instances(40);
  expect(await apply(half)).toMatchObject({ version: 2, runId: null, result: { reweighed: 0 } });
  expect(await prisma.project.findUniqueOrThrow({ where: { id: project.id } })).toMatchObject({ policyVersion: 2 });
  const policy = await storedPolicy(2);
  expect(policy).toEqual({
    kind: "random",
    humanShare: 0.5,
    pacing: null,
    dualShare: 0.2,
    lmWeight: 0.5,
    seed: 1,
    version: 2,
  });
  for (const { id, route, openSlots, routes } of await stored()) {
    const decision = decide(policy, { id, score: null, hasImages: false });
    expect(routes[1]).toMatchObject({ policyVersion: 2, ...decision });
    expect([route, openSlots]).toEqual([decision.route, decision.route === "lm" ? 0 : 2]);
  }
  expect(await prisma.auditEvent.findFirst({ where: { projectId: project.id, action: "policy.apply" } })).toMatchObject(
    {
      actor: admin.email,
      target:
        "policy 2: Send 50 % to people, drawn at random, and the rest to AI. Keep 20 % dual: labelled by people and AI.",
    },
  );
});

test("only what nobody has labelled or holds is routed anew", async () => {
  const { user } = await aMember(project);
  const fixed = await instances(5);
  await aLabel(fixed[0]!);
  await aLabel(fixed[1]!, { source: "lm", annotator: "import:judge" });
  await aLabel(fixed[2]!, { isCurrent: false });
  await lend(fixed[3]!, user, "leased");
  await lend(fixed[4]!, user, "submitted");
  const open = await instances(4);
  await aLabel(open[0]!, { source: "demo", annotator: "demo:guide" });
  await lend(open[1]!, user, "skipped");
  await lend(open[2]!, user, "expired");
  await anInstance(project, { isLabelable: false, outsideId: "textless" });
  const { result } = await apply(allAi);
  expect(result).toEqual({ routes: { human: 0, lm: 4, dual: 0 }, changed: 4, reweighed: 0 });
  for (const { id, outsideId, route, routes } of await stored()) {
    const isOpen = open.some((instance) => instance.id === id);
    expect([outsideId, route, routes.length]).toEqual([outsideId, isOpen ? "lm" : "human", isOpen ? 2 : 1]);
  }
});

test("back to people, every slot opens again, and each decision stays on record", async () => {
  await instances(3);
  await apply(allAi);
  expect((await stored()).map(({ route, openSlots }) => [route, openSlots])).toEqual(Array(3).fill(["lm", 0]));
  expect(await apply({ kind: "all-human" })).toMatchObject({
    version: 3,
    result: { routes: { human: 3 }, changed: 3 },
  });
  for (const { route, openSlots, routes } of await stored()) {
    expect([route, openSlots]).toEqual(["human", 2]);
    expect(routes.map((one) => [one.policyVersion, one.route, one.propensity])).toEqual([
      [1, "human", 1],
      [2, "lm", 1],
      [3, "human", 1],
    ]);
  }
});

test("settings that are left out stay as they are", async () => {
  await apply({ ...half, seed: 99, lmWeight: 0.25 });
  await apply(allAi);
  expect(await storedPolicy(3)).toEqual({ kind: "all-ai", dualShare: 0.2, lmWeight: 0.25, seed: 99, version: 3 });
});

test("a policy that was looked at before another was applied is refused", async () => {
  await apply(allAi, 1);
  await expect(apply(half, 1)).rejects.toMatchObject({
    code: "conflict",
    message: expect.stringContaining("Policy 2 was applied") as string,
  });
  expect(await prisma.policy.count({ where: { projectId: project.id } })).toBe(2);
});

test("uncertainty sends those to people on which the active model's members disagree most", async () => {
  const made = await instances(10);
  await prisma.rewardModel.create({
    data: {
      projectId: project.id,
      version: 4,
      isActive: true,
      seed: 1,
      snapshotId: made[0]!.id,
      runId: made[0]!.id,
      config: {},
      metrics: {},
      gate: {},
      artifact: Buffer.from(""),
    },
  });
  const score = (instance: Instance, index: number, members: number[], modelVersion = 4) =>
    prisma.rewardScore.create({
      data: {
        projectId: project.id,
        instanceId: instance.id,
        index,
        modelVersion,
        reward: 0,
        rewardWithSides: 0,
        members,
      },
    });
  for (const [i, instance] of made.slice(0, 8).entries()) {
    await score(instance, 0, [i, -i]);
    await score(instance, 1, [0, 0]);
  }
  // One of a version that is no longer active counts for nothing.
  for (const index of [0, 1]) await score(made[8]!, index, [9 * index, -9 * index], 3);
  await apply({ kind: "uncertainty", humanShare: 0.25 });
  const [scored, unscored] = [(await stored()).slice(0, 8), (await stored()).slice(8)];
  expect(scored.map(({ route }) => route)).toEqual(["lm", "lm", "lm", "lm", "lm", "lm", "human", "human"]);
  expect(scored.map(({ routes }) => routes[1]!.propensity)).toEqual(Array(8).fill(1));
  const scores = scored.map(({ routes }) => routes[1]!.score!);
  expect(scores[0]).toBe(0);
  expect(scores).toEqual(scores.toSorted((a, b) => a - b));
  expect(await storedPolicy(2)).toMatchObject({ threshold: { score: scores[6], share: 1 } });
  for (const { route, routes } of unscored)
    expect(routes[1]).toMatchObject({ score: null, propensity: route === "human" ? 0.25 : 0.75 });
});

test("new instances get their route by the current policy at import", async () => {
  await apply(half);
  const policy = await storedPolicy(2);
  const lines = Array.from({ length: 40 }, (_, n) =>
    JSON.stringify({
      id: `new${n}`,
      prompt: `Prompt ${n}`,
      completions: [{ text: "one" }, { text: n === 0 ? null : "two" }],
      labels: n < 20 ? [{ annotator: "ann1", kind: "human", type: "comparison", preferred: 0 }] : [],
    }),
  );
  const file = (async function* () {
    yield Buffer.from(lines.join("\n"));
  })();
  await uploadImport(
    await accessFor(admin, project, "instance:import"),
    { kind: "instances", dryRun: false, filename: null },
    file,
  );
  await work();
  const imported = await stored();
  expect(imported.length).toBe(40);
  for (const { id, route, routes, openSlots, outsideId, isLabelable } of imported) {
    const decision = decide(policy, { id, score: null, hasImages: false });
    expect(routes).toMatchObject([{ policyVersion: 2, ...decision }]);
    const wanted = !isLabelable || decision.route === "lm" ? 0 : Number(outsideId.slice(3)) < 20 ? 1 : 2;
    expect([outsideId, route, openSlots]).toEqual([outsideId, decision.route, wanted]);
  }
  expect(new Set(imported.map(({ route }) => route))).toEqual(new Set(["human", "lm", "dual"]));
});

test("judging is queued for what goes to AI, and only when there is a judge and something goes there", async () => {
  const judging = () => prisma.run.count({ where: { projectId: project.id, kind: "judge" } });
  await instances(3);
  await apply(allAi);
  expect(await judging()).toBe(0);
  const config = { baseUrl: "https://api.example.org/v1", model: "m", rubric: "r" };
  await prisma.judge.create({
    data: { projectId: project.id, name: "Judge", kind: "lm", versions: { create: { version: 1, config } } },
  });
  await apply({ kind: "all-human" });
  expect(await judging()).toBe(0);
  await apply(allAi);
  expect(await judging()).toBe(1);
});

test("another weight of AI recomputes every consensus that AI has a vote in, and draws nothing anew", async () => {
  const [made] = await instances(3);
  await aLabel(made!, { payload: { preferred: 0 } });
  for (const annotator of ["import:a", "import:b"])
    await aLabel(made!, { source: "lm", annotator, payload: { preferred: 1 } });
  await refreshConsensus(prisma, project.id, [made!.id]);
  const decided = async () => (await prisma.consensus.findFirstOrThrow({ where: { projectId: project.id } })).payload;
  expect(await decided()).toMatchObject({ isDraw: true });
  expect(await apply({ kind: "all-human", lmWeight: 1 })).toEqual({
    version: 2,
    runId: null,
    result: { routes: { human: 0, lm: 0, dual: 0 }, changed: 0, reweighed: 1 },
  });
  expect(await decided()).toMatchObject({ preferred: 1, isDraw: false });
  expect((await stored()).flatMap(({ routes }) => routes.map(({ policyVersion }) => policyVersion))).toEqual([1, 1, 1]);
});

test("an AI's label that is being stored while its weight changes is weighed anew", async () => {
  const [made] = await instances(1);
  await aLabel(made!, { payload: { preferred: 0 } });
  const applied: Promise<unknown>[] = [];
  await prisma.$transaction(async (db) => {
    await lockWeight(db, project.id, "share");
    for (const annotator of ["import:a", "import:b"]) {
      const { projectId, id: instanceId } = made!;
      const label = { question: "comparison", target: "0-1", type: "comparison" as const, source: "lm" as const };
      const payload = { pair: [0, 1], preferred: 1, bothBad: false, strength: 1, scale: 2 };
      const ids = { projectId, instanceId, id: uuidv7(), submissionId: uuidv7() };
      await db.label.create({ data: { ...ids, ...label, annotator, payload } });
    }
    await refreshConsensus(db, project.id, [made!.id]);
    applied.push(apply({ kind: "all-human", lmWeight: 1 }));
    await new Promise((resolve) => setTimeout(resolve, 200));
  });
  expect(await Promise.all(applied)).toMatchObject([{ result: { reweighed: 1 } }]);
  const { payload } = await prisma.consensus.findFirstOrThrow({ where: { projectId: project.id } });
  expect(payload).toMatchObject({ preferred: 1, isDraw: false });
});

test("many instances are routed by a run, which goes on where a killed worker left it", async () => {
  const count = mostAtOnce + 700;
  await manyInstances(count);
  const { version, runId, result } = await apply(half);
  expect([version, result]).toEqual([2, null]);
  expect(await prisma.instance.count({ where: { projectId: project.id, route: { not: "human" } } })).toBe(0);

  const dying: RunHandler = async (run) => {
    let saves = 0;
    return await routeRun({
      ...run,
      save: async (db, state) => {
        if (++saves === 2) throw new Error("killed");
        await run.save(db, state);
      },
    });
  };
  await work(dying);
  expect(await prisma.route.count({ where: { projectId: project.id, policyVersion: 2 } })).toBe(1000);
  await prisma.$executeRaw`update graphile_worker._private_jobs set run_at = now()`;
  await work();
  const run = await prisma.run.findUniqueOrThrow({ where: { projectId_id: { projectId: project.id, id: runId! } } });
  const byRoute = await prisma.instance.groupBy({ by: ["route"], where: { projectId: project.id }, _count: true });
  const routes = Object.fromEntries(byRoute.map(({ route, _count }) => [route, _count]));
  expect(run).toMatchObject({ state: "succeeded", result: { routes, changed: routes.lm! + routes.dual! } });
  expect(await prisma.route.count({ where: { projectId: project.id, policyVersion: 2 } })).toBe(count);
  await expectSlotsInOrder();
});

test("a later policy ends the run of an earlier one, which routes nothing more", async () => {
  await manyInstances(mostAtOnce + 1);
  await apply(allAi);
  const { runId } = await apply({ kind: "all-ai", dualShare: 1 });
  await work();
  expect(await prisma.run.findMany({ where: { projectId: project.id }, orderBy: { id: "asc" } })).toMatchObject([
    { state: "succeeded", result: { routes: { lm: 0 }, changed: 0 } },
    { id: runId, state: "succeeded", result: { routes: { dual: mostAtOnce + 1 } } },
  ]);
});

test("a cancelled run leaves the rest as it was, and applying the same policy again finishes it", async () => {
  await manyInstances(mostAtOnce + 1);
  const { runId } = await apply(allAi);
  await cancelRun(await accessFor(admin, project, "run:cancel"), runId!);
  await work();
  expect(await prisma.instance.count({ where: { projectId: project.id, route: "lm" } })).toBe(0);
  await apply(allAi);
  await work();
  expect(await prisma.instance.count({ where: { projectId: project.id, route: "lm" } })).toBe(mostAtOnce + 1);
});

test("slots stay right while people lease and let go during one policy after another", async () => {
  await manyInstances(60);
  const people = await Promise.all(
    Array.from({ length: 6 }, async () => accessFor((await aMember(project)).user, project, "label:write")),
  );
  let isDone = false;
  const lend = people.map(async (annotator, n) => {
    for (let turn = 0; !isDone; turn++) {
      const lent = await nextAssignment(annotator, { held: [] });
      if (lent && (turn + n) % 3 > 0) await releaseAssignment(annotator, lent.id);
      if (!lent) await new Promise((resolve) => setTimeout(resolve, 5));
    }
  });
  const policies: PolicyInput[] = [
    half,
    { kind: "all-human" },
    allAi,
    { ...half, seed: 5 },
    { kind: "all-ai", dualShare: 0.5 },
    half,
  ];
  for (const policy of policies) await apply(policy);
  isDone = true;
  await Promise.all(lend);
  await expectSlotsInOrder();
  // Nobody was lent what only AI labels.
  expect(
    await prisma.$queryRaw`
    select 1 from assignments a join instances i on i.project_id = a.project_id and i.id = a.instance_id
    where a.project_id = ${project.id}::uuid and a.state = 'leased' and i.route = 'lm'`,
  ).toEqual([]);
});
