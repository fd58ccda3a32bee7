import { afterAll, beforeEach, expect, test } from "vitest";
import type { Access } from "@/lib/auth/access";
import { hashPrompt } from "@/lib/datasets/record";
import { prisma } from "@/lib/db/client";
import type { Project } from "@/lib/db/generated/client";
import { encodeHashed } from "@/lib/encoders/hashed";
import { sideFeatures } from "@/lib/encoders/side-features";
import { openSession } from "@/lib/graph/session";
import { sigmoid } from "@/lib/stats/logistic";
import { accessFor, aMember, anInstance, aProject } from "@/lib/testing/builders";
import { aRewardModel } from "@/lib/testing/reward-model";
import { scoreInput, type ScoreOutput, type ScoreRequest } from "./serving/schema";
import { scoreTexts } from "./score";
import { endThread, holdThread } from "./scorer-thread-client";
import { scoreCompletions } from "./training/score";

let project: Project;
let access: Access<"reward:read">;

beforeEach(async () => {
  await prisma.project.deleteMany();
  project = await aProject();
  const { user } = await aMember(project, { role: "researcher" });
  access = await accessFor(user, project, "reward:read");
});
afterAll(endThread);

/** What a policy may write, and no database store. */
const odd = "\0 and \ud800";

const texts = [
  "The river is wide.",
  "## A list\n\n- wide\n- **deep**",
  "Perhaps.",
  "The garden is by the river, and old.",
];

async function score(request: ScoreRequest, id = "active"): Promise<ScoreOutput> {
  return await scoreTexts(access, id, scoreInput.parse(request));
}

test("an answer has the model's rewards, and what follows from them and its members", async () => {
  const { artifact } = await aRewardModel(project.id, { version: 4 });
  const request = {
    items: [{ prompt: "Where?", completions: texts, reference: "It is here." }],
    members: true,
    lambda: 2,
  };
  const { version, items } = await score(request);
  expect(version).toBe(4);
  const session = await openSession(artifact);
  const all = [...texts, "It is here."];
  const rewards = await scoreCompletions(session, {
    ...{ features: all.map((text) => encodeHashed(text)), sides: all.map(sideFeatures), width: 1024 },
  });
  await session.dispose();
  const [{ completions, group, firstPreferred }] = items as [ScoreOutput["items"][number]];
  completions.forEach(({ reward, rewardWithSides, members, sd, min, meanMinusSd, uwo, shaped }, i) => {
    expect(reward).toBe(rewards.withoutSides[i]);
    expect(rewardWithSides).toBe(rewards.withSides[i]);
    expect(members).toEqual(rewards.membersWithoutSides.map((member) => member[i]));
    expect(sd).toBeGreaterThan(0);
    expect(min).toBe(Math.min(...members!));
    expect(meanMinusSd).toBeCloseTo(reward - 2 * sd, 5);
    expect(uwo).toBeCloseTo(reward - 2 * sd ** 2, 5);
    expect(shaped).toBeCloseTo(sigmoid(reward - rewards.withoutSides[4]!), 12);
  });
  expect(completions[group!.best]!.reward).toBe(Math.max(...completions.map(({ reward }) => reward)));
  expect(firstPreferred).toBeNull();
});

test("a percentile is the reward's place among those of what the version was trained on, where they were kept", async () => {
  await aRewardModel(project.id, { metrics: { rewardQuantiles: [-1e6, 0, 1e6] } });
  const items = [{ prompt: "Where?", completions: texts }];
  const [{ completions }] = (await score({ items })).items as [ScoreOutput["items"][number]];
  for (const { reward, percentile } of completions) expect(percentile).toBeCloseTo(50 + reward / 2e4, 6);
  const { id } = await aRewardModel(project.id, { version: 2, isActive: false });
  const old = (await score({ items }, id)).items[0]!.completions;
  expect(old.map(({ percentile }) => percentile)).toEqual(texts.map(() => null));
});

