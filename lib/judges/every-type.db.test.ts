import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { Access } from "@/lib/auth/access";
import { prisma } from "@/lib/db/client";
import type { Project, User } from "@/lib/db/generated/client";
import { runTasks } from "@/lib/jobs/execute-run";
import { labelPayloads, type LabelTypeName } from "@/lib/labels/schema";
import { defaultComparison, type Question, type TaskSchema } from "@/lib/projects/schema";
import { accessFor, aMember, anInstance, aProject } from "@/lib/testing/builders";
import { startJudgeServer, type AskedQuestion, type JudgeServer, type Script } from "@/lib/testing/judge-server";
import { workOff } from "@/lib/testing/work-off";
import { openLm } from "./ask-lm";
import { createJudge } from "./create";
import { judgeRun } from "./judge-run";
import { getJudgeReport } from "./report";
import { createJudgeInput, type JudgeView } from "./schema";
import { type JudgeRunResult } from "./runs/schema";
import { tryJudgeInput } from "./trial/schema";
import { startJudgeRun } from "./start-run";
import { tryJudge } from "./try";

const named = (id: string) => ({ id, name: id, definition: "" });
const ranking: Question = { ...named("order"), type: "ranking" };
const rating: Question = {
  ...{ id: "stars", type: "rating", scale: { kind: "points", points: 5 } },
  aspects: [named("clear")],
};
const binary: Question = { ...named("ok"), type: "binary", kind: "correct" };
const spans: Question = {
  ...{ ...named("marks"), type: "spans", categories: [named("wrong")] },
  ...{ severities: ["minor"], onPrompt: false },
};
const steps: Question = { ...named("proof"), type: "steps", cut: "line", flags: ["redundant"] };
const critique: Question = { ...named("notes"), type: "critique", isRequired: false, rewrite: "optional" };
const everything = [defaultComparison, ranking, rating, binary, spans, steps, critique];

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
  server.follow(sensible);
});

/** The fenced text of that name in the last message. */
function textOf({ messages }: AskedQuestion, name: string): string | undefined {
  return new RegExp(`--- BEGIN ${name} (\\w+) ---\\n([^]*?)\\n--- END ${name} \\1 ---`).exec(
    messages.at(-1)!.content,
  )?.[2];
}

function answering(answer: object) {
  return { text: `So be it.\n${JSON.stringify({ reasoning: "It is so.", ...answer })}` };
}

/** Prefers what is longer, and marks the word "bad". */
const sensible: Script = (asked) => {
  const role = asked.messages[0]!.content;
  const [text, a, b, c] = ["COMPLETION", "COMPLETION A", "COMPLETION B", "COMPLETION C"].map((name) =>
    textOf(asked, name),
  );
  if (role.startsWith("You compare")) return answering({ preferred: a!.length > b!.length ? "A" : "B", strength: 1 });
  if (role.startsWith("You put")) {
    const shown = Object.entries({ A: a!, B: b!, C: c! });
    return answering({
      order: shown.sort(([, one], [, other]) => other.length - one.length).map(([letter]) => letter),
    });
  }
  if (role.startsWith("You rate")) return answering({ value: Math.min(5, Math.ceil(text!.length / 10)) });
  if (role.startsWith("You mark")) {
    return answering({ spans: text!.includes("bad") ? [{ quote: "bad", category: "wrong", severity: "minor" }] : [] });
  }
  if (role.startsWith("You check one completion of a conversation step")) {
    return answering({ steps: [{ step: 1, label: "bad" }], first_error: 1 });
  }
  if (role.startsWith("You write")) {
    const quotes = text!.includes("bad") ? [{ quote: "bad", category: "poor" }] : [];
    return answering({ critique: "Could be better.", quotes, rewrite: "A good one." });
  }
  return answering({ value: text!.includes("bad") ? "no" : "yes" });
};

type World = { user: User; project: Project; access: Access<"judge:manage"> & Access<"judge:run">; judge: JudgeView };

async function aWorld(questions: Question[], config: object = {}): Promise<World> {
  const schema: TaskSchema = { questions, reason: "off" };
  const project = await aProject({ schema });
  const { user } = await aMember(project, { role: "admin" });
  const access = (await accessFor(user, project, "judge:manage")) as World["access"];
  const whole = {
    baseUrl: server.baseUrl,
    model: "test-model",
    rubric: "Be strict.",
    inputPriceMicros: 1e6,
    ...config,
  };
  const judge = await createJudge(access, createJudgeInput.parse({ name: "All", config: whole, isEnabled: false }));
  return { user, project, access, judge };
}

const completions = ["Short bad.", "Middle long one.", "This is by far the longest."];

