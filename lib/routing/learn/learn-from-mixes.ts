import { AppError } from "@/lib/errors";
import { seededRandom, type Random } from "@/lib/stats/random";
import { coefficientsOf } from "./coefficients";
import { comparePredictors, type Comparison } from "./compare-predictors";
import { errorAuc, fitErrorModel, isWrong } from "./error-model";
import { fitPredictor } from "./fit-predictor";
import { foldCount, promptFolds } from "./folds";
import type { Learned, LearnInput, LearnOptions } from "./input";
import { drawMix, placesByColumn, sharesOf } from "./mixes";
import type { GainModel } from "./schema";
import { meansOf, trainMixes, type HeldOut } from "./train-mixes";
import { verdictOf } from "./verdict";

/** The share of human labels at which mixes are compared that differ in nothing but which pairs people label. */
const oneShare = 0.25;

/** The part of the mixes that have this share; where predictors are compared they only test. */
const oneSharePart = 0.2;

/**
 * Learns whom to ask ("Hybrid Preferences", 2024, on frozen features): draws mixes in which people label some pairs and the
 * judge the others, trains a reward model on each, measures it on held-out pairs on which people agree, and regresses
 * what it is worth on the share of each characteristic that people labelled. Both labels of a pair only train and measure
 * the mixes: the gain of an instance follows from its characteristics alone.
 *
 * The same input and options give the same result. Throws `invalid` for gold pairs of fewer prompts than two for each part
 * that is held out.
 */
export async function learnFromMixes(input: LearnInput, options: LearnOptions): Promise<Learned> {
  const started = performance.now();
  const { mixes, seed, onProgress } = options;
  const random = seededRandom(seed);
  const { folds, z, heldOut, comparison, gain } = await compareMixes(input, options, random);
  onProgress?.(0.9);
  const { pairs, support } = gain;
  const coefficients = coefficientsOf({ z, heldOut, words: input.words, support, random });
  onProgress?.(0.95);
  const auc = errorAuc(input, folds, random);
  const prompts = new Set(input.groups).size;
  const differing = Array.from({ length: pairs }, (_, i) => isWrong(input, i)).filter(Boolean).length;
  const heldOutPairs = sum(input.gold);
  const verdict = verdictOf({
    ...{ heldOut: heldOutPairs, prompts, differing, pairs, errorAuc: auc, comparison, oneShare },
  });
  return {
    report: {
      ...{ mixes, seed, pairs, prompts, heldOut: heldOutPairs, verdict, predictors: comparison.figures },
      ...{ coefficients, errorAuc: auc, proxySeconds: heldOut.seconds },
      seconds: (performance.now() - started) / 1000,
    },
    gain,
    errors: fitErrorModel(input, Array.from(folds.keys())),
  };
}

/** The model that `learnFromMixes` finds, without what it reports: a backtest makes many and tells of none. */
export async function learnGain(input: LearnInput, options: LearnOptions): Promise<GainModel> {
  return (await compareMixes(input, options, seededRandom(options.seed))).gain;
}

type ComparedMixes = {
  folds: Int32Array;
  z: Float64Array[];
  heldOut: HeldOut;
  comparison: Comparison;
  gain: GainModel;
};

async function compareMixes(input: LearnInput, options: LearnOptions, random: Random): Promise<ComparedMixes> {
  const { mixes: count, hidden, seed, onProgress } = options;
  requireEnough(input);
  const pairs = input.human.length;
  const folds = promptFolds(input.groups, random);
  const byColumn = placesByColumn(input.has, input.columns.length);
  const ofOneShare = Math.round(oneSharePart * count);
  const mixes = Array.from({ length: count }, (_, i) => {
    const size = i < ofOneShare ? Math.round(oneShare * pairs) : 1 + Math.floor(random() * pairs);
    return drawMix({ byColumn, pairs, size, random });
  });
  const z = mixes.map((mix) => sharesOf(mix, byColumn));
  const training = onProgress && ((done: number): void => onProgress(0.8 * done));
  const heldOut = await trainMixes({ input, folds, mixes, hidden, seed, ...(training && { onProgress: training }) });
  onProgress?.(0.8);
  const targets = meansOf(heldOut);
  const comparison = comparePredictors({
    varied: { z: z.slice(ofOneShare), targets: targets.slice(ofOneShare) },
    atOneShare: { z: z.slice(0, ofOneShare), targets: targets.slice(0, ofOneShare) },
    random,
  });
  const gain: GainModel = {
    ...{ columns: [...input.columns], support: byColumn.map(({ length }) => length), pairs },
    predictor: fitPredictor(comparison.chosen, { z, targets }),
    state: new Array<number>(1 + byColumn.length).fill(oneShare),
  };
  return { folds, z, heldOut, comparison, gain };
}

function requireEnough({ groups, gold }: LearnInput): void {
  const prompts = new Set(Array.from(groups).filter((_, i) => gold[i] === 1)).size;
  if (prompts >= 2 * foldCount) return;
  throw new AppError(
    "invalid",
    `Only ${prompts} prompts have pairs on which two people agree; at least ${2 * foldCount} are needed to hold some out.`,
  );
}

const sum = (values: Uint8Array): number => values.reduce((total, value) => total + value, 0);