test("the order of the request is the order of the answer, and asking again changes nothing", async () => {
  await aRewardModel(project.id);
  const items = texts.map((text) => ({ prompt: "Where?", completions: [text] }));
  const once = await score({ items });
  expect(await score({ items })).toEqual(once);
  expect((await score({ items: items.toReversed() })).items).toEqual(once.items.toReversed());
  expect(once.items.every(({ group }) => group === null)).toBe(true);
  expect(once.items[0]!.completions[0]).not.toHaveProperty("members");
});

test("text that cannot be stored is scored all the same", async () => {
  await aRewardModel(project.id);
  const talk = [{ role: "user", content: odd }];
  const { items } = await score({
    items: [
      { prompt: odd, completions: [odd] },
      { messages: talk, completions: [odd] },
    ],
  });
  expect(items[0]!.completions[0]!.reward).not.toBeNaN();
  expect(items[1]).toEqual(items[0]);
});

test("a pair's probabilities are those of its other order turned round", async () => {
  await aRewardModel(project.id);
  const [first, second] = texts as [string, string];
  const { items } = await score({
    items: [
      { prompt: "Where?", completions: [first, second] },
      { prompt: "Where?", completions: [second, first] },
    ],
  });
  const [there, back] = items.map(({ firstPreferred }) => firstPreferred!) as [PairProbability, PairProbability];
  expect(there.probability + back.probability).toBeCloseTo(1, 12);
  expect(there.probabilityWithSides + back.probabilityWithSides).toBeCloseTo(1, 12);
  expect(items[0]!.group!.winRates[0]).toBeCloseTo(there.probability, 12);
  expect(items[1]!.group!.best).toBe(1 - items[0]!.group!.best);
});

type PairProbability = NonNullable<ScoreOutput["items"][number]["firstPreferred"]>;

test("completions are ranked and shaped by the score that is asked for", async () => {
  await aRewardModel(project.id);
  const item = { prompt: "Where?", completions: texts, reference: texts[2]! };
  for (const by of ["rewardWithSides", "min", "meanMinusSd", "uwo"] as const) {
    const { completions, group } = (await score({ items: [item], by })).items[0]!;
    const scores = completions.map((scored) => scored[by]);
    expect(group!.ranking.map((place) => scores[place])).toEqual(scores.toSorted((a, b) => b - a));
    expect(completions[2]!.shaped).toBe(0.5);
    expect(completions[0]!.shaped).toBeCloseTo(sigmoid(scores[0]! - scores[2]!), 12);
  }
});

test("stored instances are scored among sent texts, with the reference of their prompt", async () => {
  await aRewardModel(project.id);
  const stored = await anInstance(project, { prompt: "Where?", completions: texts, reference: "It is here." });
  const talk = [{ role: "user", content: "Where?" }];
  const items = [
    { messages: talk, completions: texts.slice(0, 1) },
    { instanceId: stored.id },
    { prompt: "Where?", completions: texts },
    { prompt: "Where?", completions: texts, reference: "Nowhere." },
  ];
  const [asTalk, asInstance, asTexts, otherwise] = (await score({ items })).items;
  expect(asInstance).toEqual(asTexts);
  expect(asInstance!.completions[0]!.shaped).not.toBeNull();
  expect(otherwise!.completions[0]!.shaped).not.toBe(asTexts!.completions[0]!.shaped);
  // A conversation is another prompt than its text, and has no reference yet.
  expect(asTalk!.completions[0]).toEqual({ ...asTexts!.completions[0], shaped: null });
});

test("instances of other projects, with images or without a text are refused by name", async () => {
  await aRewardModel(project.id);
  const foreign = await anInstance(await aProject());
  await expect(score({ items: [{ instanceId: foreign.id }] })).rejects.toMatchObject({
    code: "not_found",
    message: expect.stringContaining(foreign.id),
  });
  const image = { text: "See.", images: [{ id: foreign.id, alt: null }] };
  for (const completion of [image, { text: null }]) {
    const { id } = await anInstance(project, { completions: ["So.", completion] });
    await expect(score({ items: [{ instanceId: id }] })).rejects.toMatchObject({
      code: "invalid",
      message: expect.stringContaining(id),
    });
  }
});

