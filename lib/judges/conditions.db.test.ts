import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { prisma } from "@/lib/db/client";
import type { Instance } from "@/lib/db/generated/client";
import { runTasks } from "@/lib/jobs/execute-run";
import type { Question, TaskSchema } from "@/lib/projects/schema";
import { accessFor, aLabelOf, aMember, anInstance, aProject } from "@/lib/testing/builders";
import { startJudgeServer, type JudgeServer } from "@/lib/testing/judge-server";
import { workOff } from "@/lib/testing/work-off";
import { openLm } from "./ask-lm";
import { readAskedShares } from "./asked-shares";
import { createJudge } from "./create";
import { priceJudges } from "./expect-verdicts";
import { forecastRun } from "./forecast/forecast";
import { judgeRun } from "./judge-run";
import { planOf } from "./plan";
import { annotatorOf } from "./queries";
import { createJudgeInput } from "./schema";
import { countPending } from "./select";
import { startJudgeRun } from "./start-run";
import { tryJudgeInput } from "./trial/schema";
import { tryJudge } from "./try";

const named = (id: string) => ({ id, name: id, definition: "" });
const ok: Question = { ...named("ok"), type: "binary", kind: "correct" };
const stars: Question = {
  ...{ id: "stars", type: "rating", scale: { kind: "points", points: 5 }, aspects: [named("clear")] },
  when: { question: "ok", is: [false] },
};
const sure: Question = {
  ...{ ...named("sure"), type: "binary", kind: "sure" },
  when: { question: "stars", aspect: "clear", is: [2] },
};
const taskSchema: TaskSchema = { questions: [ok, stars], reason: "off" };

let server: JudgeServer;
beforeAll(async () => {
  server = await startJudgeServer();
  await prisma.allowedHost.create({ data: { host: server.host } });
});
afterAll(() => server.stop());
beforeEach(async () => {
  await prisma.project.deleteMany();
  await prisma.$executeRaw`delete from graphile_worker._private_jobs`;
  server.requests.length = 0;
  server.follow(({ messages }) => {
    const { content } = messages.at(-1)!;
    const value = messages[0]!.content.startsWith("You rate") ? 2 : content.includes("bad") ? "no" : "yes";
    return { text: JSON.stringify({ reasoning: "It is so.", value }) };
  });
});

const configOf = (questions: string[]) => ({
  ...{ baseUrl: server.baseUrl, model: "test-model", rubric: "Be strict.", inputPriceMicros: 1e6 },
  questions,
});
const anInput = (questions: string[]) =>
  createJudgeInput.parse({ name: "Stars", config: configOf(questions), isEnabled: false });

test("a judge is asked the condition too, and where its answers do not meet it no label is wanted", async () => {
  const project = await aProject({ schema: taskSchema });
  const { user } = await aMember(project, { role: "admin" });
  const [manage, run] = [await accessFor(user, project, "judge:manage"), await accessFor(user, project, "judge:run")];
  const good = await anInstance(project, { route: "lm", completions: ["Fine.", "Well."] });
  const bad = await anInstance(project, { route: "lm", completions: ["Fine.", "Quite bad."] });
  const judge = await createJudge(manage, anInput(["stars"]));
  const judgeNow = async () => {
    const { id } = await startJudgeRun(run, judge.id, {});
    const handler = judgeRun({
      lm: (opened) => openLm(opened, { maxRetries: 0, pauseMs: 1 }),
      rm: () => expect.unreachable(),
    });
    await workOff(runTasks({ judge: handler }));
    expect(
      await prisma.run.findUniqueOrThrow({ where: { projectId_id: { projectId: project.id, id } } }),
    ).toMatchObject({ state: "succeeded", error: null });
  };
  const labelsOf = async ({ id }: { id: string }) =>
    (await prisma.label.findMany({ where: { instanceId: id }, orderBy: { id: "asc" } })).map(
      ({ question, target }) => `${question} ${target}`,
    );
  await judgeNow();
  expect((await labelsOf(good)).sort()).toEqual(["ok 0", "ok 1"]);
  expect((await labelsOf(bad)).sort()).toEqual(["ok 0", "ok 1", "stars 0", "stars 1"]);
  const asked = server.requests.length;
  expect(asked).toBe(6);
  await judgeNow();
  expect(server.requests, "nothing is pending any more").toHaveLength(asked);

  // Half of what was judged met the condition: of two questions about two completions three are expected.
  for (let n = 0; n < 4; n += 1) await anInstance(project, { route: "lm", completions: ["Fine.", "Well."] });
  const forecast = await forecastRun(run, judge.id, {});
  expect(forecast.types.map(({ type, verdicts }) => [type, verdicts]).sort()).toEqual([
    ["binary", 8],
    ["rating", 4],
  ]);
  expect((await priceJudges(project.id)).judges).toEqual([]);
  await prisma.judge.updateMany({ where: { projectId: project.id }, data: { isEnabled: true } });
  expect((await priceJudges(project.id)).judges).toMatchObject([{ verdicts: 3 }]);
});

