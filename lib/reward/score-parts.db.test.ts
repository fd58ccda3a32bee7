import { afterAll, beforeEach, expect, test } from "vitest";
import type { Access } from "@/lib/auth/access";
import { prisma } from "@/lib/db/client";
import type { Project } from "@/lib/db/generated/client";
import { constant, input } from "@/lib/graph/tensor";
import { matMul } from "@/lib/graph/ops";
import { accessFor, aMember, anInstance, aProject } from "@/lib/testing/builders";
import { aRewardModel } from "@/lib/testing/reward-model";
import type { EstimateView } from "./estimate";
import { scoreInput, type ScoreOutput, type ScoreRequest } from "./serving/schema";
import { scoreEach, scoreTexts } from "./score";
import { endThread } from "./scorer-thread-client";
import { preferenceOutput } from "./general-preference/schema";
import { tastesOutput } from "./tastes/schema";
import type { ArtifactPart } from "./training/score";

let project: Project;
let access: Access<"reward:read">;

beforeEach(async () => {
  await prisma.project.deleteMany();
  project = await aProject();
  const { user } = await aMember(project, { role: "researcher" });
  access = await accessFor(user, project, "reward:read");
});
afterAll(endThread);

/** A part whose numbers follow from log length alone: z times the weights, z the log length less 4. */
const ofLength = (output: string, weights: readonly number[]): ArtifactPart => ({
  outputs: ({ sides }) => ({
    [output]: matMul(
      sides,
      constant([...weights, ...new Array<number>(3 * weights.length).fill(0)], [4, weights.length]),
    ),
  }),
  values: {},
});

/** One group likes long texts, the other short ones, and half as much. */
const groups = ofLength(tastesOutput, [1, -0.5]);
/** a = z / 2 and b = z are proportional, so that nobody beats anybody. */
const evenMatch = ofLength(preferenceOutput, [0.5, 1]);

const ramp = Array.from({ length: 1024 }, (_, i) => i / 1024);

const texts = ["Short.", "A text of some more words than the other has.", "So."];
const z = texts.map((text) => Math.log1p(text.length) - 4);

async function score(request: Omit<ScoreRequest, "items">): Promise<ScoreOutput["items"][number]> {
  const input = scoreInput.parse({
    items: [{ prompt: "Where?", completions: texts, reference: texts[0] }],
    ...request,
  });
  return (await scoreTexts(access, "active", input)).items[0]!;
}

test("each group's reward is told on request, with their mean or the worst of them", async () => {
  await aRewardModel(project.id, { parts: [groups] });
  const worst = await score({ groups: true });
  worst.completions.forEach((scored, i) => {
    expect(scored.groups).toEqual([expect.closeTo(z[i]!, 5), expect.closeTo(-0.5 * z[i]!, 5)]);
    expect(scored.groupReward).toBe(Math.min(...scored.groups!));
    expect(scored.worstGroup).toBe(scored.groupReward);
  });
  const { completions } = await score({ groups: true, reduce: "mean" });
  completions.forEach(({ groupReward }, i) => expect(groupReward).toBeCloseTo(0.25 * z[i]!, 5));
  expect((await score({})).completions[0]).not.toHaveProperty("groups");
});

test("a version with a gate reads each completion's own prompt, though prompts that are shared go to it once", async () => {
  const ofPrompts: ArtifactPart = {
    outputs: () => ({ [tastesOutput]: matMul(input("prompts", ["n", 1024]), constant(ramp, [1024, 1])) }),
    values: {},
  };
  const estimate: EstimateView = { mean: 0.5, interval: [0.4, 0.6], values: 10, groups: 5 };
  const gate = { weights: [], accuracy: estimate, overallAccuracy: estimate, difference: estimate };
  const heads = { ties: null, rankings: null, ratings: [], binary: [], aspects: [], gate, leftOut: [] };
  await aRewardModel(project.id, { parts: [ofPrompts], metrics: { heads } });
  const ask = async (...prompts: string[]): Promise<number[]> => {
    const items = prompts.map((prompt) => ({ prompt, completions: ["One.", "Two."] }));
    const answer = await scoreTexts(access, "active", scoreInput.parse({ items, groups: true }));
    return answer.items.flatMap(({ completions }) => completions.map((scored) => scored.groups![0]!));
  };
  const [where, why] = [await ask("Where?"), await ask("Why not?")];
  expect(where[0]).toBe(where[1]);
  expect(where[0]).not.toBe(why[0]);
  expect(await ask("Why not?", "Where?", "Why not?")).toEqual([...why, ...where, ...why]);
});

test("completions are ranked, shaped and served to trainers by the worst group", async () => {
  await aRewardModel(project.id, { parts: [groups] });
  const { completions, group } = await score({ by: "worstGroup" });
  const scores = completions.map(({ worstGroup }) => worstGroup!);
  expect(group!.ranking.map((place) => scores[place])).toEqual(scores.toSorted((a, b) => b - a));
  expect(completions[0]!.shaped).toBe(0.5);
  const served = texts.map((completion) => ({ prompt: "Where?", completion }));
  const each = await scoreEach(access, "active", served, { by: "worstGroup", lambda: 0.5 });
  expect(each.scores).toEqual(scores);
});

test("completions are compared by the general preference model on request", async () => {
  await aRewardModel(project.id, { parts: [evenMatch] });
  const { general } = await score({ general: true });
  expect(general!.preferred.flat().every((p) => Math.abs(p - 0.5) < 1e-6)).toBe(true);
  expect(general!.winRates).toEqual(texts.map(() => expect.closeTo(0.5, 6)));
  expect(general!.minimax.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 9);
  expect(await score({})).not.toHaveProperty("general");
});

test("a stored instance of more completions than an item can bring is not compared in general", async () => {
  await aRewardModel(project.id, { parts: [evenMatch] });
  const many = await anInstance(project, { completions: Array.from({ length: 101 }, (_, i) => `Text ${i}.`) });
  const input = scoreInput.parse({ items: [{ instanceId: many.id }], general: true });
  await expect(scoreTexts(access, "active", input)).rejects.toMatchObject({
    code: "invalid",
    message: expect.stringContaining("has 101 completions"),
  });
});

test("what a version does not have is refused by name, and worstGroup is null", async () => {
  await aRewardModel(project.id);
  expect((await score({})).completions[0]!.worstGroup).toBeNull();
  for (const [request, what] of [
    [{ groups: true }, "groups of annotators"],
    [{ by: "worstGroup" }, "groups of annotators"],
    [{ general: true }, "general preference model"],
  ] as const) {
    await expect(score(request)).rejects.toMatchObject({
      code: "invalid",
      message: expect.stringContaining(`Version 1 has no ${what}`),
    });
  }
});
