import { beforeEach, expect, test } from "vitest";
import { v7 as uuidv7 } from "uuid";
import { prisma } from "@/lib/db/client";
import { defaultComparison, type Question } from "@/lib/projects/schema";
import { anInstance, aProject } from "@/lib/testing/builders";
import type { OpenLm, Reply } from "./asker";
import { loadSubjects, type Subject } from "./load";
import { loadPlan, type Plan } from "./plan";
import { lmConfig, type VerdictOutcome } from "./schema";
import { countPending } from "./select";
import { storeBatch, type AnsweredAsk } from "./store";
import { unitsOf, type Unit } from "./units";
import { openWriter } from "./verdict-writer";

const binary: Question = { id: "ok", type: "binary", name: "OK", definition: "", kind: "correct" };

type World = { judge: OpenLm; plan: Plan; subject: Subject; units: Unit[]; answers: AnsweredAsk[] };

let world: World;
beforeEach(async () => {
  await prisma.project.deleteMany();
  world = await aWorld();
});

/** A pair in both orders and two completions one by one, all of them answered. */
async function aWorld(): Promise<World> {
  const project = await aProject({ schema: { questions: [defaultComparison, binary], reason: "off" } });
  const { id } = await anInstance(project, { route: "lm" });
  const config = lmConfig.parse({ baseUrl: "https://example.org/v1", model: "m", rubric: "r" });
  const { id: judgeId } = await prisma.judge.create({
    data: { projectId: project.id, name: "J", kind: "lm", versions: { create: { version: 1, config } } },
  });
  const judge: OpenLm = { projectId: project.id, judgeId, name: "J", kind: "lm", version: 1, config, apiKey: null };
  const plan = await loadPlan(project.id, judge);
  const [subject] = await loadSubjects(judge, plan, [id]);
  const units = unitsOf({ ...subject!, completions: 2 }, plan);
  return { judge, plan, subject: subject!, units, answers: answersTo(subject!, units) };
}

function answersTo(subject: Subject, units: Unit[], value = true): AnsweredAsk[] {
  return units.flatMap((unit) =>
    unit.asks.map((ask) => ({ id: uuidv7(), subject, unit, ask, reply: aReply(unit, value) })),
  );
}

function aReply({ question }: Unit, value: boolean): Reply {
  const outcome: VerdictOutcome =
    question.type === "comparison"
      ? { kind: "preferred", preferred: value ? 0 : 1, strength: 1, reasoning: null }
      : { kind: "binary", value, probability: null, reasoning: "Why\0not" };
  return {
    ...{
      asked: [],
      outcome,
      rawText: "Half \uD83D",
      thinking: null,
      model: null,
      latencyMs: 1,
      repairs: 0,
      isRefused: false,
    },
    ...{ inputTokens: 10, cachedInputTokens: 4, outputTokens: 5, costMicros: 7 },
  };
}

const finishedOf = ({ subject, units }: World) => units.map((unit) => ({ subject, unit }));
const counts = async () => ({ verdicts: await prisma.verdict.count(), labels: await prisma.label.count() });
const pending = () => countPending(world.judge, {}, world.plan);

test("a batch stores verdicts, their labels and the consensus, and the instance is pending no more", async () => {
  const { judge, plan, answers } = world;
  expect(await pending()).toBe(1);
  await storeBatch(judge, plan, { purse: null, answers, finished: finishedOf(world) });
  expect(await counts()).toEqual({ verdicts: 4, labels: 3 });
  expect(await prisma.consensus.count()).toBe(3);
  expect(await pending()).toBe(0);
  expect(await prisma.verdict.findFirst({ where: { question: "ok" } })).toMatchObject({
    ...{ rawText: "Half \uFFFD", outcome: { reasoning: "Why\uFFFDnot" }, cachedInputTokens: 4 },
  });
  expect(await prisma.label.findFirst({ where: { question: "comparison" } })).toMatchObject({
    ...{ payload: { preferred: 0 }, costMicros: 14n, meta: { confidence: 1, basis: "orders" } },
  });
});

