import { beforeAll, expect, test } from "vitest";
import { rewardDefaults } from "../training/config";
import { exportRewardModel, scoreCompletions } from "../training/score";
import { trainRewardModel, type TrainedRewardModel } from "../training/train-reward-model";
import { openSession } from "@/lib/graph/session";
import { makeTastes } from "./make-tastes";
import type { FittedTastes, TasteMetrics } from "./schema";
import { simulatedTastes, type SimulatedTastes } from "@/lib/testing/simulated-tastes";

const config = { ...rewardDefaults, hidden: 8, members: 2 };

type Made = Awaited<ReturnType<typeof makeTastes>> & { trained: TrainedRewardModel };

async function make({ data }: SimulatedTastes): Promise<Made> {
  const trained = await trainRewardModel({ ...data, config, seed: 1 });
  const { model, predicted } = trained;
  return { trained, ...(await makeTastes({ data, standard: model.standard, predicted, seed: 1 })) };
}

function fittedOf(metrics: TasteMetrics): FittedTastes {
  if (metrics.kind === "skipped") throw new Error(metrics.reason);
  return metrics;
}

const simulated = simulatedTastes({ annotators: 40, minorityShare: 0.2, prompts: 300, seed: 1 });
let made: Made;
let metrics: FittedTastes;

beforeAll(async () => {
  made = await make(simulated);
  metrics = fittedOf(made.metrics);
});

test("two groups with opposite tastes, four to one, are told apart", () => {
  expect(metrics.groups).toHaveLength(2);
  expect(metrics.groups[0]!.share).toBeGreaterThan(0.7);
  expect(metrics.members).toHaveLength(40);
  const right = metrics.members.filter(({ annotator, group }) => group === simulated.tasteOf[annotator]);
  expect(right.length / 40).toBeGreaterThanOrEqual(0.9);
  expect(right.every(({ certainty }) => certainty > 0.5)).toBe(true);
});

test("the worst group's accuracy rises over the single model's, which serves the majority", () => {
  const { groups, worst } = metrics;
  expect(worst!.single.mean).toBeLessThan(0.3);
  expect(worst!.accuracy.mean).toBeGreaterThan(0.75);
  expect(worst!.accuracy.interval[0]).toBeGreaterThan(worst!.single.interval[1]);
  expect(groups[0]!.single!.mean).toBeGreaterThan(0.8);
});

test("what the groups dispute most is shown with what each says of it", () => {
  expect(metrics.disputes).toHaveLength(10);
  for (const { margins } of metrics.disputes) expect(Math.sign(margins[0]!)).toBe(-Math.sign(margins[1]!));
  expect(new Set(metrics.disputes.map(({ instanceId }) => instanceId)).size).toBe(10);
});

test("the same labels and seed make the same groups", async () => {
  const { model, predicted } = made.trained;
  const again = await makeTastes({ data: simulated.data, standard: model.standard, predicted, seed: 1 });
  expect(again.metrics).toEqual(made.metrics);
  expect(again.part!.values).toEqual(made.part!.values);
});

test("the version's file gives each group's reward, of mean 0 and deviation 1 over the training completions", async () => {
  const { data } = simulated;
  const session = await openSession(exportRewardModel(made.trained.model, {}, [made.part!]));
  const { parts } = await scoreCompletions(session, data).finally(() => session.dispose());
  const tastes = parts["tastes"]!;
  const trained = data.pairs.filter(({ split }) => split === "train").flatMap(({ first, second }) => [first, second]);
  for (const group of [0, 1]) {
    const rewards = trained.map((completion) => tastes[completion]![group]!);
    const mean = rewards.reduce((sum, reward) => sum + reward, 0) / rewards.length;
    expect(mean).toBeCloseTo(0, 4);
    expect(rewards.reduce((sum, reward) => sum + (reward - mean) ** 2, 0) / rewards.length).toBeCloseTo(1, 3);
  }
  const [{ instanceId, margins }] = metrics.disputes as [FittedTastes["disputes"][number]];
  const { first, second } = data.pairs[data.origins.findIndex((origin) => origin.instanceId === instanceId)]!;
  margins.forEach((margin, k) => expect(tastes[first]![k]! - tastes[second]![k]!).toBeCloseTo(margin, 4));
});

test("annotators who all like the same have one taste, which is served as a group of all", async () => {
  const { metrics: found, part } = await make(
    simulatedTastes({ annotators: 40, minorityShare: 0, prompts: 200, seed: 2 }),
  );
  const { groups, members, disputes } = fittedOf(found);
  expect(groups).toHaveLength(1);
  expect(groups[0]!.accuracy!.mean).toBeGreaterThan(0.75);
  expect([members, disputes]).toEqual([[], []]);
  expect(part!.values["tastes.w"]!.shape).toEqual([1028, 1]);
});

test("too few annotators or labels are skipped, with the numbers there are", async () => {
  const { metrics: alone } = await make(simulatedTastes({ annotators: 3, minorityShare: 0, prompts: 60, seed: 1 }));
  expect(alone).toEqual({
    kind: "skipped",
    reason: "Groups need at least 4 annotators with 5 labels each in the training part; there are 3.",
  });
  const some = simulatedTastes({ annotators: 6, minorityShare: 0, prompts: 60, seed: 1 });
  const few = {
    ...some,
    data: { ...some.data, origins: some.data.origins.map((origin, i) => withoutMost(origin, i)) },
  };
  const { metrics: unsure, part } = await make(few);
  expect(unsure).toEqual({
    kind: "skipped",
    reason:
      "Choosing the number of groups needs at least 20 labels on 10 prompts in the validation part; there are 12 on 12.",
  });
  expect(part).toBeNull();
});

/** One answer to every validation pair instead of five. */
function withoutMost<T extends { labels: unknown[] }>(origin: T, i: number): T {
  return i % 10 < 6 ? origin : { ...origin, labels: origin.labels.slice(0, 1) };
}
