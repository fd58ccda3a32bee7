import path from "node:path";
import { backtest } from "@/lib/routing/backtest/backtest";
import { drawSplits } from "@/lib/routing/backtest/draw-splits";
import type { Backtest, BacktestInput } from "@/lib/routing/backtest/input";
import { fewestGoldPrompts, learnInputOf } from "@/lib/routing/backtest/learn-input";
import { learnFromMixes } from "@/lib/routing/learn/learn-from-mixes";
import type { LearnReport } from "@/lib/routing/learn/schema";
import type { Encoder } from "./encode";
import { backtestLeavingOut, withBlocks } from "./leave-one-out";
import { prepare } from "./prepare";
import { judgeOf, readUnits } from "./read-units";
import { budgetsOf, predictorsOf, shown, wordResult } from "./report";

/** Shares that people label, nobody and everybody beside the four budgets for comparison. */
const shares = [0, 0.1, 0.25, 0.5, 0.75, 1];
/** Fewer prompts are left out one after the other instead of halved at random. */
const fewestToHalve = 20;

export type FileOptions = {
  encoder: Encoder;
  judge: string | undefined;
  seeds: number;
  mixes: number;
  backtestMixes: number;
  seed: number;
};

type Measured = { input: BacktestInput; leavesOut: boolean };

/** What routing comes to on a file of pairs that people and LMs have compared. Says splits and settings before it begins. */
export async function measureFile(file: string, options: FileOptions): Promise<object> {
  const { encoder, seeds, mixes, backtestMixes, seed } = options;
  const all = readUnits(file);
  const judge = judgeOf(all, options.judge);
  const units = all.filter(({ lms }) => lms.has(judge));
  const before = performance.now();
  const input = await prepare(units, judge, encoder);
  const featuresSeconds = (performance.now() - before) / 1000;
  const prompts = new Set(input.groups).size;
  const leavesOut = input.learning !== null && prompts < fewestToHalve;
  const about = {
    data: path.basename(file),
    ...{ judge, confidence: "share of the file's other LMs that say the same as the judge" },
    ...{ pairs: units.length, prompts, undecided: input.human.filter(Number.isNaN).length },
    without_judge: all.length - units.length,
    texts: input.learning !== null,
    right_is: units.some(({ people }) => people.length > 1)
      ? "what most of the other people say, where one person's label is bought"
      : "what the one person says, so that people are always right",
    ...(input.learning && { gold: input.learning.gold.reduce((sum, one) => sum + one, 0), encoder: encoder.name }),
    ...(input.learning && { characteristics: input.learning.columns.length }),
    ...{ splits: splitsInWords(leavesOut), seeds, seed, mixes, backtest_mixes: backtestMixes, budgets: shares },
    intervals: "95 %, bootstrap over prompts and seeds, both drawn again",
  };
  console.error(JSON.stringify(about));
  const fit = await learnAll({ input, leavesOut }, { mixes, seed });
  const measured = await backtestFile({ input, leavesOut }, options);
  return {
    ...about,
    judge_accuracy: shown(pointAt(measured, "random", 0)?.labelAccuracy ?? null),
    one_person_accuracy: shown(pointAt(measured, "random", 1)?.labelAccuracy ?? null),
    feature_s: rounded(featuresSeconds),
    ...(fit && fitFigures(fit, leavesOut)),
    budgets: budgetsOf(measured),
    result: wordResult(measured, fit?.verdict ?? null),
  };
}

function splitsInWords(leavesOut: boolean): string {
  return leavesOut
    ? "leave one prompt out, each under every seed: labels of its pairs by policies made of all other prompts; reward models of labels of 2/5 of the other prompts by policies made of 3/5 of them, measured on its gold pairs"
    : "each seed halves the prompts at random: policies are made of one half and label the other; reward models learn from 3/5 of these labels and are measured on the gold pairs of the rest";
}

/** A fit on all pairs that people are decided on; null without texts. */
async function learnAll(
  { input, leavesOut }: Measured,
  { mixes, seed }: { mixes: number; seed: number },
): Promise<LearnReport | null> {
  const all = Int32Array.from(input.human.keys());
  const learnable = learnInputOf(leavesOut ? withBlocks(input, seed) : input, all);
  if (!learnable) return null;
  const { report } = await learnFromMixes(learnable, { mixes, hidden: 0, seed });
  if (!leavesOut) return report;
  const prompts = new Set(input.groups).size;
  const sentence = `Too few to trust: the file has ${prompts} prompts, and the product learns from ${fewestGoldPrompts} or more, so that it can hold some out.`;
  return { ...report, prompts, verdict: { kind: "too few", sentence } };
}

function fitFigures(fit: LearnReport, leavesOut: boolean): object {
  return {
    ...{ fit_s: rounded(fit.seconds), proxies_s: rounded(fit.proxySeconds), verdict: fit.verdict },
    error_auc: shown(fit.errorAuc),
    predictor: predictorsOf(fit),
    ...(leavesOut && {
      predictor_note:
        "too few prompts to hold out within a fit: its proxies are measured on other pairs of the same prompts",
    }),
    characteristics_that_gain: fit.coefficients
      .slice(0, 5)
      .map(({ words, support, effect }) => ({ words, support, effect: shown(effect) })),
  };
}

async function backtestFile(
  { input, leavesOut }: Measured,
  { seeds, backtestMixes: mixes, seed }: FileOptions,
): Promise<Backtest> {
  const options = { shares, mixes, hidden: 0, seed };
  const onProgress = (done: number): void => console.error(`backtest ${Math.round(100 * done)} %`);
  if (leavesOut) return await backtestLeavingOut(input, { ...options, seeds, onProgress });
  return await backtest(input, { ...options, splits: drawSplits({ groups: input.groups, seeds, seed }), onProgress });
}

function pointAt(
  { curves }: Backtest,
  policy: string,
  share: number,
): Backtest["curves"][number]["points"][number] | undefined {
  const at = shares.indexOf(share);
  return curves.find((curve) => curve.policy === policy)?.points[at];
}

const rounded = (seconds: number): number => Math.round(10 * seconds) / 10;
