import { seededRandom } from "@/lib/stats/random";
import type { BacktestCurve, BacktestPoint } from "../fits/schema";
import { learnGain } from "../learn/learn-from-mixes";
import { choosersOf, type Choice, type PolicyName } from "./choosers";
import { crossedMean, drawRounds, type Rounds } from "./crossed-intervals";
import { disagreementOf } from "./disagreement";
import { fewerColumns } from "./fewer-columns";
import { holdOut, type HeldOut } from "./held-out";
import { learnInputOf } from "./learn-input";
import type { Backtest, BacktestInput, BacktestOptions, Split } from "./input";
import { measureRewards, type Measured } from "./measure-rewards";
import { addTo, emptyTally, numberGroups, type Groups, type Tally } from "./tally";

/**
 * What each policy would have come to: how good its labels are, what a reward model learns from them, and what they cost.
 *
 * For each split everything that chooses is made of one part (gain models, the ensemble whose disagreement is the
 * uncertainty), which labels the other one. Labels there are compared with people who had no part in them (`holdOut`),
 * and rewards learned from one half of these labels are measured on the people's gold of the rest. So no pair that is
 * measured has had a say in any choice. Intervals are over prompts and seeds (`crossedMean`).
 */
export async function backtest(given: BacktestInput, options: BacktestOptions): Promise<Backtest> {
  const { splits, shares, seed, onProgress } = options;
  const { learning } = given;
  const input = learning
    ? { ...given, learning: { ...learning, ...fewerColumns(learning.vectors, learning.width) } }
    : given;
  const heldOut = holdOut(input.people);
  const groups = numberGroups(input.groups);
  const measured: SplitMeasures[] = [];
  for (const [at, split] of splits.entries()) {
    const onPart = (done: number): void => onProgress?.((at + done) / splits.length);
    measured.push(await measureSplit({ input, options, split, heldOut, groups, seed: seed + at, onPart }));
    onPart(1);
  }
  const rounds = drawRounds({ groups: groups.count, seeds: splits.length, random: seededRandom(seed) });
  return { seeds: splits.length, curves: curvesOf(measured, shares, rounds) };
}

/** Of the work for a split, that learning from mixes is. */
const mostOfSplit = 0.9;

/** What one split measured: by policy, then by share. */
type SplitMeasures = Map<PolicyName, PointMeasures[]>;
type PointMeasures = {
  humanShare: number;
  costMicros: number | null;
  labels: Tally;
  rewards: { accuracy: Tally; logLikelihood: Tally } | null;
};

type GivenSplit = {
  input: BacktestInput;
  options: BacktestOptions;
  split: Split;
  heldOut: HeldOut;
  groups: Groups;
  seed: number;
  onPart: (done: number) => void;
};

async function measureSplit(given: GivenSplit): Promise<SplitMeasures> {
  const { input, options, split, seed, onPart } = given;
  const units = Int32Array.from([...split.pool, ...split.test]);
  const { mixes, hidden } = options;
  const learnable = learnInputOf(input, split.fit);
  const onProgress = (done: number): void => onPart(mostOfSplit * done);
  const choosers = choosersOf(input, {
    ...{ units, seed },
    gain: learnable && (await learnGain(learnable, { mixes, hidden, seed, onProgress })),
    disagreement: await disagreementOf({ input, fit: split.fit, units, hidden, seed }),
  });
  const choices = [...choosers].flatMap(([policy, choose]) =>
    options.shares.map((share) => ({ policy, choice: choose(share) })),
  );
  const rewards = await measureRewards({
    ...{ input, split, hidden, seed },
    choices: choices.map(({ choice }) => choice),
  });
  const measures: SplitMeasures = new Map();
  choices.forEach(({ policy, choice }, at) => {
    const point: PointMeasures = {
      humanShare: shareOf(choice.byPeople),
      costMicros: costOf(choice, units, input.humanMicros),
      labels: tallyLabels(choice, units, given),
      rewards: rewards && tallyRewards(rewards, at, given),
    };
    measures.set(policy, [...(measures.get(policy) ?? []), point]);
  });
  return measures;
}

