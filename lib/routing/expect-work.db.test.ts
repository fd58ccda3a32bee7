import { beforeEach, expect, test } from "vitest";
import { v7 as uuidv7 } from "uuid";
import { prisma } from "@/lib/db/client";
import type { Project } from "@/lib/db/generated/client";
import { lmConfig } from "@/lib/judges/schema";
import { bookAnswers } from "@/lib/ledger/book";
import { aProject } from "@/lib/testing/builders";
import { aRoutingFit, confidencesOf } from "@/lib/testing/routing-fit";
import { expectWork } from "./expect-work";
import { firstPolicy, type Policy } from "./schema";

let project: Project;
let cheap: string;
let dear: string;

const settings = { dualShare: 0.1, lmWeight: 0.5, seed: 1 };
const promise = { alpha: 0.1, delta: 0.1, fitVersion: 1, ...settings, version: 2 };

/** Both orders of one aspect are two verdicts. */
async function aJudge(name: string, micros: number): Promise<string> {
  const config = lmConfig.parse({
    ...{ baseUrl: "https://api.example.org/v1", model: "m", rubric: "r", inputPriceMicros: 1 },
  });
  const { id } = await prisma.judge.create({
    data: { projectId: project.id, name, kind: "lm", versions: { create: { version: 1, config } } },
  });
  const paid = { inputTokens: 1, cachedInputTokens: 0, outputTokens: 1, costMicros: micros, answers: 1 };
  await bookAnswers(prisma, { projectId: project.id, judge: { id, version: 1 }, runId: null }, [
    { id: uuidv7(), purpose: "judging", type: "comparison", ...paid },
  ]);
  return `judge:${id}@1`;
}

beforeEach(async () => {
  await prisma.project.deleteMany();
  project = await aProject({ overlap: 2 });
  [cheap, dear] = [await aJudge("Cheap", 1), await aJudge("Dear", 100)];
  await aJudge("Other", 1000);
  // Each is sure of three pairs in four, the dear one of half of what the cheap one is not.
  const ofDear = confidencesOf(0.8).map(([, isRight, prompt, pair]) => {
    const confidence = pair % 8 === 7 ? 0.2 : 0.6;
    return [confidence, isRight, prompt, pair] as [number, boolean, number, number];
  });
  await aRoutingFit(project, { confidences: { [cheap]: confidencesOf(0.8), [dear]: ofDear } });
});

const counts = { human: 10, lm: 80, dual: 10 };
const expected = async (policy: Policy) => {
  const before = { policy: { ...firstPolicy, version: 1 }, counts: { human: 100, lm: 0, dual: 0 } };
  return await expectWork(project.id, { before, after: { policy, counts } });
};

test("every judge that is switched on is expected to judge what goes to AI, unless the policy names some", async () => {
  expect(await expected({ kind: "all-ai", ...settings, version: 2 })).toEqual({
    escalatedShare: 0,
    humanLabels: { before: 200, after: 40 },
    verdicts: { before: 0, after: 3 * 2 * 90 },
    costMicros: { before: 0, after: 2 * 90 * 1101 },
  });
});

test("a cascade asks its second judge only about what the first passes on, and about what both label", async () => {
  const cuts = [
    { judge: cheap, confidence: 0.8 },
    { judge: dear, confidence: 0.6 },
  ];
  expect(await expected({ kind: "cascade", ...promise, cuts })).toEqual({
    escalatedShare: 0.125,
    humanLabels: { before: 200, after: 2 * (10 + 10 + 80 / 8) },
    verdicts: { before: 0, after: 2 * (80 + 80 / 4 + 2 * 10) },
    costMicros: { before: 0, after: 2 * (80 * 1 + (80 / 4) * 100 + 10 * 101) },
  });
});

test("by confidence a judge without a cut judges what both label, and no more", async () => {
  const cuts = [
    { judge: cheap, confidence: 0.8 },
    { judge: dear, confidence: null },
  ];
  expect(await expected({ kind: "confidence", ...promise, cuts })).toMatchObject({
    escalatedShare: 0.25,
    verdicts: { after: 2 * (80 + 2 * 10) },
    costMicros: { after: 2 * (80 * 1 + 10 * 101) },
  });
});