test("a question that comes while the scoring thread ends goes to a new one", async () => {
  const { id: model, artifact } = await aRewardModel(project.id);
  const { score: ask, release } = holdThread();
  const question = { model, width: 1024, completions: texts, vectors: null, readModel: async () => artifact } as const;
  const before = await ask(question);
  const ended = endThread();
  expect(await ask(question)).toEqual(before);
  await ended;
  expect(await ask(question)).toEqual(before);
  release();
});

async function expectRefused(request: ScoreRequest, message: RegExp): Promise<void> {
  await expect(score(request)).rejects.toMatchObject({ code: "invalid", message: expect.stringMatching(message) });
}

test("stored instances with too many completions are refused before their texts are read", async () => {
  await aRewardModel(project.id);
  const stored = await anInstance(project, { completions: Array.from({ length: 60 }, (_, i) => `So ${i}.`) });
  const items = Array.from({ length: 16 }, () => ({ instanceId: stored.id }));
  const sent = { prompt: "Where?", completions: texts };
  expect((await score({ items: [...items, ...Array.from({ length: 10 }, () => sent)] })).items).toHaveLength(26);
  // Reading this one would be refused, too.
  const unreadable = await anInstance(project, { completions: ["So.", { text: null }] });
  const more = Array.from({ length: 10 }, () => sent);
  await expectRefused({ items: [{ instanceId: unreadable.id }, ...items, ...more] }, /^The items have 1002 compl/);
});

test("stored instances and references with too much text are refused before it is read", async () => {
  await aRewardModel(project.id);
  const long = "a".repeat(12_000_000);
  const stored = await anInstance(project, { completions: [long, "So."] });
  const twice = [{ instanceId: stored.id }, { instanceId: stored.id }];
  await expectRefused({ items: [...twice, ...twice] }, /^The stored instances have 45\.8 MiB of text.* 32\.0 MiB/);
  const talk = await anInstance(project, { messages: [{ role: "user", content: long.repeat(3) }] });
  await expectRefused({ items: [{ instanceId: talk.id }] }, /^The stored instances have 34\.3 MiB/);
  const prompts = ["Where?", "When?", "Why?"];
  for (const prompt of prompts) {
    const promptHash = hashPrompt({ prompt, messages: null, images: [] });
    await anInstance(project, { prompt, promptHash, reference: "It is." });
    await anInstance(project, { prompt, promptHash, reference: long });
  }
  // Of each prompt the oldest reference counts, and alone.
  const items = prompts.map((prompt) => ({ prompt, completions: ["So."] }));
  expect((await score({ items })).items).toHaveLength(3);
  await prisma.instance.deleteMany({ where: { reference: "It is." } });
  await expectRefused({ items }, /^The stored references of the prompts have 34\.3 MiB/);
});

test("a call has at most a thousand items, whatever they are", () => {
  const items = Array.from({ length: 1001 }, () => ({ instanceId: "019a0000-0000-7000-8000-000000000000" }));
  expect(scoreInput.safeParse({ items: items.slice(1) }).success).toBe(true);
  expect(scoreInput.safeParse({ items }).error?.issues[0]).toMatchObject({ code: "too_big", path: ["items"] });
});

test("versions that do not serve answer by their id, and a project without a model says so", async () => {
  const old = await aRewardModel(project.id, { version: 1, isActive: false, seed: 1 });
  const items = [{ prompt: "Where?", completions: [texts[0]!] }];
  await expect(score({ items })).rejects.toMatchObject({ code: "not_found" });
  await aRewardModel(project.id, { version: 2, seed: 2 });
  const [before, now] = [await score({ items }, old.id), await score({ items })];
  expect([before.version, now.version]).toEqual([1, 2]);
  expect(before.items).not.toEqual(now.items);
});

test.each([
  ["nothing to score", {}],
  [
    "both a prompt and an instance",
    { prompt: "", instanceId: "019a0000-0000-7000-8000-000000000000", completions: ["a"] },
  ],
  ["an instance with completions", { instanceId: "019a0000-0000-7000-8000-000000000000", completions: ["a"] }],
  ["a prompt without completions", { prompt: "" }],
  ["a misspelt field", { prompt: "", completions: ["a"], refrence: "b" }],
])("%s is no item", (_, item) => {
  expect(scoreInput.safeParse({ items: [item] }).success).toBe(false);
});
