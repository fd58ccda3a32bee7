import { seededRandom } from "@/lib/stats/random";
import { areaUnderRiskCurve, riskCurve, type Selective } from "@/lib/stats/selective-risk";
import { backtest } from "../backtest/backtest";
import { crossedMean, drawRounds } from "../backtest/crossed-intervals";
import { drawSplits } from "../backtest/draw-splits";
import { holdOut } from "../backtest/held-out";
import type { Backtest, BacktestInput } from "../backtest/input";
import { learnInputOf } from "../backtest/learn-input";
import { addTo, emptyTally, numberGroups } from "../backtest/tally";
import { learnFromMixes } from "../learn/learn-from-mixes";
import type { Learned } from "../learn/input";
import type { Figure } from "../learn/schema";
import { readTexts, type Learning } from "./differences";
import type { JudgeAnswers } from "./dual-judges";
import { fewestDual } from "./refusals";
import { backtestShares, type FitModel, type JudgeRisk } from "./schema";

/** What a fit is calculated from. */
export type FitSource = {
  /** Its `learning` is made here, as reading texts takes its time. */
  backtest: Omit<BacktestInput, "learning">;
  learning: Learning | null;
  judges: readonly JudgeAnswers[];
  /** 1 where nothing that tells a unit from others had a say in who labels it. */
  isRepresentative: Uint8Array;
};

export type FitOptions = { mixes: number; hidden: number; seed: number };

/** All of a fit that is calculated. */
export type Measured = {
  /** Null where there is too little to learn from. */
  learned: Learned | null;
  backtest: Backtest;
  risks: JudgeRisk[];
  confidences: FitModel["confidences"];
  judgeAccuracy: Figure;
  humanAccuracy: Figure | null;
};

/** Most mixes of the fits within a backtest, of which there is one a split. */
const mostBacktestMixes = 200;
/** Of a backtest: few pairs need many splits, and of many a split tells more and takes longer. */
const seedsOf = (units: number): number => Math.min(10, Math.max(5, Math.round(10_000 / units)));
/** Of the bounds that are drawn: they hold with probability 1 - delta at each point. */
const delta = 0.1;
/** Of the work, that learning from all pairs is. */
const learningShare = 0.3;

/** Learns from all units, tests policies on splits of them, and tells what each judge's confidence is worth. */
export async function measureFit(
  input: FitSource,
  { mixes, hidden, seed }: FitOptions,
  onProgress: (done: number) => void,
): Promise<Measured> {
  const data: BacktestInput = { ...input.backtest, learning: input.learning && readTexts(input.learning) };
  const onLearned = (done: number): void => onProgress(learningShare * done);
  const learnable = learnInputOf(data, Int32Array.from(data.human.keys()));
  const learned = learnable && (await learnFromMixes(learnable, { mixes, hidden, seed, onProgress: onLearned }));
  const { groups, people } = data;
  const heldOut = holdOut(people);
  const agreed = data.lm.label.map((label, unit) => heldOut.agreement(unit, label));
  const isMeasured = measuredOf(input.isRepresentative, groups);
  const ofMeasured = (values: Float64Array): Float64Array => values.map((value, unit) => value * isMeasured[unit]!);
  const weights = ofMeasured(heldOut.weight);
  return {
    learned,
    backtest: await backtest(data, {
      splits: drawSplits({ groups, isMeasured, seeds: seedsOf(groups.length), seed }),
      ...{ shares: backtestShares, mixes: Math.min(mixes, mostBacktestMixes), hidden, seed },
      onProgress: (done) => onProgress(learningShare + (1 - learningShare) * done),
    }),
    ...measureJudges(input),
    judgeAccuracy: figureOf({ values: ofMeasured(agreed), weights, groups }),
    humanAccuracy: people.some((labels) => labels.length > 1)
      ? figureOf({ values: ofMeasured(heldOut.people), weights, groups })
      : null,
  };
}

/**
 * 1 for the units that policies are measured on: those that stand for all, as what a policy sent to people for what it
 * knew of them would make AI look worse than it is. Where these are too few for a backtest, all.
 */
export function measuredOf(isRepresentative: Uint8Array, groups: Int32Array): Uint8Array {
  const prompts = new Set(groups.filter((_, unit) => isRepresentative[unit] === 1)).size;
  const units = isRepresentative.reduce((sum, one) => sum + one, 0);
  const areEnough = units >= fewestDual.units && prompts >= fewestDual.prompts;
  return areEnough ? isRepresentative : isRepresentative.map(() => 1);
}

/** Only of units that stand for all: a judge that is asked where it is sure looks better than it is. */
function measureJudges({
  judges,
  backtest: data,
  isRepresentative,
}: FitSource): Pick<Measured, "risks" | "confidences"> {
  const confidences: FitModel["confidences"] = {};
  const risks = judges.flatMap(({ judge, name, units, labels, confidence }): JudgeRisk[] => {
    const places = Array.from(units.keys()).filter(
      (at) => isRepresentative[units[at]!] === 1 && !Number.isNaN(data.human[units[at]!]),
    );
    if (places.length === 0) return [];
    const isRight = (at: number): boolean => labels[at] === data.human[units[at]!];
    const sure = places.filter((at) => !Number.isNaN(confidence[at]));
    const groupOf = (at: number): number => data.groups[units[at]!]!;
    confidences[judge] = sure.map((at) => [confidence[at]!, isRight(at), groupOf(at), units[at]!]);
    const sureness = (own: readonly number[]): Selective => ({
      confidences: own.map((at) => (Number.isNaN(confidence[at]) ? 0 : confidence[at]!)),
      correct: own.map(isRight),
    });
    return [
      {
        ...{ judge, name, labels: places.length },
        accuracy: figureOf({
          values: Float64Array.from(places, (at) => Number(isRight(at))),
          weights: new Float64Array(places.length).fill(1),
          groups: Int32Array.from(places, groupOf),
        }),
        aurc: areaUnderRiskCurve(sureness(places))!,
        // Bounds are of independent labels, as cuts are.
        curve: riskCurve({ ...sureness(onePerGroup(places, groupOf)), delta }),
      },
    ];
  });
  return { risks, confidences };
}

function onePerGroup(places: readonly number[], groupOf: (place: number) => number): number[] {
  const taken = new Map<number, number>();
  for (const place of places) if (!taken.has(groupOf(place))) taken.set(groupOf(place), place);
  return [...taken.values()];
}

/** The mean with its interval over groups. `values` are of units as much as they count. */
function figureOf(given: { values: Float64Array; weights: Float64Array; groups: Int32Array }): Figure {
  const { values, weights } = given;
  const groups = numberGroups(given.groups);
  const tally = emptyTally(groups);
  values.forEach((value, at) => addTo(tally, { group: groups.of[at]!, value, weight: weights[at]! }));
  const rounds = drawRounds({ groups: groups.count, seeds: 1, random: seededRandom(1) });
  return crossedMean([tally], rounds) ?? { value: 0, interval: null };
}
