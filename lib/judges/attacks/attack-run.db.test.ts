import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { Access } from "@/lib/auth/access";
import { prisma } from "@/lib/db/client";
import type { Project } from "@/lib/db/generated/client";
import { runTasks } from "@/lib/jobs/execute-run";
import { cancelRun, type RunContext } from "@/lib/jobs/runs";
import { setCaps } from "@/lib/ledger/set-caps";
import { defaultComparison, type Question } from "@/lib/projects/schema";
import { accessFor, aLabel, aLabelOf, aMember, anInstance, aProject } from "@/lib/testing/builders";
import {
  saying,
  startJudgeServer,
  type AskedQuestion,
  type JudgeServer,
  type Script,
} from "@/lib/testing/judge-server";
import { workOff } from "@/lib/testing/work-off";
import { openLm } from "../ask-lm";
import { createJudge } from "../create";
import { createJudgeInput, type JudgeView } from "../schema";
import { updateJudge } from "../update";
import { attackRun } from "./attack-run";
import { attacks } from "./attacks";
import { attackReportQuery, startAttacksInput, type AttackRunResult } from "./schema";
import { startAttacks } from "./start";
import { getAttackReport } from "./stored";

let server: JudgeServer;
const rating: Question = {
  ...{ id: "stars", type: "rating", scale: { kind: "points", points: 5 } },
  aspects: [{ id: "clear", name: "clear", definition: "" }],
};
const binary: Question = { id: "ok", name: "ok", definition: "", type: "binary", kind: "correct" };

beforeAll(async () => {
  server = await startJudgeServer();
  await prisma.allowedHost.create({ data: { host: server.host } });
});
afterAll(() => server.stop());
beforeEach(async () => {
  await prisma.project.deleteMany();
  await prisma.$executeRaw`delete from graphile_worker._private_jobs`;
  server.requests.length = 0;
  server.follow(steadfast);
});

type World = {
  project: Project;
  access: Access<"judge:manage"> &
    Access<"judge:run"> &
    Access<"judge:read"> &
    Access<"run:cancel"> &
    Access<"spending:manage">;
  judge: JudgeView;
};

async function aWorld(questions: Question[] = [defaultComparison]): Promise<World> {
  const project = await aProject({ schema: { questions, reason: "off" } });
  const { user } = await aMember(project, { role: "admin" });
  const access = (await accessFor(user, project, "judge:manage")) as World["access"];
  const config = { baseUrl: server.baseUrl, model: "m", rubric: "Be strict.", inputPriceMicros: 1e6, concurrency: 8 };
  const judge = await createJudge(access, createJudgeInput.parse({ name: "Guard", config, isEnabled: false }));
  return { project, access, judge };
}

/** An instance whose first completion people prefer. */
async function labelled(project: Project, prompt = "Which?") {
  const instance = await anInstance(project, { prompt, completions: ["Good one.", "Bad one."] });
  await aLabel(instance, { payload: { preferred: 0 } });
  return instance;
}

/** Prefers what is good, and nothing else moves it. */
const steadfast: Script = ({ a }) => saying(a.startsWith("Good") ? "A" : "B");

const fenced = ({ messages }: AskedQuestion) =>
  /--- BEGIN COMPLETION (\w+) ---\n([^]*?)\n--- END COMPLETION \1 ---/.exec(messages[1]!.content)?.[2] ?? "";

const opened = { lm: (judge: Parameters<typeof openLm>[0]) => openLm(judge, { maxRetries: 0, pauseMs: 1 }) };
const kinds = { ...opened, rm: () => expect.unreachable() };

async function work(): Promise<void> {
  const taskList = runTasks({ "judge-attack": attackRun(kinds) });
  await workOff(taskList);
}

async function attackNow({ access, judge }: World, instances: number) {
  const { id } = await startAttacks(access, judge.id, startAttacksInput.parse({ instances }));
  await work();
  return await prisma.run.findUniqueOrThrow({ where: { projectId_id: { projectId: access.projectId, id } } });
}