async function judgeNow({ access, judge }: World): Promise<JudgeRunResult> {
  const { id } = await startJudgeRun(access, judge.id, {});
  const handler = judgeRun({
    lm: (opened) => openLm(opened, { maxRetries: 0, pauseMs: 1 }),
    rm: () => expect.unreachable(),
  });
  await workOff(runTasks({ judge: handler }));
  const run = await prisma.run.findUniqueOrThrow({ where: { projectId_id: { projectId: access.projectId, id } } });
  expect(run).toMatchObject({ state: "succeeded", error: null });
  return run.result as JudgeRunResult;
}

async function labelsOf(type: LabelTypeName) {
  const rows = await prisma.label.findMany({ where: { source: "lm", type }, orderBy: { target: "asc" } });
  for (const { payload } of rows) labelPayloads[type].parse(payload);
  return rows;
}

test("every type of question gets its labels, whose payloads are those of people, and their consensus", async () => {
  const world = await aWorld(everything);
  const instance = await anInstance(world.project, { route: "lm", completions });
  const result = await judgeNow(world);
  // Two orders of a pair and of a ranking, and five questions about each of three completions.
  expect(result).toMatchObject({
    verdicts: 4 + 15,
    labels: 2 + 15,
    preferred: 1,
    answered: 16,
    invalid: 0,
    instances: 1,
  });
  expect((await labelsOf("ranking")).map(({ target, payload }) => [target, payload])).toEqual([
    ["", { ranks: [3, 2, 1] }],
  ]);
  expect((await labelsOf("rating")).map(({ aspect, payload }) => [aspect, payload])).toEqual([
    ["clear", { completion: 0, aspect: "clear", value: 1 }],
    ["clear", { completion: 1, aspect: "clear", value: 2 }],
    ["clear", { completion: 2, aspect: "clear", value: 3 }],
  ]);
  expect((await labelsOf("binary")).map(({ payload }) => payload)).toEqual(
    [false, true, true].map((value, completion) => ({ completion, value, kind: "correct" })),
  );
  expect((await labelsOf("spans")).map(({ payload }) => payload)).toEqual([
    { covered: [0], spans: [{ completion: 0, start: 6, end: 9, category: "wrong", severity: "minor" }] },
    { covered: [1], spans: [] },
    { covered: [2], spans: [] },
  ]);
  expect((await labelsOf("steps"))[0]).toMatchObject({
    payload: { completion: 0, steps: [{ index: 0, label: "bad", flags: [] }], firstError: 0 },
  });
  expect((await labelsOf("critique"))[0]).toMatchObject({
    payload: { completion: 0, text: "Could be better.", quotes: ["6-9:poor"], rewrite: "A good one." },
  });
  const [label] = await labelsOf("rating");
  const verdicts = await prisma.verdict.findMany({ where: { question: "stars", target: "0" } });
  expect(label).toMatchObject({
    ...{ instanceId: instance.id, question: "stars", target: "0", annotator: `judge:${world.judge.id}@1`, sample: 0 },
    ...{ rationale: "It is so.", costMicros: verdicts[0]!.costMicros, schemaVersion: 1 },
    meta: { outcome: "answered", verdictIds: verdicts.map(({ id }) => id), confidence: 1, basis: "samples" },
  });
  const consensus = await prisma.consensus.findMany({ where: { instanceId: instance.id } });
  expect(new Set(consensus.map(({ type }) => type))).toEqual(
    new Set(["comparison", "ranking", "rating", "binary", "spans", "steps"]),
  );
  expect(await getJudgeReport(world.access as never, world.judge.id)).toMatchObject({ pending: 0 });
  server.requests.length = 0;
  expect(await judgeNow(world)).toMatchObject({ instances: 0, labels: 0 });
  expect(server.requests).toHaveLength(0);
});

test("a tournament makes one ranking of the comparisons of every pair", async () => {
  const world = await aWorld([ranking], { rankingBy: "tournament" });
  await anInstance(world.project, { route: "lm", completions });
  expect(await judgeNow(world)).toMatchObject({ verdicts: 6, labels: 1, answered: 1 });
  expect(await labelsOf("ranking")).toMatchObject([{ payload: { ranks: [3, 2, 1] }, meta: { confidence: 1 } }]);
  const verdicts = await prisma.verdict.findMany({ orderBy: { id: "asc" } });
  expect(verdicts.map(({ question, target, shownOrder }) => [question, target, shownOrder].join(" ")).sort()).toEqual(
    ["0-1 0-1", "0-1 1-0", "0-2 0-2", "0-2 2-0", "1-2 1-2", "1-2 2-1"].map((pair) => `order ${pair}`),
  );
});

