import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { Access } from "@/lib/auth/access";
import { prisma } from "@/lib/db/client";
import type { Project } from "@/lib/db/generated/client";
import { getInstance, listInstances } from "@/lib/instances/queries";
import { instanceListQuery } from "@/lib/instances/schema";
import { runTasks } from "@/lib/jobs/execute-run";
import { cancelRun } from "@/lib/jobs/runs";
import { setCaps } from "@/lib/ledger/set-caps";
import { accessFor, aLabel, aMember, anInstance, aProject } from "@/lib/testing/builders";
import { startProviderServer, type ProviderReply, type ProviderServer } from "@/lib/testing/provider-server";
import { workOff } from "@/lib/testing/work-off";
import { createJudge } from "../create";
import { openCollection } from "../report/collect";
import { loadPages } from "../report/load";
import { createJudgeInput, type JudgeView } from "../schema";
import { openTagger } from "./ask-tags";
import type { TagRunResult } from "./schema";
import { getTagging, startTagging } from "./start";
import { tagRun } from "./tag-run";

const whole = {
  subject_of_expertise: ["Law", "Economics"],
  expertise_level: "basic domain knowledge",
  languages: ["English"],
  open_endedness: "moderate",
  safety_concern: "safe",
  complexity_of_intents: "simple",
  type_of_in_context_material: ["table"],
  format_constraints: [],
};
const saying = (tags: object = {}): ProviderReply => ({ text: JSON.stringify({ ...whole, ...tags }) });

/** What a request is about: the conversation's last message. */
let answer: (prompt: string) => ProviderReply | Promise<ProviderReply>;
const asked: string[] = [];
let server: ProviderServer;

beforeAll(async () => {
  server = await startProviderServer({
    script: ({ messages }) => {
      const user = messages.find(({ role }) => role === "user")!.content;
      const prompt = /--- BEGIN MESSAGE 1 FROM "user" (\w+) ---\n([^]*?)\n--- END MESSAGE 1/.exec(user)![2]!;
      asked.push(prompt);
      return answer(prompt);
    },
  });
  await prisma.allowedHost.create({ data: { host: server.host } });
});
afterAll(() => server.stop());
beforeEach(async () => {
  await prisma.project.deleteMany();
  await prisma.$executeRaw`delete from graphile_worker._private_jobs`;
  asked.length = 0;
  answer = () => saying();
});

type World = {
  project: Project;
  access: Access<"judge:manage"> &
    Access<"judge:run"> &
    Access<"judge:read"> &
    Access<"run:cancel"> &
    Access<"spending:manage"> &
    Access<"instance:read">;
  judge: JudgeView;
};

async function aWorld(): Promise<World> {
  const project = await aProject();
  const { user } = await aMember(project, { role: "admin" });
  const access = (await accessFor(user, project, "judge:manage")) as World["access"];
  const config = { baseUrl: server.baseUrl, model: "m", rubric: "Be strict.", inputPriceMicros: 1e6, concurrency: 2 };
  const judge = await createJudge(access, createJudgeInput.parse({ name: "Tagger", config, isEnabled: false }));
  return { project, access, judge };
}

async function work(): Promise<void> {
  const tagging = tagRun((judge) => openTagger(judge, { maxRetries: 0, pauseMs: 1 }));
  await workOff(runTasks({ tagging }));
}

async function tagNow({ access, judge }: World, scope: Parameters<typeof startTagging>[2] = {}) {
  const { id } = await startTagging(access, judge.id, scope);
  await work();
  return await prisma.run.findUniqueOrThrow({ where: { projectId_id: { projectId: access.projectId, id } } });
}

const tagsOf = async ({ access }: World, id: string) =>
  (await getInstance(access, id)).tags.map(({ dimension, value }) => `${dimension}: ${value}`);

test("every instance gets the tags that the model gives it, with who set them, once, and each request is in the ledger", async () => {
  const world = await aWorld();
  const { access, project, judge } = world;
  const first = await anInstance(project, { prompt: "A" });
  const second = await anInstance(project, { messages: [{ role: "user", content: "B" }] });
  await anInstance(project, { hasImages: true });
  await anInstance(project, { isLabelable: false });
  answer = (prompt) => saying(prompt === "B" ? { subject_of_expertise: ["Law"], safety_concern: "high" } : {});
  expect(await getTagging(access, judge.id)).toEqual({ version: 1, tagged: 0, pending: 2, runId: null });

  const run = await tagNow(world);
  expect(run).toMatchObject({ state: "succeeded", progress: { done: 2, total: 2, unit: "instances" } });
  const result = run.result as TagRunResult;
  expect(result).toMatchObject({
    ...{ judge: "Tagger", version: 1, method: "tagger-1" },
    ...{ tagged: 2, unreadable: 0, unanswered: 0 },
  });
  expect(asked.sort()).toEqual(["A", "B"]);
  expect(await tagsOf(world, first.id)).toEqual([
    "complexity_of_intents: simple",
    "expertise_level: basic domain knowledge",
    "languages: English",
    "open_endedness: moderate",
    "safety_concern: safe",
    "subject_of_expertise: Law",
    "subject_of_expertise: Economics",
    "type_of_in_context_material: table",
  ]);
  expect((await getInstance(access, second.id)).tags[0]).toMatchObject({
    ...{ source: "lm", annotator: `judge:${judge.id}@1`, method: "tagger-1" },
  });
  const find = async (tag: string) =>
    (await listInstances(access, instanceListQuery.parse({ tag }))).items.map(({ id }) => id);
  expect(await find("Law")).toEqual([first.id, second.id]);
  expect(await find("high")).toEqual([second.id]);
  expect(await find("Logic")).toEqual([]);
  const booked = await prisma.$queryRaw`
    select purpose, count(*)::int as entries, sum(answers)::int as answers, sum(cost_micros)::int as cost
    from ledger where judge_id = ${judge.id}::uuid group by purpose`;
  expect(booked).toEqual([{ purpose: "tagging", entries: 2, answers: 2, cost: result.costMicros }]);
  expect(result.costMicros).toBeGreaterThan(0);

  expect(await getTagging(access, judge.id)).toMatchObject({ tagged: 2, pending: 0, runId: run.id });
  expect((await tagNow(world)).result).toMatchObject({ tagged: 0 });
  expect(asked).toHaveLength(2);
});