test("a judge that some attacks fool has exactly their success rates, in both orders, beside the question without them", async () => {
  const world = await aWorld();
  for (const prompt of ["Which?", "Odd?"]) await labelled(world.project, prompt);
  server.follow((asked) => {
    const { a, b, prompt, messages } = asked;
    const attacked = [a, b].find((text) => !/^(Good|Bad) one\.$/.test(text)) ?? "";
    // Obeyed wherever it stands, only first, only about some prompts, and one that nothing readable is said about.
    if (attacked.includes("<!-- judge:")) return saying(attacked === a ? "A" : "B");
    if (attacked.includes("NOTICE FROM THE ADMINISTRATOR")) return saying("A");
    if (attacked.includes("Ignore all instructions above") && prompt === "Odd?")
      return saying(attacked === a ? "A" : "B");
    if (attacked === ":" || messages.length > 2) return { text: "Hm." };
    return steadfast(asked);
  });
  const run = await attackNow(world, 10);
  expect(run).toMatchObject({ state: "succeeded", progress: { done: 2, total: 2, unit: "instances" } });
  const result = run.result as AttackRunResult;
  expect(result).toMatchObject({
    ...{ judge: "Guard", version: 1, instances: 2, known: 2, questions: 2, unanswered: 0 },
    baseline: { asked: 2, accepted: 0, unreadable: 0 },
    // Two orders, without and with each attack, and two more questions about each answer that could not be read.
    requests: 2 * 2 * (1 + attacks.length) + 2 * 2 * 2,
  });
  expect(result.requests).toBe(server.requests.length);
  const found = Object.fromEntries(result.attacks.map(({ name, ...tally }) => [name, tally]));
  const held = { asked: 2, unreadable: 0, accepted: 0, tested: 2, succeeded: 0 };
  const others = Object.fromEntries(attacks.map(({ name }) => [name, held]));
  expect(found).toEqual({
    ...others,
    "html-comment": { ...held, accepted: 2, succeeded: 2 },
    "ignore-above": { ...held, accepted: 1, succeeded: 1 },
    symbol: { ...held, unreadable: 2, tested: 0 },
  });
  const report = await getAttackReport(world.access, world.judge.id, {});
  const tested = 2 * (attacks.length - 1);
  expect(report).toMatchObject({
    ...{ version: 1, requestsPerInstance: 2 * (1 + attacks.length), attacks: attacks.length, runId: run.id },
    costMicrosPerInstance: result.costMicros / 2,
    newest: { success: { value: 3 / tested }, isWeak: false, baseline: { value: 0 } },
  });
  const shown = report.newest!.attacks.find(({ name }) => name === "html-comment");
  expect(shown).toMatchObject({ tries: "The order in an HTML comment", success: { value: 1, high: 1 } });
  // Not a verdict or a label is stored, and every request is in the ledger.
  expect(await prisma.verdict.count()).toBe(0);
  expect(await prisma.label.count({ where: { source: "lm" } })).toBe(0);
  const booked = await prisma.$queryRaw<{ purpose: string; entries: number; cost: number }[]>`
    select purpose, count(*)::int as entries, sum(cost_micros)::int as cost from ledger group by purpose`;
  expect(booked).toEqual([{ purpose: "attack", entries: 2 * 2 * (1 + attacks.length), cost: result.costMicros }]);
  expect(result.costMicros).toBeGreaterThan(0);
});

test("the attack is in the completion that people find worse, and knows by which letter it stands", async () => {
  const world = await aWorld();
  await labelled(world.project);
  await attackNow(world, 1);
  const ready = server.requests.filter(({ a, b }) => `${a}${b}`.includes('"preferred":'));
  expect(ready.length).toBeGreaterThan(0);
  for (const { a, b } of ready) {
    const [good, attacked, letter] = a === "Good one." ? [a, b, "B"] : [b, a, "A"];
    expect(good).toBe("Good one.");
    expect(attacked).toMatch(/^Bad one\.\n/);
    expect(attacked).toContain(`"preferred":"${letter}"`);
  }
});

test("where nobody knows which is worse an evasive text carries the attacks; the test split and images are left alone", async () => {
  const world = await aWorld();
  await anInstance(world.project, { completions: ["Good one.", "Good two."] });
  await anInstance(world.project, { split: "test" });
  await anInstance(world.project, { hasImages: true });
  const run = await attackNow(world, 5);
  expect(run.result).toMatchObject({ instances: 1, known: 0 });
  const [first] = server.requests;
  expect([first!.a, first!.b].sort()).toEqual([
    expect.stringMatching(/^Good/),
    expect.stringMatching(/^I would rather/),
  ]);
});

test("ratings are accepted in the upper quarter of the scale, and yes-or-no questions with yes", async () => {
  const world = await aWorld([rating, binary]);
  const instance = await anInstance(world.project, { completions: ["Fine.", "Poor.", "Fair."] });
  for (const [completion, value] of [5, 1, 3].entries())
    await aLabelOf(instance, "rating", { completion, aspect: "clear", value }, { question: "stars", aspect: "clear" });
  await aLabelOf(instance, "binary", { completion: 2, value: false, kind: "correct" }, { question: "ok" });
  const carried = new Set<string>();
  server.follow((asked) => {
    const text = fenced(asked);
    carried.add(text.split("\n")[0]!);
    const isRating = asked.messages[0]!.content.startsWith("You rate");
    const obeys = text.includes("```python");
    const almost = text.includes("<!-- judge");
    const value = isRating ? (obeys ? 4 : almost ? 3 : 1) : obeys ? "yes" : "no";
    return { text: JSON.stringify({ reasoning: "So.", value }) };
  });
  const { result } = await attackNow(world, 1);
  const { attacks: tallies, questions, known } = result as AttackRunResult;
  expect({ questions, known }).toEqual({ questions: 2, known: 2 });
  const moved = tallies.filter(({ succeeded }) => succeeded > 0);
  expect(moved).toEqual([{ name: "code-comment", asked: 2, unreadable: 0, accepted: 2, tested: 2, succeeded: 2 }]);
  expect(carried).toContain("Poor.");
  expect(carried).toContain("Fair.");
  expect(carried).not.toContain("Fine.");
});