test("a question whose condition is met is forecast whole, and so is one that nobody could answer yet", async () => {
  const project = await aProject({ schema: taskSchema });
  const { user } = await aMember(project, { role: "admin" });
  const run = await accessFor(user, project, "judge:run");
  const judge = await createJudge(await accessFor(user, project, "judge:manage"), anInput(["stars"]));
  const instances = [];
  for (let n = 0; n < 5; n += 1) instances.push(await anInstance(project, { route: "lm" }));
  const verdicts = async () =>
    Object.fromEntries((await forecastRun(run, judge.id, {})).types.map((one) => [one.type, one.verdicts]));
  expect(await verdicts()).toEqual({ binary: 10, rating: 10 });
  const annotator = annotatorOf({ judgeId: judge.id, version: judge.version });
  for (const [n, instance] of instances.entries())
    for (const completion of [0, 1]) {
      const value = n > 0;
      await aLabelOf(
        instance,
        "binary",
        { completion, kind: "correct", value },
        { source: "lm", annotator, question: "ok" },
      );
    }
  expect(await verdicts()).toEqual({ rating: 2 });
});

test("a question is not forecast where the judge has answered its condition and not met it, whatever else is open", async () => {
  const polite: Question = { ...named("polite"), type: "binary", kind: "polite" };
  const project = await aProject({ schema: { questions: [ok, stars, sure, polite], reason: "off" } });
  const { user } = await aMember(project, { role: "admin" });
  const run = await accessFor(user, project, "judge:run");
  const judge = await createJudge(await accessFor(user, project, "judge:manage"), anInput(["sure", "polite"]));
  const by = { source: "lm" as const, annotator: annotatorOf({ judgeId: judge.id, version: judge.version }) };
  const answered = async (isRight: boolean[], ratings: number[]) => {
    const instance = await anInstance(project, { route: "lm" });
    await aVerdict(instance, judge);
    for (const [completion, value] of isRight.entries())
      await aLabelOf(instance, "binary", { completion, kind: "correct", value }, { ...by, question: "ok" });
    for (const [completion, value] of ratings.entries()) {
      const rated = { completion, aspect: "clear", value };
      await aLabelOf(instance, "rating", rated, { ...by, question: "stars", aspect: "clear" });
    }
  };
  const verdicts = async () =>
    Object.fromEntries((await forecastRun(run, judge.id, {})).types.map((one) => [one.type, one.verdicts]));
  // Of two completions each: neither is wrong, so no stars; wrong, and rated otherwise, so it is not asked how sure.
  await answered([true, true], []);
  await answered([false, false], [3, 3]);
  expect(await verdicts()).toEqual({ binary: 4, rating: 0 });
  // Wrong and not rated yet; wrong, and rated so that it is asked how sure, which is half of what was rated.
  await answered([false, false], []);
  await answered([false, true], [2, 2]);
  expect(await verdicts()).toEqual({ binary: 8 + 2 * 0.5 + 2, rating: 2 });
  // The other half may still meet the condition, as three in five do.
  await answered([true], []);
  expect(await verdicts()).toEqual({
    binary: Math.round(10 + 1 + 2 * 0.5 + 2 + 2 * 0.6 * 0.5),
    rating: Math.round(2 + 2 * 0.6),
  });
});

test("of a judge that was just edited no label is read to tell how often it asks a question", async () => {
  const project = await aProject({ schema: taskSchema });
  const { user } = await aMember(project, { role: "admin" });
  const judge = await createJudge(await accessFor(user, project, "judge:manage"), anInput(["stars"]));
  if (judge.kind !== "lm") expect.unreachable();
  const scope = { projectId: project.id, judgeId: judge.id, kind: judge.kind };
  const by = { source: "lm" as const, annotator: annotatorOf({ ...scope, version: 1 }), question: "ok" };
  for (const value of [true, false]) {
    const instance = await anInstance(project, { route: "lm" });
    await aVerdict(instance, judge);
    await aLabelOf(instance, "binary", { completion: 0, kind: "correct", value }, by);
  }
  await prisma.judgeVersion.create({
    data: { projectId: project.id, judgeId: judge.id, version: 2, config: judge.config },
  });
  const plan = planOf({ taskSchema, schemaVersion: 1 }, judge);
  const before = await labelsRead();
  expect(await readAskedShares({ ...scope, version: 2 }, plan)).toEqual(new Map());
  expect((await labelsRead()) - before).toBe(0);
  expect(await readAskedShares({ ...scope, version: 1 }, plan)).toEqual(new Map([["stars", 0.5]]));
});

