import { backtest } from "@/lib/routing/backtest/backtest";
import { crossedMean, drawRounds } from "@/lib/routing/backtest/crossed-intervals";
import type { Backtest, BacktestInput, BacktestOptions, Split } from "@/lib/routing/backtest/input";
import { randomOrder } from "@/lib/reward/training/sampling";
import type { BacktestPoint } from "@/lib/routing/fits/schema";
import type { Figure } from "@/lib/routing/learn/schema";
import { seededRandom } from "@/lib/stats/random";

/** Of the other prompts, those that policies are made of where reward models learn from the rest. */
const fitShare = 0.6;
/** Pairs that are held out together within a fit. */
const blockSize = 8;

type Options = Omit<BacktestOptions, "splits"> & { seeds: number };
type Tally = Parameters<typeof crossedMean>[0][number];
type Curve = Backtest["curves"][number];
type Cell = { curves: readonly Curve[]; rewards: readonly Curve[] };

/**
 * The backtest of a file with few prompts: every prompt is left out under every seed. Labels of its pairs are bought by
 * policies made of all the others; reward models that are measured on it learn from labels of some of the others, bought by
 * policies made of the rest of them. Every prompt counts alike, and intervals are from drawing prompts and seeds again.
 */
export async function backtestLeavingOut(input: BacktestInput, options: Options): Promise<Backtest> {
  const { seeds, seed, onProgress, ...rest } = options;
  const prompts = [...new Set(input.groups)];
  const cells: Cell[][] = [];
  for (let at = 0; at < seeds; at++) {
    const blocks = withBlocks(input, seed + at);
    const row: Cell[] = [];
    for (const prompt of prompts) {
      const [labels, rewards] = splitsOf(input.groups, prompt, seed + at);
      const given = { ...rest, seed: seed + at };
      row.push({
        curves: (await backtest(blocks, { ...given, splits: [labels] })).curves,
        rewards: (await backtest(blocks, { ...given, splits: [rewards] })).curves,
      });
      onProgress?.((at * prompts.length + row.length) / (seeds * prompts.length));
    }
    cells.push(row);
  }
  const rounds = drawRounds({ groups: prompts.length, seeds, random: seededRandom(seed) });
  const over = (of: (cell: Cell) => Figure | null | undefined): Figure | null =>
    crossedMean(
      cells.map((row) => tallyOf(row.map(of))),
      rounds,
    );
  const policies = cells[0]![0]!.curves.map(({ policy }) => policy);
  return {
    seeds,
    curves: policies
      .filter((policy) => cells.flat().every(({ curves }) => curves.some((curve) => curve.policy === policy)))
      .map((policy) => ({ policy, points: options.shares.map((_, at) => pointOf(policy, at, over)) })),
  };
}

/**
 * The same with the pairs of a prompt in blocks drawn at random, in place of prompts: within a fit something has to be held
 * out, and there are too few prompts for that. What is measured is of the prompt that is left out of all of it.
 */
export function withBlocks(input: BacktestInput, seed: number): BacktestInput {
  const order = randomOrder(input.groups.length, seededRandom(seed));
  const seen = new Map<number, number>();
  const blocks = new Map<string, number>();
  const groups = new Int32Array(input.groups.length);
  for (const unit of order) {
    const prompt = input.groups[unit]!;
    const place = seen.get(prompt) ?? 0;
    seen.set(prompt, place + 1);
    const key = `${prompt} ${Math.floor(place / blockSize)}`;
    if (!blocks.has(key)) blocks.set(key, blocks.size);
    groups[unit] = blocks.get(key)!;
  }
  return { ...input, groups };
}

/** For the labels of the prompt's pairs, and for rewards that are measured on them. */
function splitsOf(groups: Int32Array, prompt: number, seed: number): [labels: Split, rewards: Split] {
  const others = [...new Set(groups)].filter((group) => group !== prompt);
  const order = randomOrder(others.length, seededRandom(seed * 1000 + prompt));
  const fitted = new Set(
    Array.from(order.subarray(0, Math.round(fitShare * others.length)), (place) => others[place]!),
  );
  const where = (holds: (group: number) => boolean): Int32Array =>
    Int32Array.from(groups.keys()).filter((unit) => holds(groups[unit]!));
  const test = where((group) => group === prompt);
  return [
    { fit: where((group) => group !== prompt), pool: new Int32Array(), test },
    { fit: where((group) => fitted.has(group)), pool: where((group) => group !== prompt && !fitted.has(group)), test },
  ];
}

function pointOf(
  policy: Curve["policy"],
  at: number,
  over: (of: (cell: Cell) => Figure | null | undefined) => Figure | null,
): BacktestPoint {
  const find = (curves: readonly Curve[]): BacktestPoint | undefined =>
    curves.find((curve) => curve.policy === policy)?.points[at];
  const share = over(({ curves }) => ({ value: find(curves)!.humanShare, interval: null }))!;
  const isRandom = policy === "random";
  return {
    ...{ humanShare: share.value, costMicros: null },
    labelAccuracy: over(({ curves }) => find(curves)!.labelAccuracy)!,
    rewardAccuracy: over(({ rewards }) => find(rewards)?.rewardAccuracy),
    rewardLogLikelihood: over(({ rewards }) => find(rewards)?.rewardLogLikelihood),
    ...(!isRandom && {
      overRandom: {
        labelAccuracy: over(({ curves }) => find(curves)!.overRandom?.labelAccuracy)!,
        rewardAccuracy: over(({ rewards }) => find(rewards)?.overRandom?.rewardAccuracy),
        rewardLogLikelihood: over(({ rewards }) => find(rewards)?.overRandom?.rewardLogLikelihood),
      },
    }),
  };
}

/** One value a prompt. */
function tallyOf(figures: readonly (Figure | null | undefined)[]): Tally {
  return {
    sums: Float32Array.from(figures, (figure) => figure?.value ?? 0),
    counts: Float32Array.from(figures, (figure) => Number(!!figure)),
  };
}