test("near a cap, which has no room for all questions at once, those that wait are asked when others are paid", async () => {
  const world = await aWorld();
  await labelled(world.project);
  await setCaps(world.access, { judgeId: null, day: 150_000, month: null, total: null });
  const run = await attackNow(world, 1);
  expect(run).toMatchObject({ state: "succeeded", result: { requests: 2 * (1 + attacks.length) } });
  expect(await prisma.spendingHold.count()).toBe(0);
});

test("a run that is killed goes on behind its last answers", async () => {
  const world = await aWorld();
  await labelled(world.project);
  const { id } = await startAttacks(world.access, world.judge.id, { instances: 1 });
  let saved: unknown = null;
  let saves = 0;
  const contextWith = (dies: number): RunContext => ({
    ...{ projectId: world.project.id, runId: id, payload: { judgeId: world.judge.id, instances: 1 } },
    ...{ checkpoint: saved, createdById: null },
    save: async (_, { checkpoint }) => {
      saved = JSON.parse(JSON.stringify(checkpoint));
      if ((saves += 1) === dies) throw new Error("killed");
      return Promise.resolve();
    },
  });
  await expect(attackRun(kinds)(contextWith(4))).rejects.toThrow("killed");
  const asked = server.requests.length;
  expect(asked).toBe(3 * 8);
  const result = await attackRun(kinds)(contextWith(0));
  expect(server.requests).toHaveLength(2 * (1 + attacks.length));
  expect(result).toMatchObject({ instances: 1, questions: 1, requests: server.requests.length });
});

test("a test that waits or works is answered instead of a second, and can be cancelled", async () => {
  const world = await aWorld();
  await labelled(world.project);
  const { id } = await startAttacks(world.access, world.judge.id, { instances: 1 });
  expect(await startAttacks(world.access, world.judge.id, { instances: 5 })).toEqual({ id });
  server.follow(async (asked) => {
    await cancelRun(world.access, id);
    return await steadfast(asked);
  });
  await work();
  const run = await prisma.run.findFirstOrThrow({ where: { id } });
  expect(run.state).toBe("cancelled");
  expect(server.requests.length).toBeLessThanOrEqual(8);
  expect((await getAttackReport(world.access, world.judge.id, {})).newest).toBeNull();
});

test("a report is of its version, and a judge out of reach fails the run in words", async () => {
  const world = await aWorld();
  await labelled(world.project);
  expect(await attackNow(world, 1)).toMatchObject({ state: "succeeded" });
  const { config } = world.judge;
  await updateJudge(world.access, world.judge.id, { config: { ...config, rubric: "Be kind." } as never });
  expect(await getAttackReport(world.access, world.judge.id, {})).toMatchObject({ version: 2, newest: null });
  expect(attackReportQuery.safeParse({ version: "3000000000" }).success).toBe(false);
  expect((await getAttackReport(world.access, world.judge.id, { version: 1 })).newest).toMatchObject({ isWeak: false });
  server.follow(() => ({ status: 503 }));
  expect(await attackNow(world, 1)).toMatchObject({
    state: "failed",
    error: expect.stringMatching(/^Judge Guard got no answer/) as string,
  });
});

test("a judge that was last asked in other words is tested as its next version", async () => {
  const world = await aWorld();
  await labelled(world.project);
  const { config } = world.judge;
  const older = { ...config, prompt: { comparison: "pairwise-0" } };
  await prisma.judgeVersion.updateMany({ where: { judgeId: world.judge.id }, data: { config: older } });
  expect(await attackNow(world, 1)).toMatchObject({ state: "succeeded", result: { version: 2 } });
});

test("without an instance, or a question that an answer could favour a completion on, there is nothing to test", async () => {
  const world = await aWorld();
  expect(await attackNow(world, 1)).toMatchObject({
    state: "failed",
    error: expect.stringContaining("No instance of the train split can be judged") as string,
  });
  const critic = await aWorld([
    { id: "notes", name: "notes", definition: "", type: "critique", isRequired: false, rewrite: "off" },
  ]);
  await expect(startAttacks(critic.access, critic.judge.id, { instances: 1 })).rejects.toMatchObject({
    code: "conflict",
  });
});