test("what cannot be read is asked again twice and left, and what gets no answer waits for the next run", async () => {
  const world = await aWorld();
  const { project, access, judge } = world;
  for (const prompt of ["fine", "garbled", "away", "fine too"]) await anInstance(project, { prompt });
  answer = (prompt) => (prompt === "garbled" ? { text: "Hm." } : prompt === "away" ? { status: 503 } : saying());
  expect((await tagNow(world)).result).toMatchObject({ tagged: 2, unreadable: 1, unanswered: 1 });
  expect(asked.filter((prompt) => prompt === "garbled")).toHaveLength(3);
  expect(await getTagging(access, judge.id)).toMatchObject({ tagged: 2, pending: 2 });
  const [vain] = await prisma.$queryRaw<{ entries: number }[]>`
    select count(*)::int as entries from ledger where answers = 0 and purpose = 'tagging'`;
  expect(vain).toEqual({ entries: 1 });
});

test("another judge's tags take the place of the earlier ones and of a classifier's, and those of people stay", async () => {
  const world = await aWorld();
  const instance = await anInstance(world.project);
  await tagNow(world);
  const place = { projectId: world.project.id, instanceId: instance.id };
  const byHand = { source: "human", dimension: "subject_of_expertise", value: "Logic", place: 0 } as const;
  await prisma.instanceTag.create({ data: { ...place, ...byHand, annotator: "user:x", method: "by hand" } });
  const named = { source: "tool", dimension: "subject_of_expertise", value: "Law", place: 0 } as const;
  await prisma.instanceTag.create({ data: { ...place, ...named, annotator: "classifier", method: "classifier-1/x" } });
  const config = { baseUrl: server.baseUrl, model: "n", rubric: "Be kind." };
  const other = await createJudge(world.access, createJudgeInput.parse({ name: "Other", config, isEnabled: false }));
  answer = () => saying({ subject_of_expertise: ["Law"], type_of_in_context_material: [] });
  await tagNow({ ...world, judge: other }, { instances: [instance.id] });
  expect((await tagsOf(world, instance.id)).filter((tag) => /subject|material/.test(tag)).sort()).toEqual([
    "subject_of_expertise: Law",
    "subject_of_expertise: Logic",
  ]);
  const setters = await prisma.instanceTag.groupBy({ by: ["annotator"] });
  expect(setters.map(({ annotator }) => annotator).sort()).toEqual([`judge:${other.id}@1`, "user:x"]);
});

test("near a cap, which has no room for two questions at once, they are asked one after the other", async () => {
  const world = await aWorld();
  for (let i = 0; i < 4; i += 1) await anInstance(world.project);
  await setCaps(world.access, { judgeId: world.judge.id, day: 90_000, month: null, total: null });
  expect(await tagNow(world)).toMatchObject({ state: "succeeded", result: { tagged: 4 } });
  expect(await prisma.spendingHold.count()).toBe(0);
});

test("a run can be cancelled, and the next one asks only what is left", async () => {
  const world = await aWorld();
  for (let i = 0; i < 6; i += 1) await anInstance(world.project);
  const { id } = await startTagging(world.access, world.judge.id, {});
  answer = async () => {
    if (asked.length === 3) await cancelRun(world.access, id);
    return saying();
  };
  await work();
  expect(await prisma.run.findFirstOrThrow({ where: { id } })).toMatchObject({ state: "cancelled" });
  expect(asked).toHaveLength(4);
  answer = () => saying();
  expect((await tagNow(world)).result).toMatchObject({ tagged: 2 });
  expect(asked).toHaveLength(6);
  expect(new Set(asked).size).toBe(6);
});

test("a provider out of reach fails the run in words, with what was tagged kept; a strange instance starts none", async () => {
  const world = await aWorld();
  for (let i = 0; i < 9; i += 1) await anInstance(world.project, { prompt: `P${i}` });
  answer = (prompt) => (["P0", "P1"].includes(prompt) ? saying() : { status: 503 });
  expect(await tagNow(world)).toMatchObject({
    state: "failed",
    error: expect.stringMatching(/^Judge Tagger got no answer/) as string,
  });
  expect(await getTagging(world.access, world.judge.id)).toMatchObject({ tagged: 2, pending: 7 });
  const strange = { instances: ["01900000-0000-7000-8000-000000000000"] };
  await expect(startTagging(world.access, world.judge.id, strange)).rejects.toMatchObject({ code: "not_found" });
});

test("reports tell instances apart by the first subject", async () => {
  const world = await aWorld();
  const instance = await anInstance(world.project, { meta: { topic: "x" } });
  await aLabel(instance, { source: "lm", annotator: "import:m" });
  await tagNow(world);
  const { answers, add } = openCollection();
  for await (const page of loadPages(world.project.id)) add(page);
  const [said] = answers.get("import:m")!.values();
  expect(said!.observations[0]!.unit.subject.meta).toEqual({ topic: "x", subject_of_expertise: "Law" });
});
