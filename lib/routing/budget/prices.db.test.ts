import { v7 as uuidv7 } from "uuid";
import { beforeEach, expect, test } from "vitest";
import { prisma } from "@/lib/db/client";
import type { Project, User } from "@/lib/db/generated/client";
import { lmConfig } from "@/lib/judges/schema";
import { bookAnswers, bookSubmission } from "@/lib/ledger/book";
import { aMember, anInstance, aProject } from "@/lib/testing/builders";
import { findPrices, readInstanceCosts, readPrices } from "./prices";

let project: Project;
let user: User;

beforeEach(async () => {
  project = await aProject({ overlap: 2, currency: "EUR", hourPriceMicros: 36_000_000n });
  ({ user } = await aMember(project));
});

const worked = (activeMs: number, labels: number) =>
  bookSubmission(prisma, {
    ...{ projectId: project.id, userId: user.id, activeMs },
    types: Array.from({ length: labels }, () => "comparison" as const),
  });

async function aJudge(prices: { inputPriceMicros: number; outputPriceMicros: number }): Promise<string> {
  const config = lmConfig.parse({ baseUrl: "https://example.org/v1", model: "m", rubric: "r", ...prices });
  const { id } = await prisma.judge.create({
    data: { projectId: project.id, name: "Judge", kind: "lm", versions: { create: { version: 1, config } } },
  });
  return id;
}

test("people cost their active minutes, each of as many as the project wants, and judges their verdicts", async () => {
  await anInstance(project);
  await worked(20_000, 1);
  await worked(30_000, 2);
  // Looked at again, and left as it was: paid, but no submission more.
  await worked(10_000, 0);
  const judgeId = await aJudge({ inputPriceMicros: 1_000_000, outputPriceMicros: 1_000_000 });
  await bookAnswers(prisma, { projectId: project.id, judge: { id: judgeId, version: 1 }, runId: null }, [
    { id: uuidv7(), purpose: "judging", type: "comparison", ...nothing, answers: 4, costMicros: 600 },
  ]);
  // 60 s over two submissions are 30 s each, at 0.01 a second: 0.30, by two people; two orders at 150 each.
  expect(await findPrices(project.id)).toMatchObject({
    ...{ currency: "EUR", humanMicros: 600_000, judgeMicros: 300, isTimed: true, hasPricedJudge: true },
  });
});

test("before anybody has labelled, time is guessed from the length of the texts", async () => {
  await anInstance(project, { prompt: "x".repeat(240), completions: ["y".repeat(120), "z".repeat(120)] });
  // 15 s and 480 characters at 24 a second: 35 s by two people.
  expect(await findPrices(project.id)).toMatchObject({
    ...{ humanMicros: 700_000, judgeMicros: 0, isTimed: false, hasPricedJudge: false, meanCharacters: 480 },
  });
});

test("without a price of an hour it is said where to set one", async () => {
  const free = await aProject();
  expect(await findPrices(free.id)).toBeNull();
  await expect(readPrices({ projectId: free.id, slug: free.slug })).rejects.toThrow(
    `In project ${free.slug} an hour of people's time has no price, so money says nothing about who should label. Set the price on its spending page, or with PUT /projects/${free.slug}/spending/prices`,
  );
});

test("instances with longer texts cost more, and their mean is the price", async () => {
  const short = await anInstance(project, { prompt: "x".repeat(60), completions: ["y".repeat(20), "z".repeat(20)] });
  const long = await anInstance(project, { prompt: "x".repeat(900), completions: ["y".repeat(500), "z".repeat(500)] });
  await worked(30_000, 1);
  const prices = (await findPrices(project.id))!;
  const costs = await readInstanceCosts(prisma, project.id, { ids: [short.id, long.id], prices });
  const [low, high] = [costs.get(short.id)!, costs.get(long.id)!];
  expect((low.humanMicros + high.humanMicros) / 2).toBeCloseTo(prices.humanMicros, 6);
  expect(high.humanMicros / low.humanMicros).toBeCloseTo((360 + 1900) / (360 + 100), 10);
});

const nothing = { inputTokens: 0, cachedInputTokens: 0, outputTokens: 0 };