function tallyLabels({ byPeople, ai }: Choice, units: Int32Array, { heldOut, groups }: GivenSplit): Tally {
  const tally = emptyTally(groups);
  units.forEach((unit, place) => {
    const hit = byPeople[place] === 1 ? heldOut.people[unit]! : heldOut.agreement(unit, ai[place]!);
    addTo(tally, { group: groups.of[unit]!, value: hit, weight: heldOut.weight[unit]! });
  });
  return tally;
}

function tallyRewards(measured: Measured, choice: number, { groups }: GivenSplit): PointMeasures["rewards"] {
  const [accuracy, logLikelihood] = [emptyTally(groups), emptyTally(groups)];
  measured.units.forEach((unit, row) => {
    const group = groups.of[unit]!;
    addTo(accuracy, { group, value: measured.accuracy(row, choice), weight: 1 });
    addTo(logLikelihood, { group, value: measured.logLikelihood(row, choice), weight: 1 });
  });
  return { accuracy, logLikelihood };
}

/** Of a unit, on average. */
function costOf({ byPeople, aiMicros }: Choice, units: Int32Array, humanMicros: Float64Array | null): number | null {
  if (!humanMicros) return null;
  const costs = units.map((unit, place) => aiMicros[place]! + byPeople[place]! * humanMicros[unit]!);
  return costs.reduce((sum, cost) => sum + cost, 0) / units.length;
}

function curvesOf(measured: readonly SplitMeasures[], shares: readonly number[], rounds: Rounds): BacktestCurve[] {
  // Where a split was too small for a policy, the policy has no curve.
  const policies = [...measured[0]!.keys()].filter((policy) => measured.every((split) => split.has(policy)));
  return policies.map((policy) => ({
    policy,
    points: shares.map((_, at) => {
      const points = measured.map((split) => split.get(policy)![at]!);
      const random = measured.map((split) => split.get("random")![at]!);
      return pointOf(points, policy === "random" ? null : random, rounds);
    }),
  }));
}

function pointOf(
  points: readonly PointMeasures[],
  random: readonly PointMeasures[] | null,
  rounds: Rounds,
): BacktestPoint {
  const costs = points.map(({ costMicros }) => costMicros).filter((cost) => cost !== null);
  return {
    humanShare: mean(points.map(({ humanShare }) => humanShare)),
    costMicros: costs.length > 0 ? mean(costs) : null,
    ...figuresOf(points, rounds),
    ...(random && {
      overRandom: figuresOf(
        points.map((point, seed) => less(point, random[seed]!)),
        rounds,
      ),
    }),
  };
}

type Figures = Pick<BacktestPoint, "labelAccuracy" | "rewardAccuracy" | "rewardLogLikelihood">;

function figuresOf(points: readonly Pick<PointMeasures, "labels" | "rewards">[], rounds: Rounds): Figures {
  const rewards = points.map((point) => point.rewards).filter((each) => each !== null);
  return {
    labelAccuracy: crossedMean(
      points.map(({ labels }) => labels),
      rounds,
    ) ?? { value: 0, interval: null },
    rewardAccuracy: crossedMean(
      rewards.map(({ accuracy }) => accuracy),
      rounds,
    ),
    rewardLogLikelihood: crossedMean(
      rewards.map(({ logLikelihood }) => logLikelihood),
      rounds,
    ),
  };
}

/** The differences on the same units of the same seed. */
function less(a: PointMeasures, b: PointMeasures): Pick<PointMeasures, "labels" | "rewards"> {
  const minus = (x: Tally, y: Tally): Tally => ({ sums: x.sums.map((sum, i) => sum - y.sums[i]!), counts: x.counts });
  return {
    labels: minus(a.labels, b.labels),
    rewards: a.rewards &&
      b.rewards && {
        accuracy: minus(a.rewards.accuracy, b.rewards.accuracy),
        logLikelihood: minus(a.rewards.logLikelihood, b.rewards.logLikelihood),
      },
  };
}

function shareOf(byPeople: Uint8Array): number {
  return byPeople.reduce((sum, one) => sum + one, 0) / byPeople.length;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