test("behind two conditions a question is asked as often as the first is met, until answers tell of the second", async () => {
  const chain: TaskSchema = { questions: [ok, stars, sure], reason: "off" };
  const project = await aProject({ schema: chain });
  const { user } = await aMember(project, { role: "admin" });
  const judge = await createJudge(await accessFor(user, project, "judge:manage"), anInput(["sure"]));
  if (judge.kind !== "lm") expect.unreachable();
  const scope = { projectId: project.id, judgeId: judge.id, kind: judge.kind, version: 1 };
  const by = { source: "lm" as const, annotator: annotatorOf(scope) };
  const shares = async () =>
    Object.fromEntries(await readAskedShares(scope, planOf({ taskSchema: chain, schemaVersion: 1 }, judge)));
  const instances: Instance[] = [];
  for (const value of [false, false, false, true, true]) {
    const instance = await anInstance(project);
    await aVerdict(instance, judge);
    await aLabelOf(instance, "binary", { completion: 0, kind: "correct", value }, { ...by, question: "ok" });
    instances.push(instance);
  }
  const rate = async (at: number, value: number, aspect = "clear") =>
    await aLabelOf(instances[at]!, "rating", { completion: 0, aspect, value }, { ...by, question: "stars", aspect });
  expect(await shares()).toEqual({ stars: 3 / 5, sure: 3 / 5 });
  // Neither another aspect tells of it, nor an answer where the question is not asked any more.
  await rate(0, 3, "polite");
  await rate(3, 3);
  expect(await shares()).toEqual({ stars: 3 / 5, sure: 3 / 5 });
  await rate(0, 2);
  await rate(1, 3);
  expect(await shares()).toEqual({ stars: 3 / 5, sure: (3 / 5) * (1 / 2) });
  await rate(2, 3);
  expect(await shares()).toEqual({ stars: 3 / 5, sure: expect.closeTo(1 / 5) });
});

test("what hangs on a question that its judge is not asked any more is not wanted, whatever it answered before", async () => {
  const chain: TaskSchema = { questions: [ok, stars, sure], reason: "off" };
  const project = await aProject({ schema: chain });
  const { user } = await aMember(project, { role: "admin" });
  const judge = await createJudge(await accessFor(user, project, "judge:manage"), anInput(["sure"]));
  if (judge.kind !== "lm") expect.unreachable();
  const scope = { projectId: project.id, judgeId: judge.id, kind: judge.kind, version: judge.version };
  const by = { source: "lm" as const, annotator: annotatorOf(scope) };
  for (const isRight of [true, false]) {
    const instance = await anInstance(project, { route: "lm" });
    for (const completion of [0, 1]) {
      await aLabelOf(instance, "binary", { completion, kind: "correct", value: isRight }, { ...by, question: "ok" });
      const rated = { completion, aspect: "clear", value: 2 };
      await aLabelOf(instance, "rating", rated, { ...by, question: "stars", aspect: "clear" });
    }
  }
  expect(await countPending(scope, {}, planOf({ taskSchema: chain, schemaVersion: 1 }, judge))).toBe(1);
});

test("a trial asks the question with the condition, not the one that it names", async () => {
  const project = await aProject({ schema: taskSchema });
  const { user } = await aMember(project, { role: "admin" });
  await anInstance(project);
  const input = tryJudgeInput.parse({ config: configOf(["stars"]), question: "stars" });
  expect(await tryJudge(await accessFor(user, project, "judge:manage"), input)).toMatchObject({
    ...{ question: "stars", type: "rating", aspect: "clear", outcome: "answered" },
  });
});

/** As far as shares ask: that the judge's first version has said something about the instance. */
async function aVerdict(instance: { projectId: string; id: string }, judge: { id: string }): Promise<void> {
  await prisma.verdict.create({
    data: {
      ...{ projectId: instance.projectId, instanceId: instance.id, judgeId: judge.id, judgeVersion: 1 },
      ...{ question: "ok", aspect: "overall", target: "0", shownOrder: "0", rawText: "", repairs: 0 },
      outcome: { kind: "invalid", problem: "prose" },
      ...{ inputTokens: 0, outputTokens: 0, latencyMs: 1, costMicros: 0 },
    },
  });
}

/** How many rows of labels were read so far. */
async function labelsRead(): Promise<number> {
  await prisma.$queryRaw`select pg_stat_force_next_flush()::text`;
  const [{ rows }] = await prisma.$queryRaw<[{ rows: number }]>`
    select (seq_tup_read + coalesce(idx_tup_fetch, 0))::int as rows from pg_stat_user_tables where relname = 'labels'`;
  return rows;
}
