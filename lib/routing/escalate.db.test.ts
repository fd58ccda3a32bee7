import { beforeEach, expect, test } from "vitest";
import { v7 as uuidv7 } from "uuid";
import { prisma } from "@/lib/db/client";
import type { Instance, Project } from "@/lib/db/generated/client";
import type { OpenLm } from "@/lib/judges/asker";
import { loadSubjects } from "@/lib/judges/load";
import { loadPlan } from "@/lib/judges/plan";
import { lmConfig, type VerdictOutcome } from "@/lib/judges/schema";
import { findPending } from "@/lib/judges/select";
import { waitingForJudge } from "@/lib/judges/start-run";
import { storeBatch } from "@/lib/judges/store";
import { unitsOf } from "@/lib/judges/units";
import { anInstance, aProject } from "@/lib/testing/builders";
import { releaseStranded } from "./release-stranded";
import type { PolicyPayload } from "./schema";

const config = lmConfig.parse({ baseUrl: "https://example.org/v1", model: "m", rubric: "r" });
const promise = { alpha: 0.05, delta: 0.1, fitVersion: 1, dualShare: 0.08, lmWeight: 0.5, seed: 1 };

let project: Project;
let first: OpenLm;
let second: OpenLm;

/** A project with two judges whose cuts are .8 and .6. */
async function aWorld(kind: "confidence" | "cascade"): Promise<void> {
  await prisma.project.deleteMany();
  const [firstId, secondId] = [uuidv7(), uuidv7()];
  const cuts = [
    { judge: `judge:${firstId}@1`, confidence: 0.8 },
    { judge: `judge:${secondId}@1`, confidence: kind === "cascade" ? 0.6 : null },
  ];
  const policy: PolicyPayload = { kind, ...promise, cuts };
  project = await aProject({ overlap: 2, policy });
  first = await aJudge(firstId, "First");
  second = await aJudge(secondId, "Second");
}

async function aJudge(judgeId: string, name: string): Promise<OpenLm> {
  await prisma.judge.create({
    data: { id: judgeId, projectId: project.id, name, kind: "lm", versions: { create: { version: 1, config } } },
  });
  return { projectId: project.id, judgeId, name, kind: "lm", version: 1, config, apiKey: null };
}

type Said = number | "inconsistent" | "unreadable";

/** The judge answers both orders: that it prefers the first of the pair with a probability, or nothing of use. */
async function judges(judge: OpenLm, instances: Instance[], said: Said): Promise<void> {
  const plan = await loadPlan(project.id, judge);
  const subjects = await loadSubjects(
    judge,
    plan,
    instances.map(({ id }) => id),
  );
  const asked = subjects.flatMap((subject) =>
    unitsOf({ ...subject, completions: 2 }, plan).map((unit) => ({ subject, unit })),
  );
  const answers = asked.flatMap(({ subject, unit }) =>
    unit.asks.map((ask, i) => ({ id: uuidv7(), subject, unit, ask, reply: { ...reply, outcome: outcomeOf(said, i) } })),
  );
  await storeBatch(judge, plan, { purse: null, answers, finished: asked });
}

const reply = {
  ...{ asked: [], rawText: "", thinking: null, model: null, latencyMs: 1, repairs: 0, isRefused: false },
  ...{ inputTokens: 1, cachedInputTokens: 0, outputTokens: 1, costMicros: 1 },
};

function outcomeOf(said: Said, order: number): VerdictOutcome {
  if (said === "unreadable") return { kind: "invalid", problem: "no JSON" };
  const strength = { strength: 1, reasoning: null };
  if (said === "inconsistent") return { kind: "preferred", preferred: order === 0 ? 0 : 1, ...strength };
  return { kind: "preferred", preferred: 0, ...strength, probability: said };
}

const onRoute = (route: "lm" | "dual") => anInstance(project, { route });
const pendingOf = async (judge: OpenLm) =>
  await findPending(judge, {}, { plan: await loadPlan(project.id, judge), after: null, limit: 100 });

async function stateOf({ id }: Instance): Promise<{ route: string; openSlots: number; stages: [number, string][] }> {
  const { route, openSlots, routes } = await prisma.instance.findFirstOrThrow({
    where: { id },
    include: { routes: { orderBy: { stage: "asc" } } },
  });
  return { route, openSlots, stages: routes.map((one) => [one.stage, one.route]) };
}

beforeEach(() => aWorld("confidence"));

test("what a judge is not confident about is open to people as soon as its label is there, which alone is no consensus", async () => {
  const [sure, unsure] = [await onRoute("lm"), await onRoute("lm")];
  await judges(first, [sure], 0.9);
  await judges(first, [unsure], 0.7);
  expect(await stateOf(sure)).toEqual({ route: "lm", openSlots: 0, stages: [[0, "lm"]] });
  expect(await stateOf(unsure)).toEqual({ route: "human", openSlots: 2, stages: [[0, "lm"], [1, "human"]] }); // prettier-ignore
  const escalated = await prisma.route.findFirstOrThrow({ where: { instanceId: unsure.id, stage: 1 } });
  expect(escalated).toMatchObject({ policyVersion: 1, propensity: 0.92, score: expect.closeTo(0.7, 9) as number });
  expect(escalated.reason).toBe("Its confidence of 70 % is below the cut of 80 %: to people (policy 1)");
  expect(await prisma.consensus.findMany({ select: { instanceId: true } })).toEqual([{ instanceId: sure.id }]);
});