test("samples are one vote: most of them decide, unreadable ones count against it, and a draw makes no label and is not asked again", async () => {
  const world = await aWorld([binary], { samples: 4, temperature: 0.7 });
  await anInstance(world.project, { route: "lm", completions: ["clear", "drawn", "garbled"] });
  const said: Record<string, string[]> = {
    clear: ["yes", "yes", "no", "?"],
    drawn: ["yes", "no", "yes", "no"],
    garbled: ["?", "?", "?"],
  };
  server.follow((asked) => {
    // Only after the third unreadable answer is a question given up.
    const isRepair = asked.messages.length > 2;
    const value = isRepair
      ? "?"
      : said[textOf({ ...asked, messages: asked.messages.slice(0, 2) }, "COMPLETION")!]!.shift();
    return value === "?" ? { text: "Hm." } : answering({ value });
  });
  expect(await judgeNow(world)).toMatchObject({ verdicts: 4 + 4 + 3, labels: 1, invalid: 4 });
  expect(server.requests.every(({ temperature }) => temperature === 0.7)).toBe(true);
  expect(await labelsOf("binary")).toMatchObject([
    { target: "0", payload: { value: true }, meta: { confidence: 0.5, basis: "samples" } },
  ]);
  expect((await prisma.verdict.findMany({ where: { target: "0" } })).map(({ sample }) => sample).sort()).toEqual([
    0, 1, 2, 3,
  ]);
  const asked = server.requests.length;
  expect(await judgeNow(world)).toMatchObject({ instances: 0 });
  expect(server.requests).toHaveLength(asked);
});

test("a judge with some of the questions leaves the others, and its reference is shown only if it goes by it", async () => {
  const plain = await aWorld(everything, { questions: ["ok"] });
  await anInstance(plain.project, { route: "lm", completions, reference: "The truth." });
  expect(await judgeNow(plain)).toMatchObject({ verdicts: 3, labels: 3 });
  expect(server.requests.some((asked) => textOf(asked, "REFERENCE ANSWER") !== undefined)).toBe(false);
  server.requests.length = 0;
  const guided = await aWorld(everything, { questions: ["ok"], usesReference: true });
  await anInstance(guided.project, { route: "lm", completions, reference: "The truth." });
  expect(await judgeNow(guided)).toMatchObject({ labels: 3 });
  expect(server.requests.every((asked) => textOf(asked, "REFERENCE ANSWER") === "The truth.")).toBe(true);
});

test("any question can be tried, on any completion or pair, and nothing is stored", async () => {
  const { access, project, judge } = await aWorld(everything, { samples: 3, temperature: 1 });
  await anInstance(project, { completions });
  const trying = (fields: object) =>
    tryJudge(access, tryJudgeInput.parse({ config: judge.config, judgeId: judge.id, ...fields }));
  expect(await trying({ question: "stars", completion: 2 })).toMatchObject({
    ...{ type: "rating", aspect: "clear", target: "2", outcome: "answered", preferred: null },
    payload: { completion: 2, aspect: "clear", value: 3 },
    orders: [{ shownOrder: "2", outcome: { kind: "rating", value: 3 } }],
  });
  expect(await trying({ pair: [0, 2] })).toMatchObject({
    ...{ question: "comparison", target: "0-2", outcome: "preferred", preferred: 1, basis: "orders" },
    orders: [{ shownOrder: "0-2" }, { shownOrder: "2-0" }],
  });
  expect((await trying({ question: "order" })).orders.map(({ shownOrder }) => shownOrder)).toEqual(["0-1-2", "2-1-0"]);
  await expect(trying({ question: "stars", aspect: "short" })).rejects.toMatchObject({ code: "invalid" });
  await expect(trying({ question: "stars", completion: 3 })).rejects.toMatchObject({
    message: expect.stringContaining("has 3 completions"),
  });
  expect(await prisma.verdict.count()).toBe(0);
});

test("what a judge did is told by question, and its runs by outcome", async () => {
  const world = await aWorld([defaultComparison, binary, spans], { questions: ["comparison", "ok"] });
  await anInstance(world.project, { route: "lm", completions });
  await judgeNow(world);
  const { questions, runs } = await getJudgeReport(
    await accessFor(world.user, world.project, "judge:read"),
    world.judge.id,
  );
  expect(questions).toMatchObject([
    { question: "comparison", type: "comparison", verdicts: 2, labels: 1, inconsistent: 0, invalid: 0, confidence: 1 },
    { question: "ok", name: "ok", type: "binary", verdicts: 3, labels: 3 },
  ]);
  expect(questions.reduce((sum, { costMicros }) => sum + costMicros, 0)).toBeGreaterThan(0);
  expect(runs).toMatchObject([{ state: "succeeded", result: { version: 1, labels: 4, preferred: 1, answered: 3 } }]);
});

test("a trial that is given up asks nothing more", async () => {
  const { access, project, judge } = await aWorld([ranking], { rankingBy: "tournament", concurrency: 1 });
  await anInstance(project, { completions });
  const controller = new AbortController();
  server.follow((asked) => {
    controller.abort();
    return sensible(asked);
  });
  const input = tryJudgeInput.parse({ config: judge.config, judgeId: judge.id });
  await expect(tryJudge(access, input, controller.signal)).rejects.toMatchObject({ name: "AbortError" });
  expect(server.requests).toHaveLength(1);
});
