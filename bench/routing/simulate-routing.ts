import { learnFromMixes } from "@/lib/routing/learn/learn-from-mixes";
import type { LearnReport } from "@/lib/routing/learn/schema";
import { middle95 } from "@/lib/stats/bootstrap";
import { spearman } from "@/lib/stats/rank-correlation";
import { seededRandom } from "@/lib/stats/random";
import { routeAgainstOracle, simulatedRouting, type AgainstOracle } from "@/lib/testing/simulated-routing";
import { signFlip } from "./sign-flip";

const [pairs, share, randoms] = [2000, 0.25, 10];
/** Columns of the two subjects on which the judge follows a taste of its own. */
const bad = [0, 1];

type Errors = "on subjects" | "at random";
type SeedResult = { report: LearnReport; routed: AgainstOracle; rank: number | null };

/**
 * Fits made data whose truth is known, and routes new pairs by the fit: whether its coefficients name the subjects on
 * which the judge errs, and how much of what a choice by the true P(judge wrong | characteristics) gains over the judge
 * alone the learned choice gains, in held-out log-likelihood of a reward model, beside random choices of the same size.
 */
export async function simulateRouting(options: {
  seeds: number;
  mixes: number;
  seed: number;
  errors: Errors;
}): Promise<object> {
  const { seeds, mixes, seed, errors } = options;
  const results: SeedResult[] = [];
  for (let at = 0; at < seeds; at++) {
    const made = simulatedRouting({ pairs, seed: seed + at, errors });
    const { report, gain } = await learnFromMixes(made.input, { mixes, hidden: 0, seed: seed + at });
    // Of other pairs than those that were fitted on.
    const routed = await routeAgainstOracle({ gain, errors, pairs, share, randoms, seed: seed + at + 10_000 });
    results.push({ report, routed, rank: rankCorrelation(report, made) });
    console.error(`simulation, errors ${errors}: ${at + 1} of ${seeds}`);
  }
  const routed = results.map((one) => one.routed);
  const random = seededRandom(seed);
  return {
    ...{ seeds, pairs, mixes, human_share: share },
    verdicts: countBy(results.map(({ report }) => report.verdict.kind)),
    fit_s: mean(results.map(({ report }) => report.seconds)),
    coefficients: recovered(results),
    gain_nats: {
      learned: mean(routed.map(({ learned }) => learned)),
      simulated: mean(routed.map(({ simulated }) => simulated)),
      oracle: mean(routed.map(({ oracle }) => oracle)),
      random: mean(routed.map((one) => mean(Array.from(one.random)))),
    },
    share_of_oracle: {
      learned: ratio(routed, ({ learned }) => learned, random),
      simulated: ratio(routed, ({ simulated }) => simulated, random),
      random: ratio(routed, (one) => mean(Array.from(one.random)), random),
    },
    p_random_as_good: signFlip(
      routed.map((one) => one.learned - mean(Array.from(one.random))),
      random,
    ),
    random_choices_as_good: mean(
      routed.map((one) => mean(Array.from(one.random, (each) => Number(each >= one.learned)))),
    ),
    predictor_spearman: spearmans(results),
  };
}

/** Whether the two bad subjects come first, surely above 0, and no other is; and how effects follow the true chances. */
function recovered(results: readonly SeedResult[]): object {
  const first = results.map(({ report }) =>
    report.coefficients.slice(0, bad.length).every(({ column }) => bad.includes(column)),
  );
  const isSure = ({ effect }: LearnReport["coefficients"][number]): boolean =>
    effect.interval !== null && effect.interval[0] > 0;
  const sure = results.map(({ report }) => report.coefficients.filter(isSure).map(({ column }) => column));
  return {
    bad_subjects_first: partOf(first),
    bad_subjects_surely_above_0: mean(
      sure.map((own) => own.filter((column) => bad.includes(column)).length / bad.length),
    ),
    others_surely_above_0: mean(sure.map((own) => own.filter((column) => !bad.includes(column)).length)),
    rank_correlation_with_truth: results.every(({ rank }) => rank !== null)
      ? mean(results.map(({ rank }) => rank!))
      : null,
  };
}

/** Spearman's, over columns, between effects and the mean true chance that the judge is wrong where the column is. */
function rankCorrelation(
  { coefficients }: LearnReport,
  { input, wrongChance }: ReturnType<typeof simulatedRouting>,
): number | null {
  const chances = coefficients.map(({ column }) => {
    const own = Array.from(wrongChance).filter((_, i) => input.has[i]!.includes(column));
    // Where the judge errs alike everywhere, chances differ by rounding alone.
    return Number(mean(own).toFixed(9));
  });
  return spearman(
    coefficients.map(({ effect }) => effect.value),
    chances,
  );
}

function spearmans(results: readonly SeedResult[]): object {
  const kinds = results[0]!.report.predictors.map(({ kind }) => kind);
  return Object.fromEntries(
    kinds.map((kind) => {
      const own = results.map(({ report }) => report.predictors.find((one) => one.kind === kind)!);
      return [
        kind,
        {
          all_shares: mean(own.map((one) => one.spearman.value)),
          one_share: mean(own.map((one) => one.spearmanAtOneShare.value)),
          r2: mean(own.map((one) => one.r2.value)),
          chosen: partOf(own.map((one) => one.isChosen)),
        },
      ];
    }),
  );
}

/** Sum of gains over the sum of the oracle's, with a 95 % interval from drawing seeds again. */
function ratio(routed: readonly AgainstOracle[], of: (one: AgainstOracle) => number, random: () => number): number[] {
  const total = (own: readonly AgainstOracle[]): number => mean(own.map(of)) / mean(own.map(({ oracle }) => oracle));
  const replicates = Float64Array.from({ length: 1000 }, () =>
    total(routed.map(() => routed[Math.floor(random() * routed.length)]!)),
  );
  return [total(routed), ...middle95(replicates)];
}

function countBy(values: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const value of values) counts[value] = (counts[value] ?? 0) + 1;
  return counts;
}

const partOf = (values: readonly boolean[]): number => mean(values.map(Number));

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