test("inconsistent and unreadable answers go to people as well, once however often they are stored", async () => {
  const [flipped, unread] = [await onRoute("lm"), await onRoute("lm")];
  await Promise.all([judges(first, [flipped], "inconsistent"), judges(first, [flipped], "inconsistent")]);
  for (let time = 0; time < 2; time++) await judges(first, [unread], "unreadable");
  for (const one of [flipped, unread]) expect(await stateOf(one)).toMatchObject({ route: "human", openSlots: 2 });
  expect(await prisma.route.count({ where: { stage: 1 } })).toBe(2);
});

test("what is drawn for both stays so, whatever the judge says, and judges without a cut label nothing else", async () => {
  const [both, one] = [await onRoute("dual"), await onRoute("lm")];
  expect(await pendingOf(first)).toEqual([both.id, one.id].sort());
  expect(await pendingOf(second)).toEqual([both.id]);
  const third = await aJudge(uuidv7(), "Third");
  expect(await pendingOf(third)).toEqual([]);
  await judges(first, [both], 0.1);
  expect(await stateOf(both)).toEqual({ route: "dual", openSlots: 2, stages: [[0, "dual"]] });
});

test("the policy that routed an instance decides about it, also after a later one", async () => {
  const instance = await onRoute("lm");
  await prisma.policy.create({
    data: { projectId: project.id, version: 2, payload: { kind: "all-ai", dualShare: 0, lmWeight: 0.5, seed: 1 } },
  });
  await prisma.project.update({ where: { id: project.id }, data: { policyVersion: 2 } });
  await judges(first, [instance], 0.7);
  expect(await stateOf(instance)).toMatchObject({ route: "human" });
});

test("a cascade asks the second judge only about what the first passes on, and people where neither is confident", async () => {
  await aWorld("cascade");
  const [kept, passed, lost, both] = [
    await onRoute("lm"),
    await onRoute("lm"),
    await onRoute("lm"),
    await onRoute("dual"),
  ];
  expect(await pendingOf(second)).toEqual([both.id]);
  await judges(first, [kept], 0.9);
  await judges(first, [passed, lost], 0.7);
  expect(await stateOf(passed)).toMatchObject({ route: "lm", openSlots: 0, stages: [[0, "lm"], [1, "lm"]] }); // prettier-ignore
  expect(await pendingOf(first)).toEqual([both.id]);
  expect(await pendingOf(second)).toEqual([passed.id, lost.id, both.id].sort());
  expect(await waitingForJudge(project.id)).toEqual({ instances: 3, hasJudge: true });
  const runs = await prisma.run.findMany({ where: { kind: "judge", state: "queued" } });
  expect(runs.map(({ payload }) => payload)).toEqual([{ judgeId: second.judgeId }]);
  await judges(second, [passed], 0.65);
  await judges(second, [lost], 0.55);
  expect(await stateOf(passed)).toMatchObject({ route: "lm", stages: [[0, "lm"], [1, "lm"]] }); // prettier-ignore
  expect(await stateOf(lost)).toMatchObject({ route: "human", openSlots: 2, stages: [[0, "lm"], [1, "lm"], [2, "human"]] }); // prettier-ignore
});

test("what waits for a second judge that is switched off goes to people", async () => {
  await aWorld("cascade");
  const [waiting, settled] = [await onRoute("lm"), await onRoute("lm")];
  await judges(first, [waiting, settled], 0.7);
  await judges(second, [settled], 0.9);
  await releaseStranded();
  expect(await stateOf(waiting)).toMatchObject({ route: "lm" });
  await prisma.judge.updateMany({ where: { id: second.judgeId }, data: { isEnabled: false } });
  await prisma.run.deleteMany();
  // A later policy has sent this one to AI anew.
  const rerouted = await onRoute("lm");
  const row = { projectId: project.id, instanceId: rerouted.id, route: "lm" as const, propensity: 1, reason: "test" };
  await prisma.route.createMany({
    data: [
      { ...row, policyVersion: 1, stage: 1 },
      { ...row, policyVersion: 2 },
    ],
  });
  const late = await onRoute("lm");
  await judges(first, [late], 0.7);
  expect(await prisma.run.count({ where: { kind: "judge", state: "queued" } })).toBe(0);
  await releaseStranded();
  for (const one of [waiting, late]) expect(await stateOf(one)).toMatchObject({ route: "human", openSlots: 2 });
  for (const one of [settled, rerouted]) expect(await stateOf(one)).toMatchObject({ route: "lm" });
});
