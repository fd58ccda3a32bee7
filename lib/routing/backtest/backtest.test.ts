import { beforeAll, describe, expect, test } from "vitest";
import { simulatedRouting } from "@/lib/testing/simulated-routing";
import { backtest } from "./backtest";
import type { PolicyName } from "./choosers";
import { drawSplits } from "./draw-splits";
import type { Backtest, BacktestInput } from "./input";

const shares = [0, 0.25, 1];

/** Pairs of which two of three people's labels are what most say, on which the judge errs by subject. */
function simulated(pairs: number, seed: number): BacktestInput {
  const { input } = simulatedRouting({ pairs, seed, errors: "on subjects" });
  const { human, lm, groups, vectors, width, gold, columns, words, has } = input;
  return {
    // Every fourth gold pair has somebody who says otherwise.
    people: Array.from(human, (label, i) =>
      gold[i] === 1 ? Float64Array.of(label, label, i % 4 === 0 ? 1 - label : label) : Float64Array.of(label),
    ),
    ...{ human, groups, cascade: null },
    lm: {
      label: lm,
      confidence: lm.map((label, i) => (label === human[i] ? 0.9 : i % 2 === 0 ? 0.6 : 0.9)),
      costMicros: lm.map(() => 1000),
    },
    learning: { vectors, width, gold, columns, words, has },
    humanMicros: Float64Array.from(groups, (group) => 40_000 + 100 * (group % 7)),
  };
}

const backtested = async (input: BacktestInput, seeds: number): Promise<Backtest> =>
  await backtest(input, {
    splits: drawSplits({ groups: input.groups, seeds, seed: 1 }),
    shares,
    mixes: 100,
    hidden: 0,
    seed: 1,
  });

describe("where the judge errs on some subjects", () => {
  let result: Backtest;
  beforeAll(async () => {
    result = await backtested(simulated(1200, 1), 4);
  });
  const at = (policy: PolicyName, share: number) =>
    result.curves.find((curve) => curve.policy === policy)!.points[shares.indexOf(share)]!;

  test("every policy is compared, and all are alike where one side labels everything", () => {
    const policies: PolicyName[] = ["random", "uncertainty", "confidence", "learned", "learned-per-cost", "oracle"];
    expect(result.curves.map(({ policy }) => policy)).toEqual(policies);
    for (const share of [0, 1]) {
      const values = policies.map((policy) => at(policy, share).labelAccuracy.value);
      expect(new Set(values).size).toBe(1);
      expect(at("learned", share).overRandom!.labelAccuracy).toEqual({ value: 0, interval: [0, 0] });
    }
    expect(at("random", 0.25).overRandom).toBeUndefined();
  });

  test("people are not right by definition", () => {
    expect(at("random", 1).labelAccuracy.value).toBeGreaterThan(0.8);
    expect(at("random", 1).labelAccuracy.value).toBeLessThan(0.96);
  });

  test("what was learned beats random routing, and nothing beats knowing where the judge is wrong", () => {
    const values = (["random", "learned", "oracle"] as const).map((policy) => at(policy, 0.25));
    const [random, learned, oracle] = values.map(({ labelAccuracy }) => labelAccuracy.value);
    expect(learned).toBeGreaterThan(random!);
    expect(oracle).toBeGreaterThan(learned!);
    expect(at("learned", 0.25).overRandom!.labelAccuracy.interval![0]).toBeGreaterThan(0);
    const rewards = values.map(({ rewardLogLikelihood }) => rewardLogLikelihood!.value);
    expect(rewards[1]).toBeGreaterThan(rewards[0]!);
  });

  test("costs are those of people and of AI, and a judge that is asked first is paid for in any case", () => {
    expect(at("random", 0).costMicros).toBeCloseTo(1000);
    const onlyPeople = at("random", 1).costMicros!;
    expect(onlyPeople).toBeGreaterThan(40_000);
    expect(at("confidence", 1).costMicros).toBeCloseTo(onlyPeople + 1000);
    expect(at("learned", 0.25).costMicros).toBeLessThan(onlyPeople / 2);
    expect(at("learned-per-cost", 0.25).costMicros).toBeLessThanOrEqual(1000 + 0.25 * (onlyPeople - 1000) + 1);
  });
});

test("what people say of the pairs that are measured changes no choice", async () => {
  const input = simulated(400, 2);
  const [split] = drawSplits({ groups: input.groups, seeds: 1, seed: 3 });
  const human = input.human.slice();
  for (const unit of split!.test) human[unit] = 1 - human[unit]!;
  const runs = await Promise.all(
    [input, { ...input, human }].map((one) =>
      backtest(one, { splits: [split!], shares: [0.25], mixes: 60, hidden: 0, seed: 1 }),
    ),
  );
  const labels = runs.map(({ curves }) =>
    curves.filter(({ policy }) => policy !== "oracle").map(({ points }) => points[0]!.labelAccuracy),
  );
  expect(labels[0]).toEqual(labels[1]);
});

test("without texts labels and costs are compared all the same", async () => {
  const input = { ...simulated(300, 3), learning: null };
  const { curves } = await backtested(input, 3);
  expect(curves.map(({ policy }) => policy)).toEqual(["random", "confidence", "oracle"]);
  expect(curves[0]!.points[1]).toMatchObject({ rewardAccuracy: null, rewardLogLikelihood: null });
});

test("a cascade asks a second judge, pays for both, and leaves to people where neither is sure", async () => {
  const input = simulated(400, 4);
  const { label } = input.lm;
  const isHard = label.map((_, unit) => Number(unit % 4 === 1));
  const weak = {
    label: label.map((_, unit) => (isHard[unit] ? 1 - input.human[unit]! : input.human[unit]!)),
    confidence: isHard.map((hard) => 1 - hard / 2),
    costMicros: isHard.map(() => 10),
  };
  const isHardest = label.map((_, unit) => Number(unit % 16 === 1));
  const strong = {
    label: label.map((_, unit) => (isHardest[unit] ? 1 - input.human[unit]! : input.human[unit]!)),
    confidence: isHardest.map((hard) => 1 - hard / 2),
    costMicros: isHard.map(() => 100),
  };
  const { curves } = await backtest(
    { ...input, lm: weak, learning: null, cascade: [weak, strong], humanMicros: isHard.map(() => 1e5) },
    {
      splits: drawSplits({ groups: input.groups, seeds: 2, seed: 1 }),
      shares: [1 / 16],
      mixes: 50,
      hidden: 0,
      seed: 1,
    },
  );
  const of = (policy: PolicyName) => curves.find((curve) => curve.policy === policy)!.points[0]!;
  expect(of("cascade").labelAccuracy.value).toBeGreaterThan(of("confidence").labelAccuracy.value + 0.1);
  // About a sixteenth goes to people, a quarter to the strong judge, and all to the weak one.
  expect(of("cascade").costMicros).toBeCloseTo(of("cascade").humanShare * 1e5 + 100 / 4 + 10, 0);
});