test("what is stored twice, as after a commit of which nobody heard, is there once", async () => {
  const { judge, plan, answers } = world;
  for (let time = 0; time < 2; time += 1)
    await storeBatch(judge, plan, { purse: null, answers, finished: finishedOf(world) });
  expect(await counts()).toEqual({ verdicts: 4, labels: 3 });
});

test("a batch that breaks in the middle leaves nothing, wherever it breaks, and goes through later", async () => {
  const { judge, plan, answers } = world;
  for (const table of ["verdicts", "labels", "consensus"]) {
    await prisma.$executeRawUnsafe(`alter table ${table} add constraint broken check (false) not valid`);
    await expect(storeBatch(judge, plan, { purse: null, answers, finished: finishedOf(world) })).rejects.toThrow(
      /broken/,
    );
    await prisma.$executeRawUnsafe(`alter table ${table} drop constraint broken`);
    expect(await counts()).toEqual({ verdicts: 0, labels: 0 });
  }
  await storeBatch(judge, plan, { purse: null, answers, finished: finishedOf(world) });
  expect(await counts()).toEqual({ verdicts: 4, labels: 3 });
});

test("a crash between the two orders of a pair leaves it pending, and the label is made of what was stored and the rest", async () => {
  const { judge, plan, answers, units, subject } = world;
  const [first, second] = answers;
  await storeBatch(judge, plan, { purse: null, answers: [first!], finished: [] });
  // Too early: the other order is still to be asked.
  await storeBatch(judge, plan, { purse: null, answers: [], finished: [{ subject, unit: units[0]! }] });
  expect(await counts()).toEqual({ verdicts: 1, labels: 0 });
  expect(await pending()).toBe(1);
  await storeBatch(judge, plan, { purse: null, answers: [second!], finished: [{ subject, unit: units[0]! }] });
  expect(await prisma.label.findFirstOrThrow()).toMatchObject({ meta: { verdictIds: [first!.id, second!.id] } });
});

test("two runs that judge the same at once, with other answers, make one label of the verdicts that are stored", async () => {
  const { judge, plan, subject, units, answers } = world;
  const others = answersTo(subject, units, false);
  const run = async (own: AnsweredAsk[]) => {
    for (const answer of own)
      await storeBatch(judge, plan, {
        purse: null,
        answers: [answer],
        finished: answer.unit.asks.at(-1) === answer.ask ? [{ subject, unit: answer.unit }] : [],
      });
  };
  await Promise.all([run(answers), run([...others].reverse().slice(0, 2)), run(others)]);
  expect(await counts()).toEqual({ verdicts: 4, labels: 3 });
  const ids = new Set((await prisma.verdict.findMany()).map(({ id }) => id));
  for (const { meta } of await prisma.label.findMany())
    expect((meta as { verdictIds: string[] }).verdictIds.every((id) => ids.has(id))).toBe(true);
});

test("replies are stored in batches of fifty or of a tenth of a second, a unit with its last reply", async () => {
  const { subject, units, answers } = world;
  const batches: [number, number][] = [];
  const writer = openWriter(
    async ({ answers, finished }) => void batches.push([answers.length, finished.length]),
    () => expect.unreachable(),
  );
  for (let n = 0; n < 60; n += 1) {
    writer.add(answers[0]!);
    // As whoever waited for the reply goes on a moment later.
    if (n === 49) await Promise.resolve().then(() => writer.finish({ subject, unit: units[0]! }));
  }
  let isStored = false;
  writer.whenStored(() => (isStored = true));
  await expect.poll(() => isStored).toBe(true);
  expect(batches.map(([verdicts]) => verdicts).reduce((sum, n) => sum + n)).toBe(60);
  expect(batches[0]![1]).toBe(1);
});

test("what keeps a batch from being stored is told at once, and at every flush", async () => {
  const { answers } = world;
  const told: unknown[] = [];
  const failure = new Error("full");
  const writer = openWriter(
    () => Promise.reject(failure),
    (error) => told.push(error),
  );
  writer.add(answers[0]!);
  await expect(writer.flush()).rejects.toBe(failure);
  await expect(writer.flush()).rejects.toBe(failure);
  expect(told[0]).toBe(failure);
});
